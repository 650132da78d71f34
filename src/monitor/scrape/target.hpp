// What is scraped, and how it goes.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "monitor/scrape/relabel.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

/// Whom a target's certificate must convince, and the certificate shown to it; files are PEM.
struct TlsSettings {
  std::string ca_file;           ///< empty: the system's authorities
  std::string certificate_file;  ///< with key_file: shown to the target
  std::string key_file;
  std::string server_name;  ///< empty: the host of the address
  bool verify = true;

  bool operator==(TlsSettings const&) const = default;
};

/// How the targets of a job are asked, and what is made of their answers. Zeros mean the scraper's own
/// values.
struct ScrapeSettings {
  Milliseconds interval{0};
  Milliseconds timeout{0};
  std::string scheme = "http";
  std::string authorization;  ///< the header's value
  TlsSettings tls;
  bool honor_labels = false;     ///< the target's labels win over ours
  bool honor_timestamps = true;  ///< the target's times count
  std::vector<RelabelStep> metric_relabel;
  std::size_t body_bytes = 0;
  std::size_t samples = 0;
  std::size_t labels = 0;
  std::size_t name_bytes = 0;
  std::size_t value_bytes = 0;

  bool operator==(ScrapeSettings const&) const = default;
};

struct Target {
  std::string job;
  std::string instance;                                      ///< empty: the address
  std::string address;                                       ///< host:port
  Labels labels;                                             ///< added to every series of the target
  std::string path = "/metrics";                             ///< with the query, when there is one
  std::shared_ptr<ScrapeSettings const> settings = nullptr;  ///< none: the scraper's own values
  Labels discovered = {};                ///< as found, before relabelling; empty when nothing was relabelled
  std::optional<Refusal> obstacle = {};  ///< why it cannot be asked at all: it is down; none: it can

  [[nodiscard]] std::string const& shown_instance() const { return instance.empty() ? address : instance; }
  [[nodiscard]] std::string url() const {
    return (settings ? settings->scheme : "http") + "://" + address + path;
  }
  bool operator==(Target const& other) const {
    bool const same_settings =
        settings == other.settings || (settings && other.settings && *settings == *other.settings);
    return same_settings && job == other.job && instance == other.instance && address == other.address &&
           labels == other.labels && path == other.path &&
           (obstacle ? obstacle->english() : "") == (other.obstacle ? other.obstacle->english() : "");
  }
};

/// Asked before every round, so that a system added to the register is scraped within an interval.
using Targets = std::function<std::vector<Target>()>;

enum class TargetState { unknown, up, down };

struct TargetStatus {
  Target target;
  TargetState state = TargetState::unknown;
  std::optional<Refusal> problem;  ///< why it is down; a probe that failed is down, though it was made
  Instant last_scrape{};
  double seconds = 0;
  std::size_t samples = 0;

  /// The problem in English; empty when there is none.
  [[nodiscard]] std::string last_error() const { return problem ? problem->english() : std::string(); }
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

/// The bounds with those of the target's own settings put in; its timeout is never above its interval.
ScrapeLimits limits_of(Target const& target, ScrapeLimits const& limits);

}  // namespace yunzhi::monitor
