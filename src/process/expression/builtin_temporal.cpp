// Functions of dates, times and durations (DMN 1.3, 10.3.4.1 and 10.3.4.8).
#include <array>

#include "process/expression/builtins.hpp"

namespace yunzhi::process {
namespace {

using std::chrono::seconds;

std::optional<Date> day_at(Arguments a, std::size_t at) {
  if (auto const* date = a[at].get<Date>()) return *date;
  auto const* date_time = a[at].get<DateTime>();
  return date_time == nullptr ? std::nullopt : std::optional(date_time->date);
}

std::optional<Date> day_of_parts(Arguments a) {
  auto const year = small_integer(a[0]);
  auto const month = small_integer(a[1]);
  auto const day = small_integer(a[2]);
  return year && month && day ? day_of(*year, *month, *day) : std::nullopt;
}

Value date(Arguments a, Evaluation&) {
  if (a.size() == 3) return day_of_parts(a);
  if (auto const day = day_at(a, 0)) return *day;
  auto const* text = a[0].get<std::string>();
  return text == nullptr ? Value() : Value(parse_date(*text));
}

// An offset as a duration, or none.
std::optional<TimeZone> zone_at(Arguments a, std::size_t at) {
  auto const* value = given(a, at);
  if (value == nullptr) return TimeZone{};
  if (auto const* name = value->get<std::string>())
    return parse_zone(name->starts_with('+') || name->starts_with('-') || *name == "Z" ? *name : "@" + *name);
  auto const* offset = value->get<Duration>();
  if (offset == nullptr) return std::nullopt;
  auto const count = offset->length / second_ns;
  constexpr std::int64_t most = std::int64_t{18} * 3600;
  if (count > most || count < -most) return std::nullopt;
  return TimeZone{seconds{static_cast<std::int64_t>(count)}};
}

// Hour, minute, second (which may have a fraction) and an offset, from the place on.
std::optional<Time> time_of_parts(Arguments a, std::size_t at) {
  auto const hour = small_integer(a[at]);
  auto const minute = small_integer(a[at + 1]);
  auto const ns = multiply(*a[at + 2].get<Decimal>(), Decimal(second_ns));
  auto const zone = zone_at(a, at + 3);
  if (!hour || !minute || !ns || !zone) return std::nullopt;
  auto const whole_ns = ns->round(0, Decimal::Rounding::down).integer().value_or(-1);
  if (*hour < 0 || *hour > 23 || *minute < 0 || *minute > 59 || whole_ns < 0 || whole_ns >= 60 * second_ns)
    return std::nullopt;
  return Time{(*hour * std::int64_t{3600} + *minute * std::int64_t{60}) * second_ns + whole_ns, *zone};
}

Value day_time(Arguments a, Evaluation&) {
  if (a.size() > 1) return time_of_parts(a, 0);
  if (auto const* date_time = a[0].get<DateTime>()) return date_time->time;
  if (a[0].kind() == Kind::time) return a[0];
  if (a[0].kind() == Kind::date) return Time{0, seconds{0}};
  auto const* text = a[0].get<std::string>();
  return text == nullptr ? Value() : Value(parse_time(*text));
}

Value date_and_time(Arguments a, Evaluation&) {
  if (a.size() >= 6) {
    auto const day = day_of_parts(a);
    auto const time = time_of_parts(a, 3);
    return day && time ? Value(DateTime{*day, *time}) : Value();
  }
  if (a.size() == 2) {
    auto const day = day_at(a, 0);
    auto const* time = a[1].get<Time>();
    return day && time != nullptr ? Value(DateTime{*day, *time}) : Value();
  }
  if (a[0].kind() == Kind::date_time) return a[0];
  if (auto const* day = a[0].get<Date>()) return DateTime{*day, {}};
  auto const* text = a[0].get<std::string>();
  return text == nullptr ? Value() : Value(parse_date_time(*text));
}

// Whole months from one day to the other; a part of a month does not count.
Value months_between(Arguments a, Evaluation&) {
  auto const from = day_at(a, 0);
  auto const to = day_at(a, 1);
  if (!from || !to) return {};
  auto const first = parts(*from);
  auto const last = parts(*to);
  auto count = (last.year - first.year) * 12 + last.month - first.month;
  if (count > 0 && last.day < first.day) --count;
  if (count < 0 && last.day > first.day) ++count;
  return Months{count};
}

Value name_of(std::span<std::string_view const> names, int from_one) {
  return make_text(names[static_cast<std::size_t>(from_one - 1)]);
}

Value year_day(Arguments a, Evaluation&) {
  return Decimal(day_of_year(*day_at(a, 0)));
}
Value week_day(Arguments a, Evaluation&) {
  constexpr std::string_view names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
  return name_of(names, weekday(*day_at(a, 0)));
}
Value year_month(Arguments a, Evaluation&) {
  constexpr std::string_view names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
  return name_of(names, parts(*day_at(a, 0)).month);
}
Value year_week(Arguments a, Evaluation&) {
  return Decimal(week_of_year(*day_at(a, 0)));
}

Value now(Arguments, Evaluation& evaluation) {
  return date_time_of(evaluation.moment().now, evaluation.moment().utc_offset);
}
Value today(Arguments, Evaluation& evaluation) {
  return date_time_of(evaluation.moment().now, evaluation.moment().utc_offset).date;
}

constexpr std::array lines{
    BuiltinLine{"date", "from:any | year:number, month:number, day:number", date},
    BuiltinLine{"time", "from:any | hour:number, minute:number, second:number, offset?:any", day_time},
    BuiltinLine{"date and time",
                "from:any | date:day, time:time | year:number, month:number, day:number, hour:number, "
                "minute:number, second:number, offset?:any | year:number, month:number, day:number, "
                "hour:number, minute:number, second:number, timezone:text",
                date_and_time},
    BuiltinLine{"years and months duration", "from:day, to:day", months_between},
    BuiltinLine{"day of year", "date:day", year_day},
    BuiltinLine{"day of week", "date:day", week_day},
    BuiltinLine{"month of year", "date:day", year_month},
    BuiltinLine{"week of year", "date:day", year_week},
    BuiltinLine{"now", "", now},
    BuiltinLine{"today", "", today},
};

}  // namespace

std::span<BuiltinLine const> temporal_builtins() {
  return lines;
}

}  // namespace yunzhi::process
