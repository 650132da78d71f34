#include "process/expression/calendar_day.hpp"

#include <algorithm>

namespace yunzhi::process {
namespace {

constexpr std::int64_t era_days = 146'097;    // of 400 years
constexpr std::int64_t epoch_days = 719'468;  // from 0000-03-01 to 1970-01-01

constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

bool leap(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in(std::int64_t year, int month) {
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : lengths[month - 1];
}

// Years begin in March here, so that the day that comes and goes is the last (Howard Hinnant's method).
std::int64_t days_from(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  auto const era = floor_divide(year, 400);
  auto const year_of_era = year - era * 400;
  auto const day_in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * era_days + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_in_year - epoch_days;
}

}  // namespace

YearMonthDay parts(Date date) {
  auto const shifted_days = date.days + epoch_days;
  auto const era = floor_divide(shifted_days, era_days);
  auto const day_of_era = shifted_days - era * era_days;
  auto const year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  auto const day_in_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  auto const month_from_march = (5 * day_in_year + 2) / 153;
  auto const day = static_cast<int>(day_in_year - (153 * month_from_march + 2) / 5 + 1);
  auto const month = static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::optional<Date> day_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year > greatest_year || year < -greatest_year || month < 1 || month > 12) return std::nullopt;
  auto const in_month = static_cast<int>(month);
  if (day < 1 || day > days_in(year, in_month)) return std::nullopt;
  return Date{days_from(year, in_month, static_cast<int>(day))};
}

std::optional<Date> shifted(Date date, std::int64_t months) {
  if (months > greatest_year * 24 || months < -greatest_year * 24) return std::nullopt;
  auto const from = parts(date);
  auto const total = from.year * 12 + from.month - 1 + months;
  auto const year = floor_divide(total, 12);
  auto const month = static_cast<int>(total - year * 12 + 1);
  return day_of(year, month, std::min(from.day, days_in(year, month)));
}

bool in_range(Date date) {
  static std::int64_t const last = days_from(greatest_year, 12, 31);
  static std::int64_t const first = days_from(-greatest_year, 1, 1);
  return date.days >= first && date.days <= last;
}

int weekday(Date date) {
  auto const since_monday = (date.days + 3) % 7;
  return static_cast<int>((since_monday + 7) % 7 + 1);
}

int day_of_year(Date date) {
  return static_cast<int>(date.days - days_from(parts(date).year, 1, 1) + 1);
}

int week_of_year(Date date) {
  // A week belongs to the year that holds its Thursday.
  Date const thursday{date.days - weekday(date) + 4};
  return (day_of_year(thursday) - 1) / 7 + 1;
}

}  // namespace yunzhi::process
