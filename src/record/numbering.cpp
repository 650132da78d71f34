#include "record/numbering.hpp"

#include <fmt/format.h>

namespace yunzhi::record {
namespace {

int year_of(Instant at, int zone_offset) {
  auto const day = std::chrono::floor<std::chrono::days>(at + std::chrono::minutes{zone_offset});
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

std::int64_t count_up(store::Edit& edit, std::string const& kind, std::string const& period) {
  auto const changed = edit.run(
      "update record_number set last = last + 1 where kind = :kind and period = :period", kind, period);
  if (changed == 0) {
    edit.run("insert into record_number (kind, period, last) values (:kind, :period, 1)", kind, period);
    return 1;
  }
  return *edit.one<std::int64_t>("select last from record_number where kind = :kind and period = :period",
                                 kind, period);
}

}  // namespace

std::string next_number(store::Edit& edit, std::string_view kind, std::string_view pattern, int zone_offset) {
  std::string text(pattern);
  auto const year = text.find("{year}");
  std::string period;
  if (year != std::string::npos) {
    period = std::to_string(year_of(edit.now(), zone_offset));
    text.replace(year, 6, period);
  }
  auto const sequence = text.find("{sequence:");
  auto const digits = static_cast<std::size_t>(text.at(sequence + 10) - '0');
  text.replace(sequence, 12, fmt::format("{:0{}}", count_up(edit, std::string(kind), period), digits));
  return text;
}

Result<> check_number_pattern(std::string_view pattern) {
  auto const first = pattern.find("{sequence:");
  bool const one =
      first != std::string_view::npos && pattern.find("{sequence:", first + 1) == std::string_view::npos;
  bool const formed = one && first + 11 < pattern.size() && pattern[first + 10] >= '1' &&
                      pattern[first + 10] <= '9' && pattern[first + 11] == '}';
  if (!formed)
    return refuse(Why::invalid, "",
                  "a number pattern needs one counter of 1 to 9 digits, as in INC-{year}-{sequence:5}");
  return {};
}

}  // namespace yunzhi::record
