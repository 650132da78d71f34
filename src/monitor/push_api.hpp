// The routes by which others push samples (remote_write 1.0 and 2.0, Prometheus text, OTLP metrics) and
// alerts.
#pragma once

#include <string>

#include "http/router.hpp"
#include "monitor/prometheus_api.hpp"

namespace yunzhi::monitor {

/// Adds POST PREFIX/api/v1/{write, import/prometheus, otlp/v1/metrics}. The monitor must outlive the router.
void push_routes(http::Router& router, Monitor& monitor, Guard const& guard, std::string const& prefix = "",
                 std::string const& permission = "");

/// Who may: the guard, and the permission it asks for as openapi.json tells it.
struct Admission {
  Guard guard;
  std::string permission;
};

/// Why an alert tells nobody.
struct Quiet {
  std::vector<std::string> silenced_by;   ///< ids of silences
  std::vector<std::string> inhibited_by;  ///< fingerprints of the alerts that explain it
  std::vector<std::string> muted_by;      ///< maintenance windows
  [[nodiscard]] bool holds() const {
    return !silenced_by.empty() || !inhibited_by.empty() || !muted_by.empty();
  }
};
/// Tells it of those alerts that are kept quiet, by fingerprint.
using AskQuiet = std::function<std::map<std::string, Quiet>(std::vector<Alert> const&)>;

/// Adds GET and POST PREFIX/api/v2/alerts and POST PREFIX/api/v2/webhook. The monitor must outlive the
/// router. Without `quiet` no alert is shown as suppressed.
void alertmanager_routes(http::Router& router, Monitor& monitor, Admission const& push, Admission const& read,
                         std::string const& prefix = "", AskQuiet const& quiet = {});

}  // namespace yunzhi::monitor
