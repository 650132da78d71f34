// Timers as text: `PT2H`, `P1D`, `2026-12-01T00:00:00Z`, `R3/PT10M`, or an expression that gives one.
#pragma once

#include "process/model/definition.hpp"

namespace yunzhi::process {

Result<TimerRule> read_timer(TimerRule::Form form, std::string_view text);

/// When an armed timer fires: at an instant, or after a length of time (which may be working time).
struct TimerMoment {
  std::optional<Instant> at;
  Milliseconds after{};
};

/// Refused when the expression gives no duration or date, naming the empty variable where there is one.
Result<TimerMoment> timer_moment(TimerRule const& rule, json::object const& variables, Moment const& moment);

}  // namespace yunzhi::process
