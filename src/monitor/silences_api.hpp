// Alertmanager's interface for silences (amtool, Grafana and Karma speak it), and what the list of alerts
// tells of those that are kept quiet. API: github.com/prometheus/alertmanager, api/v2/openapi.yaml.
#pragma once

#include <string>
#include <vector>

#include "http/router.hpp"
#include "monitor/alert/silence.hpp"
#include "monitor/push_api.hpp"

namespace yunzhi::monitor {

enum class SilenceOperation { list, post, get, expire };

/// The route of an operation below the prefix, with everything but its handler: GET and POST
/// PREFIX/api/v2/silences, GET and DELETE PREFIX/api/v2/silence/{id}.
http::Route silence_route(SilenceOperation operation, std::string const& prefix,
                          std::string const& permission);

/// The answer of the list: those whose labels the request's filters name alike, active ones first.
Result<http::Reply> listed_silences(std::vector<Silence> const& silences, http::Request const& request,
                                    Instant now);

/// Adds the four operations over silences that the engine keeps itself. They must outlive the router.
void silence_routes(http::Router& router, Silences& silences, Clock const& clock, Guard const& guard,
                    std::string const& prefix = "");

}  // namespace yunzhi::monitor
