// What is scraped, and how it goes.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

struct Target {
  std::string job;
  std::string instance;  ///< empty: the address
  std::string address;   ///< host:port
  Labels labels;         ///< added to every series of the target
  std::string path = "/metrics";

  [[nodiscard]] std::string const& shown_instance() const { return instance.empty() ? address : instance; }
  [[nodiscard]] std::string url() const { return "http://" + address + path; }
  bool operator==(Target const&) const = default;
};

/// Asked before every round, so that a system added to the register is scraped within an interval.
using Targets = std::function<std::vector<Target>()>;

enum class TargetState { unknown, up, down };

struct TargetStatus {
  Target target;
  TargetState state = TargetState::unknown;
  std::string last_error;  ///< why it is down, in English
  Instant last_scrape{};
  double seconds = 0;
  std::size_t samples = 0;
};

/// Bounds on one scrape; a target that goes over one is down, with the reason.
struct ScrapeLimits {
  Milliseconds timeout{10'000};
  std::size_t body_bytes = std::size_t{16} << 20;
  std::size_t header_bytes = 16 << 10;
  std::size_t samples = 50'000;
  std::size_t labels = 64;         ///< per series
  std::size_t name_bytes = 256;    ///< of a metric or label name
  std::size_t value_bytes = 2048;  ///< of a label's value
};

}  // namespace yunzhi::monitor
