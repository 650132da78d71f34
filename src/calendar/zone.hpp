// A time zone of the IANA database: wall-clock readings to instants and back, with a rule for the hours
// that daylight saving time skips or repeats.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace date {
class time_zone;
}

namespace yunzhi::calendar {

/// A calendar day without a zone.
using Day = std::chrono::local_days;

/// A wall-clock reading: a day and the time since its midnight. `time` may be 24 h or more: it then means
/// the same reading on a later day (30 h is 06:00 of the next morning).
struct Reading {
  Day day;
  Milliseconds time{0};
};

class Zone {
 public:
  /// The zone of that IANA name ("Asia/Shanghai").
  static Result<Zone> find(std::string_view name);

  [[nodiscard]] Reading reading(Instant at) const;
  /// A reading that is skipped means the first instant after the gap; one that comes twice, the first.
  [[nodiscard]] Instant instant(Reading reading) const;
  /// UTC offset in force at the instant.
  [[nodiscard]] std::chrono::seconds offset(Instant at) const;
  [[nodiscard]] std::string name() const;

 private:
  explicit Zone(date::time_zone const* zone) : zone_(zone) {}
  date::time_zone const* zone_;  // owned by the library, lives as long as the program
};

/// Reads 2026-11-23.
Result<Day> parse_day(std::string_view text);
std::string format_day(Day day);

/// Year of a day.
int year_of(Day day);
/// The first day of a year.
Day first_day(int year);

}  // namespace yunzhi::calendar
