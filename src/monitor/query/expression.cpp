#include "monitor/query/expression.hpp"

#include "monitor/query/selectors.hpp"

namespace yunzhi::monitor {
namespace {

void collect(Expression const& expression, std::vector<SelectorNode const*>& selectors) {
  auto walk = [&selectors](Child const& child) {
    if (child) collect(*child, selectors);
  };
  if (auto const* selector = std::get_if<SelectorNode>(&expression.node)) {
    selectors.push_back(selector);
  } else if (auto const* subquery = std::get_if<SubqueryNode>(&expression.node)) {
    walk(subquery->inner);
  } else if (auto const* negation = std::get_if<NegationNode>(&expression.node)) {
    walk(negation->inner);
  } else if (auto const* call = std::get_if<CallNode>(&expression.node)) {
    for (auto const& argument : call->arguments) walk(argument);
  } else if (auto const* aggregate = std::get_if<AggregateNode>(&expression.node)) {
    walk(aggregate->inner);
    walk(aggregate->parameter);
  } else if (auto const* binary = std::get_if<BinaryNode>(&expression.node)) {
    walk(binary->left);
    walk(binary->right);
  }
}

}  // namespace

Result<Labels> parse_series(std::string_view text) {
  auto matchers = parse_selector(text);
  if (!matchers) return matchers.error();
  std::vector<Label> pairs;
  for (auto const& matcher : *matchers) {
    if (matcher.kind() != Match::equal) return refuse(Why::invalid, "1:1", "a series is written with = only");
    pairs.emplace_back(matcher.name(), matcher.value());
  }
  return Labels(std::move(pairs));
}

std::vector<std::string> metric_names(Expression const& expression) {
  std::vector<std::string> names;
  for (auto const* selector : selectors_of(expression)) {
    auto& name = names.emplace_back();
    for (auto const& matcher : selector->matchers) {
      if (matcher.name() == name_label && matcher.kind() == Match::equal) name = matcher.value();
    }
  }
  return names;
}

std::vector<SelectorNode const*> selectors_of(Expression const& expression) {
  std::vector<SelectorNode const*> selectors;
  collect(expression, selectors);
  return selectors;
}

std::string_view name_of(Operator op) {
  constexpr std::string_view names[] = {
      "+", "-", "*", "/", "%", "^", "atan2", "==", "!=", "<", ">", "<=", ">=", "and", "or", "unless"};
  return names[static_cast<std::size_t>(op)];
}

std::string_view name_of(Aggregator kind) {
  constexpr std::string_view names[] = {"sum",          "avg",    "min",    "max",        "count",
                                        "stddev",       "stdvar", "topk",   "bottomk",    "quantile",
                                        "count_values", "group",  "limitk", "limit_ratio"};
  return names[static_cast<std::size_t>(kind)];
}

int precedence_of(Operator op) {
  switch (op) {
    case Operator::either:
      return 1;
    case Operator::both:
    case Operator::unless:
      return 2;
    case Operator::add:
    case Operator::subtract:
      return 4;
    case Operator::multiply:
    case Operator::divide:
    case Operator::modulo:
    case Operator::atan2:
      return 5;
    case Operator::power:
      return 6;
    default:
      return 3;
  }
}

std::string_view name_of(ValueType type) {
  constexpr std::string_view names[] = {"scalar", "vector", "matrix", "string"};
  return names[static_cast<std::size_t>(type)];
}

}  // namespace yunzhi::monitor
