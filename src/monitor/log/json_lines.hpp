// Reads log lines as JSON, one object per line: {"time", "level", "host", "app", "message", and any others,
// which become labels}.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "monitor/log/log_line.hpp"

namespace yunzhi::monitor {

/// `time` is RFC 3339 or seconds since 1970; without it the line is of `now` (ms since 1970). Without a level
/// it is info. Refused with the line's number at the first one that makes no sense; empty lines are passed
/// over.
Result<std::vector<LogLine>> read_json_lines(std::string_view text, std::int64_t now,
                                             LogLimits const& limits);

}  // namespace yunzhi::monitor
