// Stretches of time, half open, and what is left of them: measured time, downtime, planned work.
#pragma once

#include <vector>

#include "calendar/working_calendar.hpp"

namespace yunzhi::calendar {

/// From `from` on, until before `to`.
struct Stretch {
  Instant from;
  Instant to;
  bool operator==(Stretch const&) const = default;
};

/// In order and apart, as merged() leaves them; what the others take and give.
using Stretches = std::vector<Stretch>;

/// Any stretches put in order; those that touch become one, empty ones fall away.
Stretches merged(Stretches any);
/// What of them lies within the bounds.
Stretches within(Stretches const& all, Stretch const& bounds);
/// What of them is in none of the others.
Stretches without(Stretches const& all, Stretches const& others);
/// Working time in all of them together.
Milliseconds working(WorkingCalendar const& hours, Stretches const& all);

}  // namespace yunzhi::calendar
