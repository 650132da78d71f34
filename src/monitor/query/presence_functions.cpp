// absent and absent_over_time: one series with the labels that were asked for, where there is nothing.
#include <algorithm>

#include "monitor/query/special.hpp"

namespace yunzhi::monitor {
namespace {

// The labels an absent series would have: those its selector demands by equality, once each.
Labels demanded_labels(Expression const& expression) {
  auto const* selector = std::get_if<SelectorNode>(&expression.node);
  if (selector == nullptr) return {};
  Labels labels;
  for (auto const& matcher : selector->matchers) {
    auto const same = std::count_if(selector->matchers.begin(), selector->matchers.end(),
                                    [&](Matcher const& each) { return each.name() == matcher.name(); });
    if (matcher.kind() == Match::equal && same == 1) labels.set(matcher.name(), matcher.value());
  }
  labels.remove(name_label);
  return labels;
}

Result<Value> where_absent(Evaluator& evaluator, Expression const& expression,
                           std::vector<bool> const& present) {
  auto made = evaluator.row(demanded_labels(expression), false);
  if (!made) return made.error();
  for (std::size_t step = 0; step < present.size(); ++step) {
    if (!present[step]) made->values[step] = 1;
  }
  Value result;
  result.rows.push_back(std::move(*made));
  return result;
}

Result<Value> absent(Evaluator& evaluator, CallNode const& node) {
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  std::vector<bool> present(evaluator.grid().count());
  for (auto const& row : value->rows) {
    for (std::size_t step = 0; step < present.size(); ++step)
      present[step] = present[step] || !is_missing(row.values[step]);
  }
  return where_absent(evaluator, *node.arguments[0], present);
}

Result<Value> absent_over_time(Evaluator& evaluator, CallNode const& node) {
  auto const& matrix = *node.arguments[0];
  auto const reach = evaluator.reach_of(matrix);
  if (!reach) return reach.error();
  std::vector<bool> present(evaluator.grid().count());
  auto done = evaluator.each_series(matrix, [&](Labels const&, bool, Samples const& samples) -> Result<> {
    Slide const slide(samples, evaluator.grid(), *reach, {}, {});
    for (std::size_t step = 0; step < present.size(); ++step)
      present[step] = present[step] || !slide.is_empty(step);
    return {};
  });
  if (!done) return done.error();
  return where_absent(evaluator, matrix, present);
}

}  // namespace

std::vector<Function> presence_functions() {
  return {special("absent", {ValueType::vector}, absent),
          special("absent_over_time", {ValueType::matrix}, absent_over_time)};
}

}  // namespace yunzhi::monitor
