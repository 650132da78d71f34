// A parsed query as a tree. Every node knows its type and its place in the text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "monitor/series/matcher.hpp"

namespace yunzhi::monitor {

enum class ValueType { scalar, vector, matrix, text };

struct Expression;
using Child = std::unique_ptr<Expression>;
struct Function;

/// `offset` and `@`: where in time a selector looks.
struct Shift {
  std::int64_t offset_ms = 0;
  enum class At { step, fixed, start, end } at = At::step;
  std::int64_t at_ms = 0;
};

struct NumberNode {
  double value = 0;
};
struct TextNode {
  std::string value;
};
struct SelectorNode {
  std::vector<Matcher> matchers;
  Shift shift;
  std::int64_t range_ms = 0;  ///< 0: an instant selector
};
struct SubqueryNode {
  Child inner;
  std::int64_t range_ms = 0;
  std::int64_t step_ms = 0;  ///< 0: the default
  Shift shift;
};
struct NegationNode {
  Child inner;
};
struct CallNode {
  Function const* function = nullptr;
  std::vector<Child> arguments;
};

enum class Aggregator {
  sum,
  avg,
  min,
  max,
  count,
  stddev,
  stdvar,
  topk,
  bottomk,
  quantile,
  count_values,
  group
};
struct AggregateNode {
  Aggregator kind = Aggregator::sum;
  Child inner;
  Child parameter;
  bool without = false;
  std::vector<std::string> labels;
};

enum class Operator {
  add,
  subtract,
  multiply,
  divide,
  modulo,
  power,
  atan2,
  equal,
  not_equal,
  less,
  greater,
  less_equal,
  greater_equal,
  both,
  either,
  unless
};
struct BinaryNode {
  Operator op = Operator::add;
  Child left;
  Child right;
  bool as_bool = false;
  bool on = false;  ///< labels are those to match; otherwise those to ignore
  std::vector<std::string> labels;
  enum class Group { none, left, right } group = Group::none;
  std::vector<std::string> include;  ///< labels copied from the one side
};

struct Expression {
  std::variant<NumberNode, TextNode, SelectorNode, SubqueryNode, NegationNode, CallNode, AggregateNode,
               BinaryNode>
      node;
  ValueType type = ValueType::scalar;
  std::string place;  ///< "line:column" in the query
};

inline bool is_comparison(Operator op) {
  return op >= Operator::equal && op <= Operator::greater_equal;
}
inline bool is_set(Operator op) {
  return op >= Operator::both;
}

/// Reads a query, checks types and limits of depth. Refusals name line and column.
Result<Child> parse_query(std::string_view query);

/// Reads a series as tests and rule files write it: name{label="value"}.
Result<Labels> parse_series(std::string_view text);
/// Reads one instant selector, as the API's match[] takes it.
Result<std::vector<Matcher>> parse_selector(std::string_view text);

/// Names of the metrics a query reads; empty text when a selector names none by equality.
std::vector<std::string> metric_names(Expression const& expression);

/// "vector", "scalar", "matrix", "string", as Prometheus calls them.
std::string_view name_of(ValueType type);

}  // namespace yunzhi::monitor
