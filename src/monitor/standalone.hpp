// The engine as a server of its own: Prometheus' API at the root, pushes, health and figures, and for a
// process without accounts an optional bearer token.
#pragma once

#include <string>

#include "http/router.hpp"
#include "monitor/prometheus_api.hpp"

namespace yunzhi::monitor {

/// Lets only requests through that carry `Authorization: Bearer TOKEN`; an empty token lets all through.
Guard bearer_guard(std::string token);

/// Adds the API and the pushes at the root, GET /-/ready, /-/healthy, /metrics and /federate, POST
/// /-/reload (the rule files again) and Prometheus' deletion of series. `external` labels are added to what
/// is federated. Health needs no token. The monitor must outlive the router.
void standalone_routes(http::Router& router, Monitor& monitor, std::string const& token,
                       ServerFacts const& facts = {}, Labels const& external = {});

/// The engine's own figures in Prometheus' text format.
std::string own_metrics(Monitor const& monitor);

}  // namespace yunzhi::monitor
