// A whole number written as a text.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace yunzhi {

/// Decimal digits with an optional '-'; nothing for any other text, or one that 64 bits do not hold.
inline std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  auto const* end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

}  // namespace yunzhi
