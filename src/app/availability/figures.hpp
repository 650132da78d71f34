// How available a system was over a stretch of time. Pure: no clock, no rows.
//
// Availability is (agreed service time - downtime) / agreed service time, as service level agreements count
// it (ITIL 4, availability management). Planned maintenance is no agreed service time; time that nothing
// measured is left out of the fraction and told apart.
#pragma once

#include <optional>

#include "calendar/stretch.hpp"
#include "regulation/pack.hpp"

namespace yunzhi::app {

/// What is known of a system; any stretches, in any order.
struct Observed {
  calendar::Stretches measured;  ///< when it was known whether the system serves
  calendar::Stretches down;      ///< known as well, whether `measured` has it or not
  calendar::Stretches planned;   ///< maintenance
};

struct AvailabilityFigures {
  Milliseconds service{0};            ///< agreed service time until now, without planned maintenance
  Milliseconds downtime{0};           ///< within it
  Milliseconds unmeasured{0};         ///< within it
  Milliseconds maintenance{0};        ///< within the service hours, until now
  Milliseconds budget{0};             ///< downtime that the objective leaves in the whole stretch
  std::optional<double> percent;      ///< none when nothing of the service time was measured
  std::optional<double> budget_used;  ///< downtime / budget; none when there is no budget
  std::optional<bool> met;            ///< the downtime is within the budget; none without `percent`
};

AvailabilityFigures figures_of(regulation::AvailabilityObjective const& objective,
                               calendar::Stretch const& whole, Instant now, Observed const& observed);

/// The downtime that counts: put together, without planned maintenance, within the stretch.
calendar::Stretches outages_of(calendar::Stretch const& span, Observed const& observed);

}  // namespace yunzhi::app
