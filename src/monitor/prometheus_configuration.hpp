// Reads a Prometheus configuration file as it is, so that moving from Prometheus is one command. What is not
// supported is named in a warning, never silently passed over.
// Keys: prometheus.io/docs/prometheus/latest/configuration/configuration.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "monitor/reading/reading_place.hpp"
#include "monitor/scrape/job.hpp"
#include "monitor/sending/destination.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

struct PrometheusConfiguration {
  Milliseconds scrape_interval{60'000};
  Milliseconds scrape_timeout{10'000};
  Milliseconds evaluation_interval{60'000};
  Milliseconds rule_query_offset{0};
  Labels external_labels;
  std::vector<std::shared_ptr<ScrapeJob const>> jobs;
  std::vector<std::filesystem::path> rule_files;  ///< patterns are resolved
  std::vector<Destination> alertmanagers;
  std::vector<RelabelStep> alert_relabel;
  std::vector<Destination> remote_writes;
  std::vector<ReadingPlace> reading;
  std::size_t exemplars = 100'000;
  std::string text;                   ///< the file itself
  std::vector<std::string> warnings;  ///< "file:line: …" for what has no effect here
};

/// Refused when the file cannot be read or a value makes no sense, with file and line.
Result<PrometheusConfiguration> read_prometheus_configuration(std::filesystem::path const& path);

}  // namespace yunzhi::monitor
