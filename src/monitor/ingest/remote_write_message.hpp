// Writes remote_write 1.0 messages (prometheus.WriteRequest), for sending samples on and for tests.
#pragma once

#include <span>
#include <string>

#include "monitor/series/database.hpp"

namespace yunzhi::monitor {

/// One time series of a message, appended to it.
void put_remote_series(std::string& message, Labels const& labels, std::span<Sample const> samples);

}  // namespace yunzhi::monitor
