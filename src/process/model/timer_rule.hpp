// Timers as text: `PT2H`, `P1M`, `2026-12-01T00:00:00Z`, `R3/PT10M`, `R/2026-12-01T08:00:00Z/P1D`, a cron
// text, or an expression that gives one of them.
#pragma once

#include <optional>
#include <string>

#include "process/expression/expression.hpp"
#include "process/model/cron.hpp"

namespace yunzhi::process {

/// When a timer fires. A duration may be counted in working time, which the caller knows.
struct TimerRule {
  enum class Form : std::uint8_t { duration, date, cycle };
  Form form = Form::duration;
  std::optional<Expression> computed;  ///< gives the duration, date or cycle when the timer is armed
  Milliseconds duration{};
  std::int64_t months = 0;   ///< instead of a duration
  Instant date{};            ///< of a date, or from when a cycle counts
  std::int64_t repeats = 0;  ///< of a cycle; negative: without end
  std::optional<Cron> cron;  ///< of a cycle, instead of a duration
  bool working = false;
  std::string calendar;  ///< empty: the organisation's own
};

Result<TimerRule> read_timer(TimerRule::Form form, std::string_view text);

/// When an armed timer fires: at an instant, or after a length of time (which may be working time).
struct TimerMoment {
  std::optional<Instant> at;
  Milliseconds after{};
  std::int64_t repeats = 0;  ///< how often in all, of a cycle; negative: without end
};

/// Refused when the expression gives no duration or date, naming the empty variable where there is one.
/// For a cycle: its next firing after the moment.
Result<TimerMoment> timer_moment(TimerRule const& rule, json::object const& variables, Moment const& moment);

}  // namespace yunzhi::process
