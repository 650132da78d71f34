// Comparisons, tests and three-valued logic.
#include <algorithm>

#include "process/expression/compare.hpp"
#include "process/expression/evaluator.hpp"

namespace yunzhi::process {
namespace {

Value truth(std::optional<bool> known) {
  return known;
}

Value ordered(Operation operation, std::optional<int> order) {
  if (!order) return {};
  switch (operation) {
    case Operation::less:
    case Operation::test_less:
      return *order < 0;
    case Operation::less_equal:
    case Operation::test_less_equal:
      return *order <= 0;
    case Operation::greater:
    case Operation::test_greater:
      return *order > 0;
    case Operation::equal:
      return *order == 0;
    case Operation::unequal:
      return *order != 0;
    default:
      return *order >= 0;
  }
}

template <class T>
int order(T const& left, T const& right) {
  return left < right ? -1 : (right < left ? 1 : 0);
}

}  // namespace

// The commonest condition, a variable beside a constant, without making a value of the variable.
std::optional<int> Evaluator::order_of_variable(Code const& code) const {
  auto const* found = foreign(program_.codes[code.first]);
  if (found == nullptr) return std::nullopt;
  auto const& right = program_.literals[program_.codes[code.second].first];
  if (auto const* number = right.get<Decimal>()) {
    auto const* whole = found->if_int64();
    return whole == nullptr ? std::nullopt : std::optional(order(Decimal(*whole), *number));
  }
  auto const* text = right.get<std::string>();
  auto const* own = found->if_string();
  if (text == nullptr || own == nullptr) return std::nullopt;
  return order<std::string_view>(*own, *text);
}

Value Evaluator::compared(Code const& code) {
  if (code.third != 0 && inputs_.object != nullptr)
    if (auto const order = order_of_variable(code)) return ordered(code.operation, order);
  auto const left = value(code.first);
  auto const right = value(code.second);
  if (code.operation == Operation::equal) return truth(same(code, left, right));
  if (code.operation != Operation::unequal) return ordered(code.operation, compare(left, right));
  auto const equals = same(code, left, right);
  return equals ? Value(!*equals) : Value();
}

bool Evaluator::says_null(std::uint32_t at) const {
  auto const& code = program_.codes[at];
  return code.operation == Operation::literal && program_.literals[code.first].null();
}

std::optional<bool> Evaluator::same(Code const& code, Value const& left, Value const& right) const {
  bool const empty = left.null() || right.null();
  if (strict_ && empty && !says_null(code.first) && !says_null(code.second)) return std::nullopt;
  return equal(left, right);
}

// Three-valued: one decisive side decides even when the other has no answer.
Value Evaluator::junction(Code const& code, bool decisive) {
  auto const left = value(code.first);
  if (left.is(decisive)) return decisive;
  auto const right = value(code.second);
  if (right.is(decisive)) return decisive;
  return left.is(!decisive) && right.is(!decisive) ? Value(!decisive) : Value();
}

Value Evaluator::between(Code const& code) {
  auto const tested = value(code.first);
  auto low = value(code.second);
  auto high = value(code.third);
  if (tested.null() || low.null() || high.null()) return {};
  return truth(holds(Range{std::move(low), std::move(high), false, false}, tested));
}

Value Evaluator::membership(Code const& code) {
  auto const tested = value(code.first);
  slots_[program_.operands[code.second]] = tested;
  bool unknown = false;
  for (std::uint32_t i = 1; i <= code.third; ++i) {
    auto const passed = passes(tested, program_.operands[code.second + i]);
    if (passed && *passed) return true;
    unknown = unknown || !passed;
  }
  return unknown ? Value() : Value(false);
}

// Whether the test speaks of `?` itself, and so may give the answer instead of a value to compare with.
bool Evaluator::asks(std::uint32_t test) const {
  return std::binary_search(program_.tests.begin(), program_.tests.end(), test);
}

std::optional<bool> Evaluator::passes(Value const& tested, std::uint32_t test) {
  auto const& code = program_.codes[test];
  bool const unary =
      code.operation >= Operation::test_equal && code.operation <= Operation::test_greater_equal;
  auto const bound = value(unary ? code.first : test);
  if (strict_ && tested.null() && !says_null(unary ? code.first : test) && !asks(test)) return std::nullopt;
  if (code.operation == Operation::test_equal) return equal(tested, bound);
  if (code.operation == Operation::test_unequal) {
    auto const equals = equal(tested, bound);
    return equals ? std::optional(!*equals) : std::nullopt;
  }
  if (!unary) return passes_value(tested, bound, asks(test));
  auto const answer = ordered(code.operation, compare(tested, bound));
  auto const* flag = answer.get<bool>();
  return flag == nullptr ? std::nullopt : std::optional(*flag);
}

std::optional<bool> Evaluator::passes_value(Value const& tested, Value const& wanted, bool asked) {
  if (asked) {
    if (auto const* flag = wanted.get<bool>()) return *flag;
    if (wanted.null()) return std::nullopt;
  }
  if (auto const* range = wanted.get<RangePointer>(); range != nullptr && tested.kind() != Kind::range)
    return tested.null() ? std::nullopt : holds(**range, tested);
  auto const* items = wanted.items();
  if (items == nullptr) return equal(tested, wanted);
  if (!evaluation_.budget().work(items->size())) return std::nullopt;
  if (tested.kind() == Kind::list && equal(tested, wanted).value_or(false)) return true;
  for (auto const& item : *items) {
    auto const* range = item.get<RangePointer>();
    auto const held =
        range == nullptr || tested.kind() == Kind::range ? equal(tested, item) : holds(**range, tested);
    if (held && *held) return true;
  }
  return false;
}

}  // namespace yunzhi::process
