#include "process/expression/evaluator.hpp"

#include "process/expression/arithmetic.hpp"
#include "process/expression/builtins.hpp"
#include "process/expression/property.hpp"

namespace yunzhi::process {

Evaluator::Evaluator(std::shared_ptr<Program const> const& program, Inputs inputs, Evaluation& evaluation,
                     bool strict)
    : owner_(program),
      program_(*program),
      inputs_(std::move(inputs)),
      evaluation_(evaluation),
      strict_(strict) {
  if (program_.slots != 0) slots_.resize(program_.slots);
}

Value Evaluator::run(Value tested) {
  if (!slots_.empty()) slots_[0] = std::move(tested);
  return value(program_.root);
}

Value Evaluator::run(std::uint32_t body, std::vector<Value> slots) {
  std::move(slots.begin(), slots.end(), slots_.begin());
  return value(body);
}

Value Evaluator::value(std::uint32_t at) {
  auto& budget = evaluation_.budget();
  if (!budget.work(1)) return {};
  if (budget.height >= limits::expression_height) {
    budget.spent = true;
    return {};
  }
  ++budget.height;
  auto result = dispatched(program_.codes[at]);
  --budget.height;
  return result;
}

Value Evaluator::calculated(Code const& code) {
  auto const left = value(code.first);
  auto const right = value(code.second);
  switch (code.operation) {
    case Operation::add:
      return sum_of(left, right, evaluation_);
    case Operation::subtract:
      return difference_of(left, right);
    case Operation::multiply:
      return product_of(left, right);
    case Operation::divide:
      return quotient_of(left, right);
    default:
      return power_of(left, right);
  }
}

Value Evaluator::dispatched(Code const& code) {
  switch (code.operation) {
    case Operation::literal:
      return program_.literals[code.first];
    case Operation::global:
    case Operation::path:
      return path(code);
    case Operation::local:
      return slots_[code.first];
    case Operation::scoped:
      return scoped(code);
    case Operation::builtin:
      return variable_or_builtin(code);
    case Operation::member:
      return property_of(value(code.first), *program_.names[code.second], evaluation_);
    case Operation::filter:
      return filter(code);
    case Operation::negate:
      return negative_of(value(code.first));
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::power:
      return calculated(code);
    case Operation::conjunction:
      return junction(code, false);
    case Operation::disjunction:
      return junction(code, true);
    case Operation::choice:
      return value(value(code.first).is(true) ? code.second : code.third);
    case Operation::between:
      return between(code);
    case Operation::in:
      return membership(code);
    case Operation::range:
      return range(code);
    case Operation::list:
      return list(code);
    case Operation::context:
      return context(code);
    case Operation::call:
      return called(code);
    case Operation::call_named:
      return called_by_name(code);
    case Operation::invoke:
      return invoked(code);
    case Operation::invoke_named:
      return invoked_by_name(code);
    case Operation::iterate:
      return iterate(code);
    case Operation::some:
      return quantified(code, true);
    case Operation::every:
      return quantified(code, false);
    case Operation::instance_of:
      return conforms(value(code.first), *program_.types[code.second]);
    case Operation::function:
      return function(code);
    case Operation::defined:
      return !value(code.first).null();
    default:
      return compared(code);
  }
}

}  // namespace yunzhi::process
