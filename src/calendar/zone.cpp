#include "calendar/zone.hpp"

#include <stdexcept>

#include <date/tz.h>
#include <fmt/format.h>

namespace yunzhi::calendar {
namespace {

date::local_time<Milliseconds> to_library(Reading reading) {
  return date::local_time<Milliseconds>{reading.day.time_since_epoch() + reading.time};
}

}  // namespace

Result<Zone> Zone::find(std::string_view name) {
  try {
    return Zone(date::locate_zone(name));
  } catch (std::runtime_error const&) {
    return refuse(Why::invalid, "", "'{}' is not a time zone as in Asia/Shanghai", name.substr(0, 64));
  }
}

Reading Zone::reading(Instant at) const {
  auto const local = at.time_since_epoch() + offset(at);
  auto const day = std::chrono::floor<std::chrono::days>(local);
  return {Day{day}, local - day};
}

Instant Zone::instant(Reading reading) const {
  auto const local = to_library(reading);
  auto const info = zone_->get_info(local);
  // In a gap `second` is the rule after it, which begins at the first instant that exists again.
  if (info.result == date::local_info::nonexistent) return Instant{info.second.begin.time_since_epoch()};
  return Instant{local.time_since_epoch() - info.first.offset};
}

std::chrono::seconds Zone::offset(Instant at) const {
  return zone_->get_info(at).offset;
}

std::string Zone::name() const {
  return zone_->name();
}

Result<Day> parse_day(std::string_view text) {
  if (text.size() == 10) {
    auto const midnight = parse_instant(std::string(text) + "T00:00:00Z");
    if (midnight) return Day{std::chrono::floor<std::chrono::days>(midnight->time_since_epoch())};
  }
  return refuse(Why::invalid, "", "'{}' is not a day as in 2026-11-23", text.substr(0, 64));
}

std::string format_day(Day day) {
  std::chrono::year_month_day const parts{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()),
                     static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

int year_of(Day day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

Day first_day(int year) {
  return Day{std::chrono::year{year} / std::chrono::January / 1};
}

}  // namespace yunzhi::calendar
