// Steps through the words of a query; what every part of the parser reads with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "monitor/query/expression.hpp"
#include "monitor/query/token.hpp"

namespace yunzhi::monitor {

class TokenReader {
 public:
  TokenReader(std::string_view text, std::vector<Token> tokens) : text_(text), tokens_(std::move(tokens)) {}

  [[nodiscard]] Token const& look(std::size_t ahead = 0) const;
  void skip() { ++at_; }
  [[nodiscard]] bool is(std::string_view sign) const;
  /// Words are keywords in any case.
  [[nodiscard]] bool is_word(std::string_view word) const;
  /// Steps over it when it is there.
  bool take(std::string_view sign);
  bool take_word(std::string_view word);
  Result<> need(std::string_view sign);

  [[nodiscard]] std::string place(Token const& token) const { return place_of(text_, token.offset); }
  [[nodiscard]] Refusal unexpected(std::string_view wanted) const;

  /// (a, b, "c")
  Result<std::vector<std::string>> label_list();
  /// A range or a step: arithmetic over durations, numbers (seconds), step() and range(). Refused when it is
  /// a constant that is not greater than 0.
  Result<Duration> duration();
  /// After `offset`: one signed term; arithmetic stands between parentheses.
  Result<Duration> offset();

 private:
  Result<Duration::Term> sum(int depth);
  Result<Duration::Term> product(int depth);
  Result<Duration::Term> power(int depth);
  Result<Duration::Term> signed_term(int depth);
  Result<Duration::Term> term(int depth);
  Result<Duration::Term> named_term(int depth);

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

/// Ranges and moments lie within a hundred years.
inline constexpr std::int64_t range_limit_ms = 100LL * 365 * 86'400'000;

}  // namespace yunzhi::monitor
