// Numbers people can say over the telephone: INC-2026-00042. Patterns come from the pack; counters are rows
// of the same command, so a number is never given twice and a rolled-back command leaves no hole.
#pragma once

#include <string>
#include <string_view>

#include "store/store.hpp"

namespace yunzhi::record {

/// The next number of a kind. `{year}` is the year of the command in `zone_offset` minutes east of UTC;
/// `{sequence:N}` counts from 1, padded to N digits, anew each year when the pattern has a year.
std::string next_number(store::Edit& edit, std::string_view kind, std::string_view pattern, int zone_offset);

/// Remembers a number that was given elsewhere, so that it is never given again. A number that does not
/// follow the pattern needs no remembering.
void keep_number(store::Edit& edit, std::string_view kind, std::string_view pattern, std::string_view number);

/// Whether a pattern can be used: exactly one {sequence:N} with N from 1 to 9. The fault names the line.
Result<> check_number_pattern(std::string_view pattern);

}  // namespace yunzhi::record
