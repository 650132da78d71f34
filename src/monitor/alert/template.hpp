// Texts with {{ }} in labels and annotations: a subset of Go's templates that covers what rules use. Compiled
// when the rule file is loaded, so that a mistake is told then and not at night.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

/// What a template sees: $labels (.Labels) and $value (.Value).
struct TemplateScope {
  Labels const& labels;
  double value = 0;
};

class Template {
 public:
  /// Known functions: humanize, humanize1024, humanizePercentage, humanizeDuration, humanizeTimestamp,
  /// printf, toUpper, toLower, title, stripPort, and reReplaceAll. Others, and if and range, are refused by
  /// name.
  static Result<Template> make(std::string_view text);

  [[nodiscard]] std::string fill(TemplateScope const& scope) const;
  [[nodiscard]] std::string const& text() const { return text_; }

  using Datum = std::variant<double, std::string>;
  /// A term, or a call of a function on terms.
  struct Term {
    enum class Kind { constant, value, label, call } kind = Kind::constant;
    Datum constant;
    std::string name;  ///< of the label or function
    std::vector<Term> arguments;
  };

 private:
  std::string text_;
  std::vector<std::variant<std::string, Term>> parts_;
};

/// 1234567 is "1.235M".
std::string humanize(double value);
std::string humanize_duration(double seconds);

}  // namespace yunzhi::monitor
