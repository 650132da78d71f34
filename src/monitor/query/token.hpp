// The words of PromQL with their places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace yunzhi::monitor {

enum class TokenKind { name, number, duration, text, sign, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  ///< as written
  std::string value;      ///< of a text: without quotes and escapes
  double number = 0;      ///< of a number; of a duration: milliseconds
  std::size_t offset = 0;
};

/// "line:column" of an offset, counted from 1.
std::string place_of(std::string_view text, std::size_t offset);

/// Splits a query; the last token is `end`. Refused at the place of the first character that begins nothing.
Result<std::vector<Token>> tokens_of(std::string_view query);

/// Reads a Prometheus duration (1h30m, 500ms) as milliseconds; units go from large to small. Nothing
/// at all (0, 0s) is a duration too.
Result<std::int64_t> parse_promql_duration(std::string_view text);

/// ASCII lower case, for keywords.
std::string lower(std::string_view text);

}  // namespace yunzhi::monitor
