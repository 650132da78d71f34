// Who is on duty when. A plan is one pattern of letters for each role, one letter a day, repeated for ever
// from the anchor day; a crew walks the same pattern some days later. Or a plan names a working calendar:
// then everybody of the role is on duty in its hours.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/zone.hpp"

namespace yunzhi::calendar {

struct Shift {
  std::map<std::string, std::string> name;
  int from = 0;  ///< minutes since midnight of the day the letter stands for; up to 2880
  int to = 0;
};

struct Crew {
  std::string id;  ///< as in a person's `crew`
  std::map<std::string, std::string> name;
  int offset = 0;  ///< days behind the pattern
};

/// A crew at work.
struct OnDuty {
  std::string crew;
  char shift = 0;
  Instant from;
  Instant to;
};

struct ShiftPlan {
  std::string role;
  std::map<std::string, std::string> name;
  std::string calendar;  ///< a working calendar's id; then there is no pattern
  Zone zone;
  Day anchor;
  std::string pattern;  ///< "DDEENN--"; '-' is a day off
  std::map<char, Shift> shifts;
  std::vector<Crew> crews;

  /// The crews at work at the instant; empty for a plan by calendar.
  [[nodiscard]] std::vector<OnDuty> on_duty(Instant at) const;
  /// Every shift that has some moment of [from, to), by its beginning; empty for a plan by calendar.
  [[nodiscard]] std::vector<OnDuty> shifts_between(Instant from, Instant to) const;

 private:
  [[nodiscard]] std::optional<OnDuty> shift_of(Crew const& crew, Day day) const;
};

/// Reads shifts.yaml: a list of plans. A mistake names file and line.
Result<std::vector<ShiftPlan>> parse_shifts(std::string_view text, std::string_view file);
Result<std::vector<ShiftPlan>> load_shifts(std::string const& path);

}  // namespace yunzhi::calendar
