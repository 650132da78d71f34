// sort and its kin. Order has a meaning for instant queries only: the first step decides, NaN comes last.
#include <algorithm>

#include "monitor/query/special.hpp"

namespace yunzhi::monitor {
namespace {

template <class Before>
Result<Value> sorted(Evaluator& evaluator, CallNode const& node, Before before) {
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  std::stable_sort(value->rows.begin(), value->rows.end(), [&](Row const& a, Row const& b) {
    double const x = a.values[0];
    double const y = b.values[0];
    return std::isnan(x) || std::isnan(y) ? !std::isnan(x) && std::isnan(y) : before(x, y);
  });
  return value;
}

Result<Value> sort(Evaluator& evaluator, CallNode const& node) {
  return sorted(evaluator, node, [](double a, double b) { return a < b; });
}

Result<Value> sort_desc(Evaluator& evaluator, CallNode const& node) {
  return sorted(evaluator, node, [](double a, double b) { return a > b; });
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// As people order names: runs of digits by their value, 4m5 before 4m1000. Less than 0, 0, more than 0.
int natural_order(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    bool const numbers = is_digit(a[0]) && is_digit(b[0]);
    auto const length = [numbers](std::string_view text) {
      if (!numbers) return std::size_t{1};
      return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
    };
    auto x = a.substr(0, length(a));
    auto y = b.substr(0, length(b));
    a.remove_prefix(x.size());
    b.remove_prefix(y.size());
    if (numbers) {
      x.remove_prefix(std::min(x.find_first_not_of('0'), x.size()));
      y.remove_prefix(std::min(y.find_first_not_of('0'), y.size()));
      if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
    }
    if (auto const order = x.compare(y); order != 0) return order;
  }
  return static_cast<int>(!a.empty()) - static_cast<int>(!b.empty());
}

// Ties are told apart by all labels, so that the order is always the same.
Result<Value> sorted_by_label(Evaluator& evaluator, CallNode const& node, int direction) {
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  std::stable_sort(value->rows.begin(), value->rows.end(), [&](Row const& a, Row const& b) {
    for (std::size_t i = 1; i < node.arguments.size(); ++i) {
      auto const& label = text_argument(node, i);
      auto const order = natural_order(a.labels.get(label), b.labels.get(label));
      if (order != 0) return order * direction < 0;
    }
    return direction > 0 ? a.labels < b.labels : b.labels < a.labels;
  });
  return value;
}

Result<Value> sort_by_label(Evaluator& evaluator, CallNode const& node) {
  return sorted_by_label(evaluator, node, 1);
}

Result<Value> sort_by_label_desc(Evaluator& evaluator, CallNode const& node) {
  return sorted_by_label(evaluator, node, -1);
}

}  // namespace

std::vector<Function> order_functions() {
  constexpr auto series = ValueType::vector;
  constexpr auto text = ValueType::text;
  return {special("sort", {series}, sort), special("sort_desc", {series}, sort_desc),
          variadic(special("sort_by_label", {series, text}, sort_by_label), 1),
          variadic(special("sort_by_label_desc", {series, text}, sort_by_label_desc), 1)};
}

}  // namespace yunzhi::monitor
