// Working time: weekly hours in a zone, statutory holidays, and the make-up workdays (调休) that replace
// them. Answers for service targets: add so much working time, count the working time between two instants.
// Hours are wall-clock readings, so a day of 23 or 25 hours is counted as it was lived.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "calendar/zone.hpp"

namespace yunzhi::calendar {

/// Open from `from` until `to`, minutes since midnight; `to` up to 2880 reaches into the next morning.
struct Span {
  int from = 0;
  int to = 0;
};
using Hours = std::vector<Span>;

/// What a calendar file says.
struct CalendarData {
  std::string id;
  std::map<std::string, std::string> name;  ///< by language
  std::string zone;
  std::array<Hours, 7> week;            ///< Sunday first, as std::chrono::weekday counts
  std::optional<Hours> workday;         ///< hours of a make-up workday; none: those of Monday
  std::map<Day, std::string> holidays;  ///< day and the holiday's name
  std::set<Day> workdays;               ///< make-up workdays
  std::map<int, bool> years;            ///< years with data, true when provisional
};

/// Immutable apart from a cache of years, which is guarded: one calendar may serve all threads.
class WorkingCalendar {
 public:
  /// Refused when the zone is unknown, no day has hours, or hours of one day overlap.
  static Result<WorkingCalendar> make(CalendarData data);
  WorkingCalendar(WorkingCalendar&&) noexcept;
  WorkingCalendar& operator=(WorkingCalendar&&) noexcept;
  ~WorkingCalendar();

  [[nodiscard]] bool is_working(Instant at) const;
  /// Whether the day has working hours: an ordinary weekday that is no holiday, or a make-up workday.
  [[nodiscard]] bool is_working_day(Day day) const { return !hours(day).empty(); }
  /// The first working instant at or after `at`.
  [[nodiscard]] Instant next_opening(Instant at) const;
  /// The first instant by which `duration` of working time has passed since `from`; `from` itself for a
  /// duration of zero or less. Stops a hundred years ahead.
  [[nodiscard]] Instant add_working(Instant from, Milliseconds duration) const;
  /// Working time in [a, b); negative when b is before a.
  [[nodiscard]] Milliseconds working_between(Instant a, Instant b) const;
  /// Whether the holidays of the year of `at` are not yet published: a target in it may still move.
  [[nodiscard]] bool provisional(Instant at) const;

  [[nodiscard]] CalendarData const& data() const { return data_; }
  [[nodiscard]] Zone const& zone() const { return zone_; }

 private:
  struct Year;
  struct Cache;
  WorkingCalendar(CalendarData data, Zone zone);
  [[nodiscard]] Hours const& hours(Day day) const;
  [[nodiscard]] Year const& year(int number) const;
  [[nodiscard]] Year build(int number) const;
  [[nodiscard]] Milliseconds since_year_began(Instant at) const;
  [[nodiscard]] int year_at(Instant at) const;

  CalendarData data_;
  Zone zone_;
  std::unique_ptr<Cache> cache_;
};

}  // namespace yunzhi::calendar
