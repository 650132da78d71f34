#include "record/numbering.hpp"

#include <charconv>

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

void keep_number(store::Edit& edit, std::string_view kind, std::string_view pattern,
                 std::string_view number) {
  std::string period;
  auto const eat_digits = [&](std::size_t least, std::size_t most) {
    std::size_t length = 0;
    while (length < number.size() && length < most && number[length] >= '0' && number[length] <= '9')
      ++length;
    auto const digits = length < least ? std::string_view() : number.substr(0, length);
    number.remove_prefix(digits.size());
    return digits;
  };
  std::int64_t sequence = 0;
  while (!pattern.empty()) {
    if (pattern.starts_with("{year}")) {
      period = eat_digits(4, 4);
      if (period.empty()) return;
      pattern.remove_prefix(6);
    } else if (pattern.starts_with("{sequence:")) {
      auto const digits = eat_digits(static_cast<std::size_t>(pattern.at(10) - '0'), 18);
      if (digits.empty()) return;
      std::from_chars(digits.data(), digits.data() + digits.size(), sequence);
      pattern.remove_prefix(12);
    } else {
      if (!number.starts_with(pattern.front())) return;
      number.remove_prefix(1);
      pattern.remove_prefix(1);
    }
  }
  if (!number.empty()) return;
  edit.run(
      "insert into record_number (kind, period, last) values (:kind, :period, :last) on conflict (kind, "
      "period) do update set last = case when record_number.last < excluded.last then excluded.last else "
      "record_number.last end",
      kind, period, sequence);
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
