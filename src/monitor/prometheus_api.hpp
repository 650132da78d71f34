// Prometheus' HTTP API over a monitor, so that Grafana and other clients need not know the difference.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/json.hpp"
#include "http/router.hpp"
#include "monitor/alert/silence.hpp"
#include "monitor/monitor.hpp"

namespace yunzhi::monitor {

/// Wraps a handler with authentication and permission.
using Guard = std::function<http::Handler(http::Handler)>;

/// What the status pages tell of the server around the engine.
struct ServerFacts {
  std::string configuration;  ///< as YAML
  std::map<std::string, std::string> flags;
  std::function<json::object()> alertmanagers;  ///< those alerts are sent to, in Prometheus' shape
  Silences* silences = nullptr;                 ///< of an engine alone; without them nothing is silenced
};

/// Adds GET and POST /api/v1/{query, query_range, series, labels} and GET /api/v1/{label/{name}/values,
/// metadata, targets, rules, alerts, alertmanagers, status/…} below the prefix ("" when the engine serves
/// alone). The monitor must outlive the router. `permission` is told in openapi.json.
void routes(http::Router& router, Monitor& monitor, Guard const& guard,
            std::string const& prefix = "/prometheus", std::string const& permission = "",
            ServerFacts const& facts = {});

}  // namespace yunzhi::monitor
