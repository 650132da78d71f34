// The routes of log lines: pushed as JSON lines, searched newest first.
#pragma once

#include <string>

#include "monitor/push_api.hpp"

namespace yunzhi::monitor {

/// Adds POST and GET PREFIX/api/v1/logs. The monitor must outlive the router.
void log_routes(http::Router& router, Monitor& monitor, Admission const& push, Admission const& read,
                std::string const& prefix = "");

}  // namespace yunzhi::monitor
