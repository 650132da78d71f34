// Cron texts as process files carry them: five fields (minute first), six or seven (second first, a year
// last, `*` alone), names of months and days, lists, ranges, steps, `L` for the last day, `#` for the n-th
// weekday, and the words `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. Where a field is `?` the text
// is one of Quartz, which counts Sunday as 1; elsewhere Sunday is 0 or 7.
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

#include "base/instant.hpp"

namespace yunzhi::process {

class Cron {
 public:
  static Result<Cron> parse(std::string_view text);
  /// Whether the text looks like one: a word with `@`, or at least five fields.
  static bool looks_like(std::string_view text);

  /// The first moment after `after`, to the second; nothing within the next eight years.
  [[nodiscard]] std::optional<Instant> next(Instant after, std::chrono::minutes utc_offset) const;

 private:
  [[nodiscard]] bool day_fits(std::chrono::year_month_day date) const;
  Result<> read_days(std::string_view text);
  Result<> read_weekdays(std::string_view text, bool quartz);

  std::bitset<60> seconds_;
  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;
  std::bitset<13> months_;
  std::bitset<8> weekdays_;       // Sunday is 0
  std::bitset<8> last_weekdays_;  // the last of its month
  std::bitset<64> nth_weekdays_;  // weekday * 8 + n
  bool last_day_ = false;
  bool any_day_ = true;
  bool any_weekday_ = true;
};

}  // namespace yunzhi::process
