// Times, dates with times and durations of FEEL: what they are, how they are written and read.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/instant.hpp"
#include "calendar/zone.hpp"
#include "process/expression/calendar_day.hpp"

namespace yunzhi::process {

__extension__ using Nanoseconds = __int128;

inline constexpr std::int64_t second_ns = 1'000'000'000;
inline constexpr std::int64_t day_seconds = 86'400;
inline constexpr std::int64_t day_ns = day_seconds * second_ns;

/// None, a fixed offset from UTC, or a zone of the IANA database.
using TimeZone = std::variant<std::monostate, std::chrono::seconds, calendar::Zone>;

/// A time of day.
struct Time {
  std::int64_t since_midnight_ns = 0;
  TimeZone zone;
};

struct DateTime {
  Date date;
  Time time;
};

/// A days and time duration.
struct Duration {
  Nanoseconds length = 0;
  friend auto operator<=>(Duration const&, Duration const&) = default;
};

/// A years and months duration.
struct Months {
  std::int64_t count = 0;
  friend auto operator<=>(Months, Months) = default;
};

inline constexpr Nanoseconds greatest_length = Nanoseconds{day_ns} * 366 * 2 * greatest_year;

std::optional<Date> parse_date(std::string_view text);
std::optional<Time> parse_time(std::string_view text);
/// A date alone is its midnight.
std::optional<DateTime> parse_date_time(std::string_view text);
std::optional<Duration> parse_days_duration(std::string_view text);
std::optional<Months> parse_months_duration(std::string_view text);
/// `Z`, `+08:00` or an IANA name as they follow a time, the latter after `@`.
std::optional<TimeZone> parse_zone(std::string_view text);

std::string format(Date date);
std::string format(Time const& time);
std::string format(DateTime const& date_time);
std::string format(Duration duration);
std::string format(Months months);

/// The offset from UTC then; nothing for a reading without zone. A time alone is taken on 1970-01-01.
std::optional<std::chrono::seconds> offset_of(DateTime const& date_time);
std::optional<std::chrono::seconds> offset_of(Time const& time);
/// Nanoseconds from 1970 as the reading says, whatever its zone.
Nanoseconds reading_ns(DateTime const& date_time);
/// The reading that many nanoseconds from 1970 in the zone; nothing when the year is out of range.
std::optional<DateTime> reading_at(Nanoseconds since_epoch, TimeZone const& zone);
/// The reading of a point in time, given in UTC, at the zone.
std::optional<DateTime> date_time_at(Nanoseconds since_epoch_utc, TimeZone const& zone);

DateTime date_time_of(Instant instant, std::chrono::minutes utc_offset);
/// A reading without a zone is taken at the given offset. Nothing outside years 1 to 9999.
std::optional<Instant> instant_of(DateTime const& date_time, std::chrono::minutes utc_offset);
/// Rounded towards zero; nothing beyond 10,000 years.
std::optional<Milliseconds> milliseconds_of(Duration duration);

}  // namespace yunzhi::process
