#include "process/expression/temporal.hpp"

#include <charconv>

#include <fmt/format.h>

namespace yunzhi::process {
namespace {

using namespace std::chrono;

std::optional<int> number(std::string_view text) {
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text.front() == '-' || error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

Date shift(Date date, std::int64_t by_months) {
  year_month_day const day{date};
  auto const month_of = day.year() / day.month() + months{by_months};
  auto const shifted = month_of / day.day();
  return shifted.ok() ? sys_days{shifted} : sys_days{month_of / last};
}

std::optional<Milliseconds> in_bounds(Milliseconds duration) {
  constexpr Milliseconds most = days{3'650'000};
  if (duration > most || duration < -most) return std::nullopt;
  return duration;
}

Value shifted(Value const& point, Milliseconds by) {
  if (auto const* date = point.get<Date>()) return floor<days>(*date + by);
  if (auto const* instant = point.get<Instant>()) return *instant + by;
  auto const* time = point.get<DayTime>();
  if (time == nullptr) return {};
  constexpr Milliseconds day = days{1};
  return DayTime{((time->since_midnight + by) % day + day) % day};
}

Value shifted(Value const& point, Months by) {
  if (auto const* date = point.get<Date>()) return shift(*date, by.count);
  auto const* instant = point.get<Instant>();
  if (instant == nullptr) return {};
  auto const day = floor<days>(*instant);
  return Instant{shift(day, by.count) + (*instant - day)};
}

Value difference(Value const& left, Value const& right) {
  if (left.type() != right.type()) return {};
  if (auto const* date = left.get<Date>()) return Milliseconds{*date - *right.get<Date>()};
  if (auto const* time = left.get<DayTime>())
    return time->since_midnight - right.get<DayTime>()->since_midnight;
  if (auto const* instant = left.get<Instant>()) return *instant - *right.get<Instant>();
  return {};
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto const y = number(text.substr(0, 4));
  auto const m = number(text.substr(5, 2));
  auto const d = number(text.substr(8, 2));
  if (!y || !m || !d) return std::nullopt;
  year_month_day const date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date};
}

std::optional<DayTime> parse_day_time(std::string_view text) {
  if (text.size() != 5 && text.size() != 8) return std::nullopt;
  if (text[2] != ':' || (text.size() == 8 && text[5] != ':')) return std::nullopt;
  auto const h = number(text.substr(0, 2));
  auto const m = number(text.substr(3, 2));
  auto const s = text.size() == 8 ? number(text.substr(6, 2)) : std::optional(0);
  if (!h || !m || !s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
  return DayTime{hours{*h} + minutes{*m} + seconds{*s}};
}

std::optional<Instant> parse_date_time(std::string_view text, minutes utc_offset) {
  if (auto const date = parse_date(text)) return Instant{*date - utc_offset};
  if (auto const exact = parse_instant(text)) return *exact;
  auto const local = parse_instant(std::string(text) + 'Z');
  if (!local) return std::nullopt;
  return *local - utc_offset;
}

Value parse_any_duration(std::string_view text) {
  if (auto const exact = parse_duration(text)) return *exact;
  bool const minus = text.starts_with('-');
  auto rest = text.substr(minus ? 1 : 0);
  if (!rest.starts_with('P')) return {};
  rest.remove_prefix(1);
  std::int64_t total = 0;
  bool any = false;
  for (auto const& [unit, count] : {std::pair{'Y', 12}, std::pair{'M', 1}}) {
    auto const end = rest.find(unit);
    if (end == std::string_view::npos) continue;
    auto const amount = number(rest.substr(0, end));
    if (!amount || *amount > 100'000) return {};
    total += std::int64_t{*amount} * count;
    rest.remove_prefix(end + 1);
    any = true;
  }
  if (!any || !rest.empty()) return {};
  return Months{minus ? -total : total};
}

std::string format_date(Date date) {
  year_month_day const day{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::string format_day_time(DayTime time) {
  hh_mm_ss const parts{time.since_midnight};
  return fmt::format("{:02}:{:02}:{:02}", parts.hours().count(), parts.minutes().count(),
                     parts.seconds().count());
}

std::string format_months(Months months_count) {
  auto const count = months_count.count < 0 ? -months_count.count : months_count.count;
  std::string text = months_count.count < 0 ? "-P" : "P";
  if (count / 12 != 0) text += std::to_string(count / 12) + 'Y';
  if (count % 12 != 0 || count == 0) text += std::to_string(count % 12) + 'M';
  return text;
}

Value add_temporal(Value const& left, Value const& right, bool minus) {
  if (auto const* by = right.get<Milliseconds>()) {
    auto const bounded = in_bounds(minus ? -*by : *by);
    if (!bounded) return {};
    auto const* duration = left.get<Milliseconds>();
    return duration != nullptr ? Value(*duration + *bounded) : shifted(left, *bounded);
  }
  if (auto const* by = right.get<Months>()) {
    Months const months_by{minus ? -by->count : by->count};
    auto const* sum = left.get<Months>();
    return sum != nullptr ? Value(Months{sum->count + months_by.count}) : shifted(left, months_by);
  }
  if (minus) return difference(left, right);
  bool const commutes = left.get<Milliseconds>() != nullptr || left.get<Months>() != nullptr;
  return commutes ? add_temporal(right, left, false) : Value();
}

}  // namespace yunzhi::process
