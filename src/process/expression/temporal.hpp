// Dates, times and durations of the condition language as text, and their arithmetic.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "process/expression/value.hpp"

namespace yunzhi::process {

std::optional<Date> parse_date(std::string_view text);
std::optional<DayTime> parse_day_time(std::string_view text);
/// RFC 3339, or without offset in the given one; a date alone is its midnight.
std::optional<Instant> parse_date_time(std::string_view text, std::chrono::minutes utc_offset);
/// `PT1H30M`, `P3D` (a length of time) or `P1Y2M` (years and months); null when it is neither.
Value parse_any_duration(std::string_view text);

std::string format_date(Date date);
std::string format_day_time(DayTime time);
std::string format_months(Months months);

/// The sum or difference when one of the two is a date, time or duration; null when it has no meaning.
Value add_temporal(Value const& left, Value const& right, bool minus);

}  // namespace yunzhi::process
