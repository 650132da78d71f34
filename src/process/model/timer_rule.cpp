#include "process/model/timer_rule.hpp"

#include <charconv>

#include "process/expression/temporal_literal.hpp"

namespace yunzhi::process {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::int64_t shortest_cycle_ms = 1000;  // one under a second would only burn the machine
constexpr std::int64_t most_repeats = 1'000'000;

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// A reading without a zone is taken as UTC.
std::optional<Instant> parse_moment(std::string_view text) {
  auto const read = parse_date_time(text);
  return read ? instant_of(*read, std::chrono::minutes{0}) : std::nullopt;
}

// A length of time, or years and months.
Result<> read_length(std::string_view text, std::int64_t least_ms, TimerRule& rule) {
  if (auto const months = parse_months_duration(text); months && months->count > 0) {
    rule.months = months->count;
    return {};
  }
  auto const duration = parse_duration(text);
  if (!duration) return duration.error();
  if (duration->count() < least_ms)
    return refuse(Why::invalid, "", "'{}' is too short for a timer; the shortest is {} ms", text, least_ms);
  rule.duration = *duration;
  return {};
}

// `R/PT10M`, `R3/PT10M`, `R3/<date>/PT10M` or a cron text.
Result<TimerRule> read_cycle(std::string_view text) {
  TimerRule rule;
  rule.form = TimerRule::Form::cycle;
  rule.repeats = -1;
  if (Cron::looks_like(text)) {
    auto cron = Cron::parse(text);
    if (!cron) return cron.error();
    rule.cron = *cron;
    return rule;
  }
  auto const slash = text.find('/');
  auto const odd = refuse(Why::invalid, "", "'{}' is not a cycle as in R3/PT10M", text);
  if (!text.starts_with('R') || slash == std::string_view::npos) return odd;
  if (auto const count = text.substr(1, slash - 1); !count.empty()) {
    auto const [end, error] = std::from_chars(count.data(), count.data() + count.size(), rule.repeats);
    if (error != std::errc{} || end != count.data() + count.size() || rule.repeats < 1 ||
        rule.repeats > most_repeats)
      return odd;
  }
  auto rest = text.substr(slash + 1);
  if (auto const second = rest.find('/'); second != std::string_view::npos) {
    auto const from = parse_moment(rest.substr(0, second));
    if (!from) return odd;
    rule.date = *from;
    rest = rest.substr(second + 1);
  }
  if (auto const length = read_length(rest, shortest_cycle_ms, rule); !length) return length.error();
  return rule;
}

bool literal(TimerRule::Form form, std::string_view text) {
  switch (form) {
    case TimerRule::Form::duration:
      return text.starts_with('P') || text.starts_with("-P");
    case TimerRule::Form::date:
      return text.front() >= '0' && text.front() <= '9';
    case TimerRule::Form::cycle:
      if (Cron::looks_like(text)) return text.find_first_of("\"(=") == std::string_view::npos;
      return text.starts_with('R') && text.find_first_not_of("0123456789", 1) == text.find('/');
  }
  return false;
}

Instant add_months(Instant from, std::int64_t count, std::chrono::minutes utc_offset) {
  using namespace std::chrono;
  auto const local = from + utc_offset;
  auto const day = floor<days>(local);
  auto date = year_month_day(day) + months(count);
  if (!date.ok()) date = date.year() / date.month() / last;
  return Instant(sys_days(date)) + (local - day) - utc_offset;
}

Result<TimerMoment> next_of_cycle(TimerRule const& rule, Moment const& moment) {
  if (rule.cron) {
    auto const next = rule.cron->next(moment.now, moment.utc_offset);
    if (!next) return refuse(Why::invalid, "", "the timer's cron text never comes true again");
    return TimerMoment{*next, {}, rule.repeats};
  }
  if (rule.date == Instant{} && rule.months == 0)
    return TimerMoment{std::nullopt, rule.duration, rule.repeats};
  auto at = rule.date == Instant{} ? moment.now : rule.date;
  if (rule.months == 0 && at <= moment.now) at += rule.duration * ((moment.now - at) / rule.duration + 1);
  while (rule.months != 0 && at <= moment.now) at = add_months(at, rule.months, moment.utc_offset);
  return TimerMoment{at, {}, rule.repeats};
}

Result<TimerMoment> moment_of(TimerRule const& rule, Moment const& moment) {
  if (rule.form == TimerRule::Form::cycle) return next_of_cycle(rule, moment);
  if (rule.form == TimerRule::Form::date) return TimerMoment{rule.date, {}, 0};
  if (rule.months != 0) return TimerMoment{add_months(moment.now, rule.months, moment.utc_offset), {}, 0};
  return TimerMoment{std::nullopt, rule.duration, 0};
}

}  // namespace

Result<TimerRule> read_timer(TimerRule::Form form, std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return refuse(Why::invalid, "", "the timer says no time; write one as in PT2H");
  TimerRule rule;
  rule.form = form;
  if (!literal(form, text)) {
    auto computed = Expression::compile(text);
    if (!computed && form == TimerRule::Form::cycle)
      return refuse(Why::invalid, "", "'{}' is not a cycle as in R3/PT10M", text);
    if (!computed) return computed.error();
    rule.computed = std::move(*computed);
    return rule;
  }
  if (form == TimerRule::Form::cycle) return read_cycle(text);
  if (form == TimerRule::Form::duration) {
    if (auto const length = read_length(text, 0, rule); !length) return length.error();
    return rule;
  }
  auto const date = parse_moment(text);
  if (!date) return refuse(Why::invalid, "", "'{}' is not a date as in 2026-12-01T00:00:00Z", text);
  rule.date = *date;
  return rule;
}

Result<TimerMoment> timer_moment(TimerRule const& rule, json::object const& variables, Moment const& moment) {
  if (!rule.computed) return moment_of(rule, moment);
  auto value = rule.computed->evaluate(variables, moment);
  if (auto const* text = value.get<std::string>()) {
    // What a file calls a duration may hold a date and the other way about: the value says which it is.
    auto form = rule.form;
    if (form != TimerRule::Form::cycle)
      form = text->starts_with('P') ? TimerRule::Form::duration : TimerRule::Form::date;
    if (literal(form, text->empty() ? " " : *text)) {
      auto const read = read_timer(form, *text);
      if (!read) return read.error();
      return moment_of(*read, moment);
    }
  }
  if (auto const* date = value.get<Date>()) value = DateTime{*date, {}};
  if (auto const* date_time = value.get<DateTime>())
    if (auto const instant = instant_of(*date_time, moment.utc_offset)) return TimerMoment{*instant, {}, 0};
  if (auto const* months = value.get<Months>(); months != nullptr && months->count >= 0)
    return TimerMoment{add_months(moment.now, months->count, moment.utc_offset), {}, 0};
  auto const* length = value.get<Duration>();
  auto const duration = length == nullptr ? std::nullopt : milliseconds_of(*length);
  if (duration && duration->count() >= 0) return TimerMoment{std::nullopt, *duration, 0};
  return refuse(Why::invalid, "", "the timer '{}' gives {} and no time to wait", rule.computed->text(),
                value.kind_name());
}

}  // namespace yunzhi::process
