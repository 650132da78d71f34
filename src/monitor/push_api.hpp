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

/// Adds GET and POST PREFIX/api/v2/alerts and POST PREFIX/api/v2/webhook. The monitor must outlive the
/// router.
void alertmanager_routes(http::Router& router, Monitor& monitor, Admission const& push, Admission const& read,
                         std::string const& prefix = "");

}  // namespace yunzhi::monitor
