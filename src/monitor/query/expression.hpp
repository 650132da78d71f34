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

/// A length of time as written: a constant, or arithmetic that step() and range() make depend on the grid.
struct Duration {
  /// In seconds, for a query's step and range in milliseconds; refused when it divides by nothing.
  struct Term {
    enum class Kind {
      constant,
      step,
      range,
      add,
      subtract,
      multiply,
      divide,
      modulo,
      power,
      least,
      greatest
    };
    Kind kind = Kind::constant;
    double seconds = 0;
    std::vector<Term> operands;
    std::string place;
    bool parenthesised = false;
  };
  std::int64_t ms = 0;
  std::shared_ptr<Term const> term;  ///< nothing: `ms` is all there is

  [[nodiscard]] bool empty() const { return ms == 0 && !term; }
  /// Milliseconds for a query whose step and whole range are given.
  [[nodiscard]] Result<std::int64_t> resolve(std::int64_t step_ms, std::int64_t range_ms) const;
};

/// `offset` and `@`: where in time a selector looks.
struct Shift {
  Duration offset;
  enum class At { step, fixed, start, end } at = At::step;
  std::int64_t at_ms = 0;
};

struct NumberNode {
  double value = 0;
};
struct TextNode {
  std::string value;
};
/// What lies outside a window may tell its edges: the sample before it, or a line to the next sample.
enum class Extension { none, anchored, smoothed };

struct SelectorNode {
  std::vector<Matcher> matchers;
  Shift shift;
  Duration range;  ///< empty: an instant selector
  Extension extension = Extension::none;
};
struct SubqueryNode {
  Child inner;
  Duration range;
  Duration step;  ///< empty: the default
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
  group,
  limitk,
  limit_ratio
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
  std::optional<double> fill_left;   ///< stands for a series the left side does not have
  std::optional<double> fill_right;
};

struct Expression {
  std::variant<NumberNode, TextNode, SelectorNode, SubqueryNode, NegationNode, CallNode, AggregateNode,
               BinaryNode>
      node;
  ValueType type = ValueType::scalar;
  std::string place;    ///< "line:column" in the query
  int parentheses = 0;  ///< how many pairs stood around it
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

/// As the query writes them: "+", "and"; "sum", "topk".
std::string_view name_of(Operator op);
std::string_view name_of(Aggregator kind);
/// Of a binary operator; the higher binds first. Signs bind as power does.
int precedence_of(Operator op);

/// "vector", "scalar", "matrix", "string", as Prometheus calls them.
std::string_view name_of(ValueType type);

}  // namespace yunzhi::monitor
