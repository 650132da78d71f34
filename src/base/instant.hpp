// Points in time and lengths of time. Stored as milliseconds since 1970 UTC, written as RFC 3339.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi {

using Milliseconds = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Milliseconds>;

/// Where the present comes from. Passed in, so that a test can move it.
using Clock = std::function<Instant()>;

/// The machine's wall clock.
Instant wall_clock();

/// Milliseconds since 1970-01-01T00:00Z.
std::int64_t to_ms(Instant instant);
Instant from_ms(std::int64_t ms);

/// RFC 3339 in UTC with milliseconds: 2026-11-23T06:05:00.000Z.
std::string format_instant(Instant instant);

/// Reads RFC 3339 with any offset (`Z`, `+08:00`); years 1970 to 9999. A leap second becomes second 59.
Result<Instant> parse_instant(std::string_view text);

/// ISO 8601 duration (`PT1H30M`, `P3D`, `PT0.5S`); days are 24 hours; years and months are refused.
Result<Milliseconds> parse_duration(std::string_view text);
std::string format_duration(Milliseconds duration);

}  // namespace yunzhi
