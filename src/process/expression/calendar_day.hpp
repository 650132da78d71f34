// Days of the proleptic Gregorian calendar over FEEL's whole range of years, which is beyond std::chrono's.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace yunzhi::process {

/// A day, counted from 1970-01-01.
struct Date {
  std::int64_t days = 0;
  friend auto operator<=>(Date, Date) = default;
};

struct YearMonthDay {
  std::int64_t year = 0;
  int month = 1;
  int day = 1;
};

inline constexpr std::int64_t greatest_year = 999'999'999;  // XML Schema's, of both signs

YearMonthDay parts(Date date);
/// Nothing when the calendar has no such day or the year is out of range.
std::optional<Date> day_of(std::int64_t year, std::int64_t month, std::int64_t day);
/// The day that many months later; the month's last day where the day does not exist. Nothing out of range.
std::optional<Date> shifted(Date date, std::int64_t months);
bool in_range(Date date);

/// 1 is Monday, 7 is Sunday (ISO 8601).
int weekday(Date date);
int day_of_year(Date date);
/// The ISO 8601 week.
int week_of_year(Date date);

}  // namespace yunzhi::process
