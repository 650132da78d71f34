// A condition on one label: =, !=, =~, !~. Regular expressions are RE2's, anchored at both ends, so no
// pattern a user writes can take more than linear time.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "monitor/series/labels.hpp"

namespace re2 {
class RE2;
}

namespace yunzhi::monitor {

enum class Match { equal, not_equal, regex, not_regex };

class Matcher {
 public:
  /// Refused when a regular expression is malformed or longer than the limit; the refusal has no field.
  static Result<Matcher> make(Match kind, std::string name, std::string value);

  [[nodiscard]] Match kind() const { return kind_; }
  [[nodiscard]] std::string const& name() const { return name_; }
  [[nodiscard]] std::string const& value() const { return value_; }
  /// Whether the label's value (empty: absent) meets the condition.
  [[nodiscard]] bool accepts(std::string_view value) const;
  [[nodiscard]] std::string text() const;

 private:
  Match kind_ = Match::equal;
  std::string name_;
  std::string value_;
  std::shared_ptr<re2::RE2 const> pattern_;
};

/// A pattern that must match the whole text, or a refusal that tells what is wrong with it.
Result<std::shared_ptr<re2::RE2 const>> whole_text_pattern(std::string const& pattern);

bool all_accept(std::span<Matcher const> matchers, Labels const& labels);

}  // namespace yunzhi::monitor
