#include "process/model/timer_rule.hpp"

#include <charconv>

#include "process/expression/temporal_literal.hpp"

namespace yunzhi::process {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

Result<Milliseconds> positive(std::string_view text, std::int64_t least_ms) {
  auto const duration = parse_duration(text);
  if (!duration) return duration.error();
  if (duration->count() < least_ms)
    return refuse(Why::invalid, "", "'{}' is too short for a timer; the shortest is {} ms", text, least_ms);
  return *duration;
}

// `R/PT10M` or `R3/PT10M`. A cycle under a second would only burn the machine.
Result<TimerRule> read_cycle(std::string_view text) {
  TimerRule rule;
  rule.form = TimerRule::Form::cycle;
  auto const slash = text.find('/');
  if (!text.starts_with('R') || slash == std::string_view::npos)
    return refuse(Why::invalid, "", "'{}' is not a cycle as in R3/PT10M", text);
  auto const count = text.substr(1, slash - 1);
  rule.repeats = -1;
  if (!count.empty()) {
    auto const [end, error] = std::from_chars(count.data(), count.data() + count.size(), rule.repeats);
    if (error != std::errc{} || end != count.data() + count.size() || rule.repeats < 1 ||
        rule.repeats > 1'000'000)
      return refuse(Why::invalid, "", "'{}' is not a cycle as in R3/PT10M", text);
  }
  auto const duration = positive(text.substr(slash + 1), 1000);
  if (!duration) return duration.error();
  rule.duration = *duration;
  return rule;
}

}  // namespace

Result<TimerRule> read_timer(TimerRule::Form form, std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return refuse(Why::invalid, "", "the timer says no time; write one as in PT2H");
  if (form == TimerRule::Form::cycle) return read_cycle(text);
  TimerRule rule;
  rule.form = form;
  bool const literal = form == TimerRule::Form::duration ? text.starts_with('P') || text.starts_with("-P")
                                                         : text.front() >= '0' && text.front() <= '9';
  if (literal && form == TimerRule::Form::duration) {
    auto const duration = positive(text, 0);
    if (!duration) return duration.error();
    rule.duration = *duration;
    return rule;
  }
  if (literal) {
    auto const date = parse_instant(text);
    if (!date) return date.error();
    rule.date = *date;
    return rule;
  }
  auto computed = Expression::compile(text);
  if (!computed) return computed.error();
  rule.computed = std::move(*computed);
  return rule;
}

Result<TimerMoment> timer_moment(TimerRule const& rule, json::object const& variables, Moment const& moment) {
  if (!rule.computed) {
    if (rule.form == TimerRule::Form::date) return TimerMoment{rule.date, {}};
    return TimerMoment{std::nullopt, rule.duration};
  }
  auto value = rule.computed->evaluate(variables, moment);
  if (auto const* text = value.get<std::string>()) {
    auto const date_time = parse_date_time(*text);
    value = rule.form == TimerRule::Form::date && date_time ? Value(*date_time) : duration_literal(*text);
  }
  if (auto const* date = value.get<Date>()) value = DateTime{*date, {}};
  if (auto const* date_time = value.get<DateTime>())
    if (auto const instant = instant_of(*date_time, moment.utc_offset)) return TimerMoment{*instant, {}};
  auto const* length = value.get<Duration>();
  auto const duration = length == nullptr ? std::nullopt : milliseconds_of(*length);
  if (duration && duration->count() >= 0) return TimerMoment{std::nullopt, *duration};
  return refuse(Why::invalid, "", "the timer '{}' gives {} and no time to wait", rule.computed->text(),
                value.kind_name());
}

}  // namespace yunzhi::process
