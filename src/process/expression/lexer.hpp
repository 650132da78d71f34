// Splits an expression into its words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace yunzhi::process {

struct Word {
  enum class Kind : std::uint8_t { number, text, name, symbol, end };
  Kind kind = Kind::end;
  std::string text;      ///< texts without quotes and escapes, names without backticks
  std::uint32_t at = 0;  ///< byte offset in the expression
  bool quoted = false;   ///< a name in backticks is never a keyword
};

/// Ends with a word of kind `end`. A name of several words is several words here; only who knows the names
/// can join them.
Result<std::vector<Word>> split(std::string_view expression);

/// A refusal at a byte of a one-line or longer expression, with line and column as its field.
template <class... A>
Refusal refuse_at(std::string_view expression, std::size_t at, std::string_view text, A const&... arguments) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i < at && i < expression.size(); ++i) {
    if (expression[i] == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(expression[i]) & 0xC0U) != 0x80U) {
      ++column;
    }
  }
  return refuse(Why::invalid, std::to_string(line) + ":" + std::to_string(column), text, arguments...);
}

}  // namespace yunzhi::process
