#include "process/expression/temporal.hpp"

namespace yunzhi::process {
namespace {

using std::chrono::seconds;

Nanoseconds floor_divide(Nanoseconds value, Nanoseconds by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

// Zones are known for the years of living memory; others borrow the year of equal place in the 400-year
// cycle.
Date in_known_years(Date date) {
  auto const year = parts(date).year;
  if (year >= 1 && year <= 9999) return date;
  constexpr std::int64_t cycle = 146'097;
  auto const from_2000 = (date.days - 10'957) % cycle;
  return Date{10'957 + (from_2000 + cycle) % cycle};
}

std::optional<seconds> offset_of_zone(calendar::Zone const& zone, Nanoseconds reading) {
  auto const day = static_cast<std::int64_t>(floor_divide(reading, day_ns));
  auto const known = in_known_years(Date{day});
  auto const rest = static_cast<std::int64_t>(reading - Nanoseconds{day} * day_ns);
  calendar::Reading const at{calendar::Day{std::chrono::days{known.days}}, Milliseconds{rest / 1'000'000}};
  auto const instant = zone.instant(at);
  return zone.offset(instant);
}

}  // namespace

Nanoseconds reading_ns(DateTime const& date_time) {
  return Nanoseconds{date_time.date.days} * day_ns + date_time.time.since_midnight_ns;
}

std::optional<seconds> offset_of(DateTime const& date_time) {
  auto const& zone = date_time.time.zone;
  if (auto const* offset = std::get_if<seconds>(&zone)) return *offset;
  if (auto const* named = std::get_if<calendar::Zone>(&zone))
    return offset_of_zone(*named, reading_ns(date_time));
  return std::nullopt;
}

std::optional<seconds> offset_of(Time const& time) {
  return offset_of(DateTime{Date{}, time});
}

std::optional<DateTime> reading_at(Nanoseconds since_epoch, TimeZone const& zone) {
  auto const day = floor_divide(since_epoch, day_ns);
  if (day > INT64_MAX / 2 || day < INT64_MIN / 2) return std::nullopt;
  Date const date{static_cast<std::int64_t>(day)};
  if (!in_range(date)) return std::nullopt;
  return DateTime{date, Time{static_cast<std::int64_t>(since_epoch - day * day_ns), zone}};
}

std::optional<DateTime> date_time_at(Nanoseconds since_epoch_utc, TimeZone const& zone) {
  Nanoseconds offset = 0;
  if (auto const* fixed = std::get_if<seconds>(&zone)) offset = fixed->count();
  if (auto const* named = std::get_if<calendar::Zone>(&zone)) {
    auto const day = static_cast<std::int64_t>(floor_divide(since_epoch_utc, day_ns));
    auto const rest = static_cast<std::int64_t>(since_epoch_utc - Nanoseconds{day} * day_ns);
    auto const known = std::chrono::days{in_known_years(Date{day}).days};
    offset = named->offset(Instant{known + Milliseconds{rest / 1'000'000}}).count();
  }
  return reading_at(since_epoch_utc + offset * second_ns, zone);
}

DateTime date_time_of(Instant instant, std::chrono::minutes utc_offset) {
  auto const utc = Nanoseconds{instant.time_since_epoch().count()} * 1'000'000;
  return date_time_at(utc, seconds{utc_offset}).value_or(DateTime{});
}

std::optional<Instant> instant_of(DateTime const& date_time, std::chrono::minutes utc_offset) {
  auto const year = parts(date_time.date).year;
  if (year < 1 || year > 9999) return std::nullopt;
  auto const offset = offset_of(date_time).value_or(seconds{utc_offset});
  auto const utc = reading_ns(date_time) - Nanoseconds{offset.count()} * second_ns;
  return from_ms(static_cast<std::int64_t>(floor_divide(utc, 1'000'000)));
}

std::optional<Milliseconds> milliseconds_of(Duration duration) {
  constexpr Nanoseconds most = Nanoseconds{day_ns} * 3'650'000;
  if (duration.length > most || duration.length < -most) return std::nullopt;
  return Milliseconds{static_cast<std::int64_t>(duration.length / 1'000'000)};
}

}  // namespace yunzhi::process
