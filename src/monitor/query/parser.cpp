// Recursive descent with operator precedence; types are checked as nodes are made.
#include <algorithm>
#include <cmath>
#include <optional>

#include "monitor/query/expression.hpp"
#include "monitor/query/function.hpp"
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
  template <class Node>
  Child make(Node node, ValueType type, std::string where) {
    auto result = std::make_unique<Expression>();
    result->node = std::move(node);
    result->type = type;
    result->place = std::move(where);
    return result;
  }

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
    return make(NegationNode{std::move(*inner)}, type, place(first));
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
    if (auto done = matching(node); !done) return done.error();
    if (auto done = fill(node); !done) return done.error();
    // ^ binds to the right, all others to the left.
    auto right = expression(precedence_of(op) + (op == Operator::power ? 0 : 1));
    if (!right) return right;
    node.left = std::move(left);
    node.right = std::move(*right);
    return checked(std::move(node), where);
  }

  Result<> matching(BinaryNode& node) {
    if (!is_word("on") && !is_word("ignoring")) return {};
    node.on = is_word("on");
    skip();
    auto labels = label_list();
    if (!labels) return labels.error();
    node.labels = std::move(*labels);
    if (!is_word("group_left") && !is_word("group_right")) return {};
    if (is_set(node.op))
      return refuse(Why::invalid, place(look()), "and, or and unless take no group_left or group_right");
    node.group = is_word("group_left") ? BinaryNode::Group::left : BinaryNode::Group::right;
    skip();
    if (!is("(") || !is_label_list()) return {};
    auto include = label_list();
    if (!include) return include.error();
    node.include = std::move(*include);
    for (auto const& label : node.include) {
      if (node.on && std::find(node.labels.begin(), node.labels.end(), label) != node.labels.end()) {
        return refuse(Why::invalid, place(look()), "the label \"{}\" may not be both in on and in the group",
                      label);
      }
    }
    return {};
  }

  // fill(0), fill_left(0) fill_right(1); a metric may have such a name, then no parenthesis follows.
  Result<> fill(BinaryNode& node) {
    while (look(1).kind == TokenKind::sign && look(1).text == "(") {
      bool const both = is_word("fill");
      bool const left = both || is_word("fill_left");
      bool const right = both || is_word("fill_right");
      if (!left && !right) return {};
      auto const where = place(look());
      if (is_set(node.op))
        return refuse(Why::invalid, where, "filling in missing series not allowed for set operators");
      skip();
      skip();
      double const sign = take("-") ? -1 : 1;
      if (sign > 0) take("+");
      bool const word = is_word("inf") || is_word("nan");
      if (!word && look().kind != TokenKind::number && look().kind != TokenKind::duration)
        return unexpected("a number");
      double const value = sign * (look().kind == TokenKind::duration ? look().number / 1000 : look().number);
      skip();
      if (auto done = need(")"); !done) return done;
      if (left) node.fill_left = value;
      if (right) node.fill_right = value;
    }
    return {};
  }

  // group_left (a, b) x is a list of labels, group_left (x + y) an expression between parentheses.
  [[nodiscard]] bool is_label_list() const {
    std::size_t at = 1;
    while (look(at).kind == TokenKind::name || look(at).kind == TokenKind::text) {
      ++at;
      if (look(at).text == ",") ++at;
    }
    return look(at).kind == TokenKind::sign && look(at).text == ")";
  }

  Result<Child> checked(BinaryNode node, std::string const& where) {
    auto const left = node.left->type;
    auto const right = node.right->type;
    for (auto const type : {left, right}) {
      if (type != ValueType::scalar && type != ValueType::vector) {
        return refuse(Why::invalid, where,
                      "an operator stands between scalars and instant vectors only, not a {}", name_of(type));
      }
    }
    bool const scalars = left == ValueType::scalar && right == ValueType::scalar;
    bool const vectors = left == ValueType::vector && right == ValueType::vector;
    if (scalars && is_comparison(node.op) && !node.as_bool) {
      return refuse(Why::invalid, where, "a comparison between scalars needs bool");
    }
    if (is_set(node.op) && !vectors)
      return refuse(Why::invalid, where, "and, or and unless stand between instant vectors only");
    if (!vectors && (node.fill_left || node.fill_right))
      return refuse(Why::invalid, where, "filling in missing series only allowed between instant vectors");
    if (!vectors && (!node.labels.empty() || node.on)) {
      return refuse(Why::invalid, where, "on and ignoring stand between instant vectors only");
    }
    return make(std::move(node), scalars ? ValueType::scalar : ValueType::vector, where);
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
    return make(std::move(node), ValueType::matrix, std::move(begin));
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
      return make(NumberNode{value}, ValueType::scalar, place(token));
    }
    if (token.kind == TokenKind::text) {
      skip();
      return make(TextNode{token.value}, ValueType::text, place(token));
    }
    if (is("{")) return selector({}, place(token));
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
      return make(NumberNode{token.number}, ValueType::scalar, place(token));
    }
    if (operator_of(token) && call) return unexpected("an expression");
    skip();
    return call ? function_call(token) : selector(std::string(token.text), place(token));
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
    return make(std::move(node), ValueType::vector, place(token));
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
    return checked(std::move(node), *function, place(token));
  }

  Result<Child> checked(CallNode node, Function const& of, std::string where) {
    auto const* function = &of;
    auto const count = node.arguments.size();
    if (count < function->required || (!function->variadic && count > function->arguments.size())) {
      return refuse(Why::invalid, where, "{} takes {} arguments, not {}", function->name,
                    function->variadic ? function->required : function->arguments.size(), count);
    }
    for (std::size_t i = 0; i < count; ++i) {
      auto const wanted = function->arguments[std::min(i, function->arguments.size() - 1)];
      if (node.arguments[i]->type != wanted) {
        return refuse(Why::invalid, node.arguments[i]->place, "{} takes a {} here, not a {}", function->name,
                      name_of(wanted), name_of(node.arguments[i]->type));
      }
    }
    for (auto const& argument : node.arguments) {
      auto const* selector = std::get_if<SelectorNode>(&argument->node);
      if (selector == nullptr || argument->type != ValueType::matrix) continue;
      if (selector->extension == Extension::anchored && !function->anchors) {
        return refuse(
            Why::invalid, where,
            "anchored modifier can only be used with: changes, delta, increase, rate, resets - not with {}",
            function->name);
      }
      if (selector->extension == Extension::smoothed && !function->smooths) {
        return refuse(Why::invalid, where,
                      "smoothed modifier can only be used with: delta, increase, rate - not with {}",
                      function->name);
      }
    }
    return make(std::move(node), function->returns, std::move(where));
  }

  Result<Child> selector(std::string const& metric, std::string where) {
    SelectorNode node;
    if (!metric.empty())
      node.matchers.push_back(*Matcher::make(Match::equal, std::string(name_label), metric));
    if (take("{")) {
      bool named = !metric.empty();
      while (!take("}")) {
        if (auto done = matcher(node, named); !done) return done.error();
        if (!take(",") && !is("}")) return unexpected("\",\" or \"}\"");
      }
    }
    bool const narrow = std::any_of(node.matchers.begin(), node.matchers.end(),
                                    [](Matcher const& each) { return !each.accepts({}); });
    if (!narrow && !wide_)
      return refuse(Why::invalid, where, "a selector needs at least one matcher that refuses the empty text");
    return make(std::move(node), ValueType::vector, std::move(where));
  }

  // `named`: the metric's name stood before the brace, or within it alone between quotes.
  Result<> matcher(SelectorNode& node, bool& named) {
    auto const where = place(look());
    if (look().kind != TokenKind::name && look().kind != TokenKind::text) return unexpected("a label name");
    bool const quoted_name = look().kind == TokenKind::text;
    std::string name = quoted_name ? look().value : std::string(look().text);
    skip();
    if (quoted_name && (is(",") || is("}"))) {
      bool const known = std::any_of(node.matchers.begin(), node.matchers.end(), [](Matcher const& each) {
        return each.name() == name_label && each.kind() == Match::equal;
      });
      if (known) return refuse(Why::invalid, where, "the metric's name is given twice");
      named = true;
      node.matchers.push_back(*Matcher::make(Match::equal, std::string(name_label), std::move(name)));
      return {};
    }
    constexpr std::pair<std::string_view, Match> signs[] = {
        {"=", Match::equal}, {"!=", Match::not_equal}, {"=~", Match::regex}, {"!~", Match::not_regex}};
    for (auto const& [sign, kind] : signs) {
      if (!take(sign)) continue;
      if (look().kind != TokenKind::text) return unexpected("a text between quotes");
      if (named && name == name_label && kind == Match::equal) {
        return refuse(Why::invalid, where, "the metric's name is given twice");
      }
      auto made = Matcher::make(kind, std::move(name), look().value);
      if (!made)
        return Refusal{Why::invalid,
                       {Fault{place(look()), made.error().faults[0].text, made.error().faults[0].arguments}}};
      skip();
      node.matchers.push_back(std::move(*made));
      return {};
    }
    return unexpected("one of = != =~ !~");
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
