// When a maintenance window opens: its rule on the wall clock, and of those days the ones the working
// calendar leaves. Pure: no clock, no rows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "calendar/working_calendar.hpp"
#include "calendar/zone.hpp"

namespace yunzhi::modules {

/// Days of the working calendar: all, those with working hours (make-up workdays among them), or those
/// without (weekends and statutory holidays).
enum class MaintenanceDays { every, working, non_working };
BOOST_DESCRIBE_ENUM(MaintenanceDays, every, working, non_working)

/// What windows are read by.
struct WindowCalendar {
  calendar::Zone zone;                                      ///< rules recur on its wall clock
  std::shared_ptr<calendar::WorkingCalendar const> office;  ///< none: only windows on every day recur
};

struct WindowPlan {
  Instant starts_at;
  Instant ends_at;
  std::string recurrence;  ///< RRULE of RFC 5545; empty: the window opens once
  MaintenanceDays days = MaintenanceDays::every;
};

struct Opening {
  Instant from;
  Instant to;
  bool provisional = false;  ///< the holidays of its year are not published: it may still fall away
};

/// The openings that overlap [from, to), in order, at most `most`. An opening belongs to the day it begins
/// on, also where it reaches into the next; a COUNT of the rule counts the days left out as well.
std::vector<Opening> openings(WindowPlan const& plan, WindowCalendar const& calendar, Instant from,
                              Instant to, std::size_t most);

}  // namespace yunzhi::modules
