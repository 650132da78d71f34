// The occurrences of duties. They are written ahead, before any work is done, so that a miss is a fact with
// a date and never an absence.
#pragma once

#include <memory>
#include <vector>

#include "access/gate.hpp"
#include "calendar/working_calendar.hpp"
#include "calendar/zone.hpp"
#include "duty/duty.hpp"

namespace yunzhi::duty {

using Calendars = std::map<std::string, std::shared_ptr<calendar::WorkingCalendar const>>;

/// An occurrence as the rule gives it.
struct Occurrence {
  Instant due_at;    ///< when it begins to be due
  Instant until_at;  ///< when it is missed
};

/// The occurrences of a duty in [from, to). Refused when the rule or the start cannot be read, or the
/// calendar is unknown.
Result<std::vector<Occurrence>> occurrences(Duty const& duty, Calendars const& calendars,
                                            calendar::Zone const& zone, Instant from, Instant to);

class Duties {
 public:
  Duties(store::Store& store, std::vector<Duty> duties, Calendars calendars, calendar::Zone zone);

  /// Writes what is not written yet of the coming weeks. Past occurrences are never added afterwards.
  Result<std::int64_t> publish(Instant now);
  /// Marks as missed what was not done in time; the number marked, at most `most`.
  std::size_t mark_missed(Instant now, std::size_t most);
  void routes(http::Router& router, access::Gate& gate);

 private:
  Result<std::int64_t> publish_one(store::Edit& edit, Duty const& duty, Instant now);
  Result<http::Reply> list(access::Call const& call, store::Reader& reader) const;
  Result<http::Reply> complete(access::Call const& call, store::Edit& edit) const;
  [[nodiscard]] Duty const* find(std::string_view id) const;

  store::Store& store_;
  std::vector<Duty> duties_;
  Calendars calendars_;
  calendar::Zone zone_;
};

}  // namespace yunzhi::duty
