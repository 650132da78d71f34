#include "app/availability/figures.hpp"

#include <algorithm>

namespace yunzhi::app {

using calendar::Stretch;
using calendar::Stretches;

Stretches outages_of(Stretch const& span, Observed const& observed) {
  return calendar::without(calendar::within(calendar::merged(observed.down), span),
                           calendar::merged(observed.planned));
}

AvailabilityFigures figures_of(regulation::AvailabilityObjective const& objective, Stretch const& whole,
                               Instant now, Observed const& observed) {
  auto const& hours = *objective.calendar;
  Stretch const span{whole.from, std::clamp(now, whole.from, whole.to)};
  auto const planned = calendar::within(calendar::merged(observed.planned), whole);
  auto const down = outages_of(span, observed);
  auto known = observed.measured;
  known.insert(known.end(), observed.down.begin(), observed.down.end());
  known = calendar::without(calendar::within(calendar::merged(std::move(known)), span), planned);

  AvailabilityFigures figures;
  figures.maintenance = calendar::working(hours, calendar::within(planned, span));
  figures.service = hours.working_between(span.from, span.to) - figures.maintenance;
  figures.downtime = calendar::working(hours, down);
  auto const measured = calendar::working(hours, known);
  figures.unmeasured = figures.service - measured;
  auto const promised = hours.working_between(whole.from, whole.to) - calendar::working(hours, planned);
  figures.budget = std::chrono::round<Milliseconds>(promised * ((100 - objective.percent) / 100));
  if (figures.budget.count() > 0)
    figures.budget_used =
        static_cast<double>(figures.downtime.count()) / static_cast<double>(figures.budget.count());
  if (measured.count() <= 0) return figures;
  figures.percent = 100 * static_cast<double>((measured - figures.downtime).count()) /
                    static_cast<double>(measured.count());
  figures.met = figures.downtime <= figures.budget;
  return figures;
}

}  // namespace yunzhi::app
