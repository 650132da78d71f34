// Recurrence rules of RFC 5545 ("FREQ=MONTHLY;BYDAY=-1FR"), walked on the wall clock of a zone, so that
// "every day at 08:00" stays at 08:00 across daylight saving time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/zone.hpp"

namespace yunzhi::calendar {

/// A rule as data: RRULE text and the first reading it counts from (DTSTART).
struct Recurrence {
  std::string rule;
  Reading start;
};

/// Whether the text is a rule this room can walk. Refused: unknown parts, secondly rules, long texts.
Result<> check_rule(std::string_view rule);

/// The occurrences in [from, to), in order, at most `most`. The start itself counts only when the rule
/// matches it.
Result<std::vector<Instant>> occurrences(Recurrence const& recurrence, Zone const& zone, Instant from,
                                         Instant to, std::size_t most);

}  // namespace yunzhi::calendar
