#include "modules/maintenance_window/openings.hpp"

#include "calendar/recurrence.hpp"

namespace yunzhi::modules {
namespace {

constexpr std::size_t walked_most = 10'000;  // more than a year of an hourly rule

bool opens_on(MaintenanceDays days, calendar::Day day, WindowCalendar const& calendar) {
  if (days == MaintenanceDays::every) return true;
  return calendar.office && calendar.office->is_working_day(day) == (days == MaintenanceDays::working);
}

}  // namespace

std::vector<Opening> openings(WindowPlan const& plan, WindowCalendar const& calendar, Instant from,
                              Instant to, std::size_t most) {
  if (plan.recurrence.empty()) {
    if (plan.starts_at < to && from < plan.ends_at && most > 0) return {{plan.starts_at, plan.ends_at}};
    return {};
  }
  auto const length = plan.ends_at - plan.starts_at;
  auto const begun = calendar::occurrences({plan.recurrence, calendar.zone.reading(plan.starts_at)},
                                           calendar.zone, from - length + Milliseconds{1}, to, walked_most);
  std::vector<Opening> found;
  if (begun.has_error()) return found;
  bool const by_calendar = plan.days != MaintenanceDays::every;
  for (auto const at : *begun) {
    if (found.size() == most) break;
    if (opens_on(plan.days, calendar.zone.reading(at).day, calendar))
      found.push_back({at, at + length, by_calendar && calendar.office->provisional(at)});
  }
  return found;
}

}  // namespace yunzhi::modules
