// The routes by which others push samples: remote_write 1.0 and 2.0, Prometheus text, OTLP metrics.
#pragma once

#include <string>

#include "http/router.hpp"
#include "monitor/prometheus_api.hpp"

namespace yunzhi::monitor {

/// Adds POST PREFIX/api/v1/{write, import/prometheus, otlp/v1/metrics}. The monitor must outlive the router.
void push_routes(http::Router& router, Monitor& monitor, Guard const& guard, std::string const& prefix = "",
                 std::string const& permission = "");

}  // namespace yunzhi::monitor
