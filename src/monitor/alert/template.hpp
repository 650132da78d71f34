// Texts with {{ }} in labels and annotations: the part of Go's templates that rules use, with Prometheus'
// functions. Compiled when the rule file is loaded, so that a mistake is told then and not at night.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "monitor/query/query.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

/// What a template sees: $labels, $value, $externalLabels, $externalURL, and what `query` answers.
struct TemplateScope {
  using Query = std::function<Result<QueryResult>(std::string_view)>;

  Labels const& labels;
  double value = 0;
  Labels external_labels{};
  std::string external_url{};
  Query query{};  ///< without it every query is empty
};

struct TemplateNode;

class Template {
 public:
  /// Refused when it cannot be parsed, or names a variable or function that there is not.
  static Result<Template> make(std::string_view text);

  /// A mistake that shows only now, such as a query that fails, becomes part of the text, as in Prometheus.
  [[nodiscard]] std::string fill(TemplateScope const& scope) const;
  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  std::string text_;
  std::shared_ptr<std::vector<TemplateNode> const> nodes_;
};

/// 1234567 is "1.235M".
std::string humanize(double value);
std::string humanize_duration(double seconds);
/// In the largest unit of which there are two, rounded down: "3 天" of 3.4 days, "36 hours" of a day and a
/// half. The language is zh-CN, zh-TW or, for any other, English.
std::string rough_duration(std::string_view language, double seconds);

}  // namespace yunzhi::monitor
