// A server that samples or alerts are sent on to, and what is sent.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "monitor/remote.hpp"
#include "monitor/scrape/relabel.hpp"
#include "monitor/scrape/target.hpp"

namespace yunzhi::monitor {

struct Destination {
  std::string url;  ///< http://host:port/path
  std::shared_ptr<ScrapeSettings const> settings;
  Milliseconds timeout{30'000};
  std::vector<RelabelStep> relabel;  ///< of what is sent

  [[nodiscard]] Remote remote() const { return {url, {}, timeout, settings}; }
};

/// Added to what is sent where it does not say them itself.
void add_external(Labels& labels, Labels const& external);

}  // namespace yunzhi::monitor
