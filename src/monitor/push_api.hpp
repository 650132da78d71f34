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

/// Adds GET and POST PREFIX/api/v2/alerts and POST PREFIX/api/v2/webhook. The monitor must outlive the
/// router.
void alertmanager_routes(http::Router& router, Monitor& monitor, Guard const& push_guard,
                         Guard const& read_guard, std::string const& prefix = "");

}  // namespace yunzhi::monitor
