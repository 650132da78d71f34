#include "process/expression/evaluator.hpp"

#include "base/limits.hpp"
#include "process/expression/temporal.hpp"

namespace yunzhi::process {
namespace {

Value truth(std::optional<bool> known) {
  return known ? Value(*known) : Value();
}
Value number(std::optional<Decimal> known) {
  return known ? Value(*known) : Value();
}

Value ordered(Operation operation, Value const& left, Value const& right) {
  auto const order = compare(left, right);
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
    default:
      return *order >= 0;
  }
}

Value power(Decimal base, Decimal exponent) {
  auto const times = exponent.integer();
  if (!times || *times < -1000 || *times > 1000) return {};
  std::optional<Decimal> result = Decimal(1);
  for (std::int64_t i = 0; result && i < std::abs(*times); ++i) result = multiply(*result, base);
  if (result && *times < 0) result = divide(Decimal(1), *result);
  return number(result);
}

Value arithmetic(Operation operation, Decimal left, Decimal right) {
  switch (operation) {
    case Operation::add:
      return number(add(left, right));
    case Operation::subtract:
      return number(subtract(left, right));
    case Operation::multiply:
      return number(multiply(left, right));
    case Operation::divide:
      return number(divide(left, right));
    default:
      return power(left, right);
  }
}

// A duration times or divided by a number.
Value scaled(Milliseconds duration, Decimal by, bool divided) {
  Decimal const length(duration.count());
  auto const product = divided ? divide(length, by) : multiply(length, by);
  auto const whole = product ? product->round(0).integer() : std::nullopt;
  return whole ? Value(Milliseconds{*whole}) : Value();
}

}  // namespace

Value Evaluator::value(std::uint32_t at) {
  auto const& code = program_.codes[at];
  switch (code.operation) {
    case Operation::literal:
      return program_.literals[code.first];
    case Operation::path:
      return path(program_.paths[code.first]);
    case Operation::defined:
      return find(program_.paths[code.first]) != nullptr;
    case Operation::member:
      return member(code);
    case Operation::index:
      return item(code);
    case Operation::conjunction:
      return junction(code, false);
    case Operation::disjunction:
      return junction(code, true);
    case Operation::choice:
      return chosen(code);
    case Operation::between:
      return between(code);
    case Operation::in:
      return membership(code);
    case Operation::range:
      return range(code);
    case Operation::list:
      return list(code);
    case Operation::call:
      return called(code);
    case Operation::negate:
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::power:
      return calculated(code);
    default:
      return compared(code);
  }
}

Value Evaluator::compared(Code const& code) {
  auto const left = value(code.first);
  auto const right = value(code.second);
  if (code.operation == Operation::equal) return truth(same(code, left, right));
  if (code.operation != Operation::unequal) return ordered(code.operation, left, right);
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

Value Evaluator::calculated(Code const& code) {
  auto const left = value(code.first);
  if (code.operation == Operation::negate) {
    if (auto const* duration = left.get<Milliseconds>()) return -*duration;
    auto const* operand = left.get<Decimal>();
    return operand == nullptr ? Value() : Value(-*operand);
  }
  auto const right = value(code.second);
  auto const* first = left.get<Decimal>();
  auto const* second = right.get<Decimal>();
  if (first != nullptr && second != nullptr) return arithmetic(code.operation, *first, *second);
  bool const minus = code.operation == Operation::subtract;
  if (auto const* text = left.get<std::string>(); text != nullptr && code.operation == Operation::add) {
    auto const* end = right.get<std::string>();
    if (end == nullptr || text->size() + end->size() > limits::expression_text_bytes) return {};
    return *text + *end;
  }
  if (minus || code.operation == Operation::add) return add_temporal(left, right, minus);
  if (auto const* duration = left.get<Milliseconds>(); duration != nullptr && second != nullptr)
    return scaled(*duration, *second, code.operation == Operation::divide);
  if (auto const* duration = right.get<Milliseconds>(); duration != nullptr && first != nullptr)
    return code.operation == Operation::multiply ? scaled(*duration, *first, false) : Value();
  return {};
}

// Three-valued: one decisive side decides even when the other has no answer.
Value Evaluator::junction(Code const& code, bool decisive) {
  auto const left = value(code.first);
  auto const* first = left.get<bool>();
  if (first != nullptr && *first == decisive) return decisive;
  auto const right = value(code.second);
  auto const* second = right.get<bool>();
  if (second != nullptr && *second == decisive) return decisive;
  return first != nullptr && second != nullptr ? Value(!decisive) : Value();
}

Value Evaluator::chosen(Code const& code) {
  auto const condition = value(code.first);
  auto const* flag = condition.get<bool>();
  return value(flag != nullptr && *flag ? code.second : code.third);
}

Value Evaluator::between(Code const& code) {
  auto const tested = value(code.first);
  return truth(holds(Range{value(code.second), value(code.third), false, false}, tested));
}

Value Evaluator::membership(Code const& code) {
  auto const tested = value(code.first);
  bool unknown = false;
  for (std::uint32_t i = 0; i < code.third; ++i) {
    auto const passed = passes(tested, program_.operands[code.second + i]);
    if (passed && *passed) return true;
    unknown = unknown || !passed;
  }
  return unknown ? Value() : Value(false);
}

std::optional<bool> Evaluator::passes(Value const& tested, std::uint32_t test) {
  auto const& code = program_.codes[test];
  bool const unary =
      code.operation >= Operation::test_unequal && code.operation <= Operation::test_greater_equal;
  auto const bound = value(unary ? code.first : test);
  if (strict_ && tested.null() && !says_null(unary ? code.first : test)) return std::nullopt;
  if (code.operation == Operation::test_unequal) {
    auto const equals = equal(tested, bound);
    return equals ? std::optional(!*equals) : std::nullopt;
  }
  if (unary) {
    auto const outcome = ordered(code.operation, tested, bound);
    auto const* flag = outcome.get<bool>();
    return flag == nullptr ? std::nullopt : std::optional(*flag);
  }
  if (auto const* range = bound.get<RangePointer>()) return holds(**range, tested);
  auto const* list = bound.get<List>();
  if (list == nullptr || tested.get<List>() != nullptr) return equal(tested, bound);
  if (tested.null()) return std::nullopt;
  for (auto const& item : **list) {
    auto const* range = item.get<RangePointer>();
    auto const held = range == nullptr ? equal(tested, item) : holds(**range, tested);
    if (held && *held) return true;
  }
  return false;
}

json::value const* Evaluator::find(std::vector<std::string> const& names) const {
  json::object const* object = &variables_;
  json::value const* found = nullptr;
  for (auto const& name : names) {
    if (object == nullptr) return nullptr;
    found = object->if_contains(name);
    if (found == nullptr || found->is_null()) return nullptr;
    object = found->if_object();
  }
  return found;
}

Value Evaluator::path(std::vector<std::string> const& names) {
  if (auto const* found = find(names)) return Value::from(*found);
  if (empty_variable_.empty())
    for (auto const& name : names) empty_variable_ += (empty_variable_.empty() ? "" : ".") + name;
  return {};
}

Value Evaluator::member(Code const& code) {
  auto const operand = value(code.first);
  auto const* context = operand.get<Context>();
  auto const* found = context == nullptr ? nullptr : (*context)->if_contains(program_.names[code.second]);
  return found == nullptr ? Value() : Value::from(*found);
}

// Positions count from 1, or from the end when they are negative.
Value Evaluator::item(Code const& code) {
  auto const operand = value(code.first);
  auto const position = value(code.second);
  auto const* list = operand.get<List>();
  auto const* number = position.get<Decimal>();
  auto const at = number == nullptr ? std::nullopt : number->integer();
  if (list == nullptr || !at) return {};
  auto const size = static_cast<std::int64_t>((*list)->size());
  auto const index = *at > 0 ? *at - 1 : size + *at;
  if (*at == 0 || index < 0 || index >= size) return {};
  return (**list)[static_cast<std::size_t>(index)];
}

Value Evaluator::list(Code const& code) {
  std::vector<Value> items;
  items.reserve(code.third);
  for (std::uint32_t i = 0; i < code.third; ++i) items.push_back(value(program_.operands[code.second + i]));
  return List(std::make_shared<std::vector<Value> const>(std::move(items)));
}

Value Evaluator::range(Code const& code) {
  Range range{value(code.first), value(code.second), (code.third & 1U) != 0, (code.third & 2U) != 0};
  if (!compare(range.low, range.high)) return {};
  return RangePointer(std::make_shared<Range const>(std::move(range)));
}

Value Evaluator::called(Code const& code) {
  std::vector<Value> arguments;
  arguments.reserve(code.third);
  for (std::uint32_t i = 0; i < code.third; ++i)
    arguments.push_back(value(program_.operands[code.second + i]));
  return builtins()[code.first].call(arguments, moment_);
}

}  // namespace yunzhi::process
