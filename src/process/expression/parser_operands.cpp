// What stands between operators: literals, brackets, lists, ranges, and the paths and filters behind them.
#include "process/expression/grammar.hpp"
#include "process/expression/temporal_literal.hpp"

namespace yunzhi::process {

Grammar::Parsed Grammar::postfix() {
  auto operand = primary();
  while (operand) {
    if (take(".")) {
      operand = member(*operand);
    } else if (symbol("[") && !closes_range()) {
      ++at_;
      operand = filter(*operand);
    } else if (symbol("(")) {
      operand = call(*operand);
    } else {
      break;
    }
  }
  return operand;
}

// In `]1..5[ and` the bracket ends the range, in `1..list[2]` it opens a filter: what follows tells.
bool Grammar::closes_range() const {
  if (!range_end_) return false;
  constexpr std::string_view after[] = {")", ",", "]", "}", "=", "!=", "<", ">", "<=", ">=", ".", "["};
  return word(1).kind == Word::Kind::end || reserved(1) ||
         std::any_of(std::begin(after), std::end(after), [&](auto one) { return symbol(one, 1); });
}

Grammar::Parsed Grammar::member(Index operand) {
  if (word().kind != Word::Kind::name) return wrong("a name is expected after the point, not '{}'", shown());
  auto const number = name_number(taken_property());
  auto& code = program_.codes[operand];
  // A path below a variable is walked in one step, without making values of what lies on the way.
  if (code.operation == Operation::global) {
    code = {Operation::path, code.first, operands({number}), 1};
    return operand;
  }
  if (code.operation == Operation::path && code.second + code.third == program_.operands.size()) {
    operands({number});
    ++code.third;
    return operand;
  }
  return emit(Operation::member, operand, number);
}

Grammar::Parsed Grammar::filter(Index operand) {
  auto const slot = declare("item");
  visible_.push_back({"", slot});
  auto asked = expression();
  if (!asked) return asked;
  visible_.resize(visible_.size() - 2);
  if (auto const closed = expect("]"); !closed) return closed.error();
  return emit(Operation::filter, operand, *asked, slot);
}

Grammar::Parsed Grammar::primary() {
  auto const& first = word();
  if (first.kind == Word::Kind::number) {
    auto const number = Decimal::parse(first.text);
    if (!number) return wrong("'{}' is beyond the range of numbers", first.text.substr(0, 40));
    ++at_;
    return literal(*number);
  }
  if (first.kind == Word::Kind::text) {
    ++at_;
    return literal(make_text(words_[at_ - 1].text));
  }
  if (first.kind == Word::Kind::name) return name();
  if (symbol("@")) return at_literal();
  if (symbol("{")) return context();
  return bracket();
}

Grammar::Parsed Grammar::at_literal() {
  ++at_;
  if (word().kind != Word::Kind::text) return wrong("a text is expected after '@', not '{}'", shown());
  ++at_;
  return literal(temporal_literal(words_[at_ - 1].text));
}

Grammar::Parsed Grammar::bracket() {
  if (take("(")) return round_bracket();
  if (take("[")) return list_or_range();
  if (symbol("]")) {
    ++at_;
    auto low = sum();
    if (!low) return low;
    if (!symbol("..")) return wrong("'{}' is expected here, not '{}'", "..", shown());
    return range_from(*low, true);
  }
  for (std::string_view const sign : {"<", "<=", ">", ">="})
    if (symbol(sign)) return half_range();
  return wrong("a value is expected here, not '{}'", shown());
}

Grammar::Parsed Grammar::round_bracket() {
  for (std::string_view const sign : {"<", "<=", ">", ">=", "=", "!="}) {
    if (!symbol(sign)) continue;
    auto range = half_range();
    if (!range) return range;
    if (auto const closed = expect(")"); !closed) return closed.error();
    return range;
  }
  auto inner = expression();
  if (!inner) return inner;
  if (symbol("..")) return range_from(*inner, true);
  if (auto const closed = expect(")"); !closed) return closed.error();
  return inner;
}

// `> 5` is a range without a high end, `= 5` one of a single value.
Grammar::Parsed Grammar::half_range() {
  auto const sign = word().text;
  if (sign == "!=") return wrong("'{}' makes no range; it may stand in a test after 'in'", sign);
  ++at_;
  auto bound = sum();
  if (!bound) return bound;
  if (sign == "=") return emit(Operation::range, *bound, *bound, 0);
  auto const none = literal({});
  if (sign.front() == '<') {
    auto const open = sign == "<" ? Bounds::high_open : 0;
    return emit(Operation::range, none, *bound, Bounds::no_low | Bounds::low_open | open);
  }
  auto const open = sign == ">" ? Bounds::low_open : 0;
  return emit(Operation::range, *bound, none, Bounds::no_high | Bounds::high_open | open);
}

Grammar::Parsed Grammar::list_or_range() {
  std::vector<Index> items;
  if (take("]")) return emit(Operation::list, 0, operands(items), 0);
  auto first = expression();
  if (!first) return first;
  if (symbol("..")) return range_from(*first, false);
  items.push_back(*first);
  return list_rest(std::move(items));
}

Grammar::Parsed Grammar::list_rest(std::vector<Index> items) {
  while (take(",")) {
    auto item = expression();
    if (!item) return item;
    items.push_back(*item);
  }
  if (auto const closed = expect("]"); !closed) return closed.error();
  return emit(Operation::list, 0, operands(items), static_cast<Index>(items.size()));
}

Grammar::Parsed Grammar::range_from(Index low, bool low_open) {
  ++at_;
  bool const outer = std::exchange(range_end_, true);
  auto high = sum();
  range_end_ = outer;
  if (!high) return high;
  bool const high_open = symbol(")") || symbol("[");
  if (!high_open && !symbol("]")) return wrong("'{}' is expected here, not '{}'", "]", shown());
  ++at_;
  return emit(Operation::range, low, *high,
              (low_open ? Bounds::low_open : 0) | (high_open ? Bounds::high_open : 0));
}

}  // namespace yunzhi::process
