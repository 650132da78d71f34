// Recursive descent with operator precedence.
#include <cmath>
#include <optional>

#include "monitor/query/expression.hpp"
#include "monitor/query/expression_types.hpp"
#include "monitor/query/function.hpp"
#include "monitor/query/matching_reader.hpp"
#include "monitor/query/selector_reader.hpp"
#include "monitor/query/token_reader.hpp"

namespace yunzhi::monitor {
namespace {

constexpr int depth_limit = 100;
constexpr int operators_limit = 500;  // so that no tree is deeper than the stack

constexpr int unary_precedence = 6;  // -1^2 is -(1^2), -1*2 is (-1)*2

std::optional<Operator> operator_of(Token const& token) {
  if (token.kind != TokenKind::sign && token.kind != TokenKind::name) return std::nullopt;
  auto const word = lower(token.text);
  for (auto op = Operator::add; op <= Operator::unless;
       op = static_cast<Operator>(static_cast<int>(op) + 1)) {
    if (name_of(op) == word) return op;
  }
  return std::nullopt;
}

std::optional<Aggregator> aggregator_of(std::string_view word) {
  for (auto kind = Aggregator::sum; kind <= Aggregator::limit_ratio;
       kind = static_cast<Aggregator>(static_cast<int>(kind) + 1)) {
    if (name_of(kind) == word) return kind;
  }
  return std::nullopt;
}

bool takes_parameter(Aggregator kind) {
  return kind == Aggregator::topk || kind == Aggregator::bottomk || kind == Aggregator::quantile ||
         kind == Aggregator::count_values || kind == Aggregator::limitk || kind == Aggregator::limit_ratio;
}

class Parser : private TokenReader {
 public:
  using TokenReader::TokenReader;

  Result<Child> whole_query() {
    auto result = expression(0);
    if (!result) return result;
    if (look().kind != TokenKind::end) return unexpected("an operator or the end of the query");
    return result;
  }

  Result<std::vector<Matcher>> whole_selector() {
    auto result = primary();
    if (!result) return result.error();
    auto* selector = std::get_if<SelectorNode>(&(*result)->node);
    if (look().kind != TokenKind::end || selector == nullptr) return unexpected("a series selector alone");
    return std::move(selector->matchers);
  }

 private:
  struct Depth {
    int& value;
    explicit Depth(int& counter) : value(counter) { ++value; }
    ~Depth() { --value; }
    Depth(Depth const&) = delete;
    Depth& operator=(Depth const&) = delete;
  };

  Result<Child> expression(int least) {
    Depth const depth(depth_);
    if (depth_ > depth_limit)
      return refuse(Why::invalid, place(look()), "the query is nested deeper than {}", depth_limit);
    auto left = unary();
    while (left) {
      auto const op = operator_of(look());
      if (!op || precedence_of(*op) < least) break;
      if (++operators_ > operators_limit)
        return refuse(Why::invalid, place(look()), "the query has more than {} operators", operators_limit);
      left = binary(std::move(*left), *op);
    }
    return left;
  }

  Result<Child> unary() {
    auto const& first = look();
    bool const minus = is("-");
    if (!minus && !is("+")) return postfix();
    skip();
    auto inner = expression(unary_precedence);
    if (!inner) return inner;
    auto const type = (*inner)->type;
    if (type != ValueType::scalar && type != ValueType::vector) {
      return refuse(Why::invalid, place(first),
                    "a sign stands before scalars and instant vectors only, not a {}", name_of(type));
    }
    if (!minus) return inner;
    return make_expression(NegationNode{std::move(*inner)}, type, place(first));
  }

  Result<Child> binary(Child left, Operator op) {
    auto const where = place(look());
    skip();
    BinaryNode node;
    node.op = op;
    if (take_word("bool")) {
      node.as_bool = true;
      if (!is_comparison(node.op)) return refuse(Why::invalid, where, "bool belongs to comparisons only");
    }
    if (auto done = read_matching(*this, node); !done) return done.error();
    if (auto done = read_fill(*this, node); !done) return done.error();
    // ^ binds to the right, all others to the left.
    auto right = expression(precedence_of(op) + (op == Operator::power ? 0 : 1));
    if (!right) return right;
    node.left = std::move(left);
    node.right = std::move(*right);
    return typed(std::move(node), where);
  }

  Result<Child> postfix() {
    auto result = primary();
    while (result) {
      if (is("[")) {
        result = bracket(std::move(*result));
      } else if (is_word("offset") || is("@")) {
        result = shifted(std::move(*result));
      } else if (is_word("anchored") || is_word("smoothed")) {
        result = extended(std::move(*result));
      } else {
        break;
      }
    }
    return result;
  }

  Result<Child> bracket(Child inner) {
    auto const where = place(look());
    skip();
    auto range = duration();
    if (!range) return range.error();
    if (!take(":")) {
      if (auto done = need("]"); !done) return done.error();
      auto* selector = std::get_if<SelectorNode>(&inner->node);
      if (selector == nullptr || !selector->range.empty() || inner->parentheses > 0) {
        return refuse(
            Why::invalid, where,
            "a range follows a series selector; for an expression write a subquery such as [5m:1m]");
      }
      if (!selector->shift.offset.empty() || selector->shift.at != Shift::At::step) {
        return refuse(Why::invalid, where, "the range stands before offset and @");
      }
      selector->range = std::move(*range);
      inner->type = ValueType::matrix;
      return inner;
    }
    SubqueryNode node;
    node.range = std::move(*range);
    if (!is("]")) {
      auto step = duration();
      if (!step) return step.error();
      node.step = std::move(*step);
    }
    if (auto done = need("]"); !done) return done.error();
    if (inner->type != ValueType::vector && inner->type != ValueType::scalar) {
      return refuse(Why::invalid, where, "a subquery follows an instant vector, not a {}",
                    name_of(inner->type));
    }
    auto begin = inner->place;
    node.inner = std::move(inner);
    return make_expression(std::move(node), ValueType::matrix, std::move(begin));
  }

  Result<Child> extended(Child inner) {
    auto const where = place(look());
    auto* selector = std::get_if<SelectorNode>(&inner->node);
    if (selector == nullptr || inner->parentheses > 0)
      return refuse(Why::invalid, where, "{} follows a selector", look().text);
    if (selector->extension != Extension::none)
      return refuse(Why::invalid, where, "anchored and smoothed modifiers cannot be used together");
    if (is_word("anchored") && selector->range.empty())
      return refuse(Why::invalid, where, "anchored follows a range selector, not an instant selector");
    selector->extension = is_word("anchored") ? Extension::anchored : Extension::smoothed;
    skip();
    return inner;
  }

  Result<Child> shifted(Child inner) {
    auto const where = place(look());
    Shift* shift = nullptr;
    if (auto* selector = std::get_if<SelectorNode>(&inner->node)) shift = &selector->shift;
    if (auto* subquery = std::get_if<SubqueryNode>(&inner->node)) shift = &subquery->shift;
    if (shift == nullptr || inner->parentheses > 0)
      return refuse(Why::invalid, where, "offset and @ follow a selector or a subquery");
    if (take_word("offset")) {
      if (!shift->offset.empty()) return refuse(Why::invalid, where, "offset may stand only once");
      auto moved = offset();
      if (!moved) return moved.error();
      shift->offset = std::move(*moved);
      return inner;
    }
    skip();
    if (shift->at != Shift::At::step) return refuse(Why::invalid, where, "@ may stand only once");
    if (auto done = moment(*shift); !done) return done.error();
    return inner;
  }

  Result<> moment(Shift& shift) {
    for (auto const& [word, at] : {std::pair{"start", Shift::At::start}, {"end", Shift::At::end}}) {
      if (!take_word(word)) continue;
      shift.at = at;
      if (auto done = need("("); !done) return done.error();
      return need(")");
    }
    auto const where = place(look());
    double const sign = take("-") ? -1 : 1;
    if (sign > 0) take("+");
    bool const seconds = look().kind == TokenKind::number;
    if (!seconds && look().kind != TokenKind::duration)
      return unexpected("a time in seconds, start() or end()");
    double const ms = std::round(look().number * sign * (seconds ? 1000 : 1));
    skip();
    if (!(std::fabs(ms) <= static_cast<double>(range_limit_ms)))
      return refuse(Why::invalid, where, "the time is out of range");
    shift.at = Shift::At::fixed;
    shift.at_ms = static_cast<std::int64_t>(ms);
    return {};
  }

  Result<Child> primary() {
    auto const& token = look();
    if (token.kind == TokenKind::number || token.kind == TokenKind::duration) {
      skip();
      double const value = token.kind == TokenKind::number ? token.number : token.number / 1000;
      return make_expression(NumberNode{value}, ValueType::scalar, place(token));
    }
    if (token.kind == TokenKind::text) {
      skip();
      return make_expression(TextNode{token.value}, ValueType::text, place(token));
    }
    if (is("{")) return read_selector(*this, {}, place(token), wide_);
    if (take("(")) {
      auto inner = expression(0);
      if (!inner) return inner;
      if (auto done = need(")"); !done) return done.error();
      ++(*inner)->parentheses;
      return inner;
    }
    if (token.kind == TokenKind::name) return named();
    return unexpected("an expression");
  }

  Result<Child> named() {
    auto const token = look();
    auto const word = lower(token.text);
    bool const call = look(1).kind == TokenKind::sign && look(1).text == "(";
    bool const grouped =
        look(1).kind == TokenKind::name && (lower(look(1).text) == "by" || lower(look(1).text) == "without");
    auto const kind = aggregator_of(word);
    if (kind && (call || grouped)) return aggregate(*kind);
    if ((word == "inf" || word == "nan") && !call &&
        !(look(1).kind == TokenKind::sign && look(1).text == "{")) {
      skip();
      return make_expression(NumberNode{token.number}, ValueType::scalar, place(token));
    }
    if (operator_of(token) && call) return unexpected("an expression");
    skip();
    return call ? function_call(token) : read_selector(*this, std::string(token.text), place(token), wide_);
  }

  Result<Child> aggregate(Aggregator kind) {
    auto const token = look();
    skip();
    AggregateNode node;
    node.kind = kind;
    if (auto done = grouping(node); !done) return done.error();
    if (auto done = need("("); !done) return done.error();
    auto first = expression(0);
    if (!first) return first;
    if (takes_parameter(kind)) {
      node.parameter = std::move(*first);
      if (auto done = need(","); !done) return done.error();
      first = expression(0);
      if (!first) return first;
      auto const wanted = kind == Aggregator::count_values ? ValueType::text : ValueType::scalar;
      if (node.parameter->type != wanted) {
        return refuse(Why::invalid, node.parameter->place, "{} takes a {} first", token.text,
                      name_of(wanted));
      }
    }
    take(",");
    if (auto done = need(")"); !done) return done.error();
    node.inner = std::move(*first);
    if (node.inner->type != ValueType::vector) {
      return refuse(Why::invalid, node.inner->place, "{} works on an instant vector, not a {}", token.text,
                    name_of(node.inner->type));
    }
    if (auto done = grouping(node); !done) return done.error();
    return make_expression(std::move(node), ValueType::vector, place(token));
  }

  Result<> grouping(AggregateNode& node) {
    if (!is_word("by") && !is_word("without")) return {};
    node.without = is_word("without");
    skip();
    auto labels = label_list();
    if (!labels) return labels.error();
    node.labels = std::move(*labels);
    return {};
  }

  Result<Child> function_call(Token const& token) {
    auto const* function = find_function(token.text);
    if (function == nullptr)
      return refuse(Why::invalid, place(token), "there is no function \"{}\"", token.text);
    CallNode node;
    node.function = function;
    skip();
    while (!take(")")) {
      // What info selects is narrowed by the series it joins.
      wide_ = function->name == "info" && node.arguments.size() == 1;
      auto argument = expression(0);
      wide_ = false;
      if (!argument) return argument;
      node.arguments.push_back(std::move(*argument));
      if (!take(",") && !is(")")) return unexpected("\",\" or \")\"");
    }
    return typed(std::move(node), place(token));
  }

  int depth_ = 0;
  int operators_ = 0;
  bool wide_ = false;  ///< a selector may match everything
};

}  // namespace

Result<Child> parse_query(std::string_view query) {
  auto tokens = tokens_of(query);
  if (!tokens) return tokens.error();
  return Parser(query, std::move(*tokens)).whole_query();
}

Result<std::vector<Matcher>> parse_selector(std::string_view text) {
  auto tokens = tokens_of(text);
  if (!tokens) return tokens.error();
  return Parser(text, std::move(*tokens)).whole_selector();
}

}  // namespace yunzhi::monitor
