// A job: targets found somewhere, relabelled, and asked in one way.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "monitor/scrape/relabel.hpp"
#include "monitor/scrape/target.hpp"

namespace yunzhi::monitor {

/// Addresses with labels in common, as configuration and discovery give them.
struct TargetGroup {
  std::vector<std::string> addresses;
  Labels labels;
};

struct HttpDiscovery {
  std::string url;
  Milliseconds refresh{60'000};
  std::shared_ptr<ScrapeSettings const> settings;
};

struct ScrapeJob {
  std::string name;
  std::string path = "/metrics";
  std::vector<std::pair<std::string, std::string>> parameters;  ///< of the query
  std::shared_ptr<ScrapeSettings const> settings;
  std::vector<TargetGroup> groups;
  std::vector<std::filesystem::path> files;  ///< file_sd; the last part may hold a '*'
  std::vector<HttpDiscovery> urls;
  std::vector<RelabelStep> relabel;
  std::size_t target_limit = 0;  ///< 0: no bound
};

/// The targets a group stands for after relabelling; labels that begin with "__" are gone then.
std::vector<Target> targets_of(ScrapeJob const& job, TargetGroup const& group);

/// Groups of a file_sd or http_sd document (JSON): [{"targets": […], "labels": {…}}]. Refused with what is
/// wrong.
Result<std::vector<TargetGroup>> read_target_groups(std::string_view json);

}  // namespace yunzhi::monitor
