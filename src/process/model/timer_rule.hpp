// Timers as text: `PT2H`, `P1D`, `2026-12-01T00:00:00Z`, `R3/PT10M`, or an expression that gives one.
#pragma once

#include <optional>
#include <string>

#include "process/expression/expression.hpp"

namespace yunzhi::process {

/// When a timer fires. A duration may be counted in working time, which the caller knows.
struct TimerRule {
  enum class Form : std::uint8_t { duration, date, cycle };
  Form form = Form::duration;
  std::optional<Expression> computed;  ///< gives the duration or date when the timer is armed
  Milliseconds duration{};
  Instant date{};
  std::int64_t repeats = 0;  ///< of a cycle; negative: without end
  bool working = false;
  std::string calendar;  ///< empty: the organisation's own
};

Result<TimerRule> read_timer(TimerRule::Form form, std::string_view text);

/// When an armed timer fires: at an instant, or after a length of time (which may be working time).
struct TimerMoment {
  std::optional<Instant> at;
  Milliseconds after{};
};

/// Refused when the expression gives no duration or date, naming the empty variable where there is one.
Result<TimerMoment> timer_moment(TimerRule const& rule, json::object const& variables, Moment const& moment);

}  // namespace yunzhi::process
