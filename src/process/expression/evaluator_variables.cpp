// Reading variables: straight from the JSON they are given as, making values of no more than is used.
#include "process/expression/builtins.hpp"
#include "process/expression/evaluator.hpp"
#include "process/expression/property.hpp"

namespace yunzhi::process {

json::value const* Evaluator::foreign(Code const& code) const {
  auto const* found = inputs_.object->if_contains(program_.globals[code.first]);
  if (code.operation == Operation::global) return found;
  for (std::uint32_t i = 0; i < code.third && found != nullptr; ++i) {
    auto const* object = found->if_object();
    found = object == nullptr ? nullptr
                              : object->if_contains(*program_.names[program_.operands[code.second + i]]);
  }
  return found;
}

Value Evaluator::global(std::uint32_t number) {
  auto const& name = program_.globals[number];
  if (inputs_.context != nullptr) {
    auto const* found = inputs_.context->find(name);
    return found == nullptr ? Value() : *found;
  }
  if (inputs_.object == nullptr) return inputs_.values == nullptr ? Value() : (*inputs_.values)[number];
  auto const* found = inputs_.object->if_contains(name);
  if (found == nullptr) return {};
  if (!found->is_object() && !found->is_array()) return Value::from(*found);
  if (globals_.empty()) globals_.resize(program_.globals.size());
  if (globals_[number].null()) globals_[number] = Value::from(*found);
  return globals_[number];
}

Value Evaluator::path(Code const& code) {
  if (inputs_.object != nullptr && code.operation == Operation::path) {
    auto const* found = foreign(code);
    if (found != nullptr && !found->is_object() && !found->is_array() && !found->is_null())
      return Value::from(*found);
  }
  auto found = global(code.first);
  if (code.operation == Operation::path)
    for (std::uint32_t i = 0; i < code.third; ++i)
      found = property_of(found, *program_.names[program_.operands[code.second + i]], evaluation_);
  if (found.null()) remember_empty(code);
  return found;
}

// A variable that is called as a function is hides it, even when it has no value.
Value Evaluator::variable_or_builtin(Code const& code) {
  auto const& variable = program_.codes[code.second];
  if (variable.operation != Operation::global) return builtin_value(code.first);
  auto const& name = program_.globals[variable.first];
  bool const given = inputs_.context != nullptr  ? inputs_.context->find(name) != nullptr
                     : inputs_.object != nullptr ? inputs_.object->contains(name)
                                                 : !global(variable.first).null();
  return given ? path(variable) : builtin_value(code.first);
}

void Evaluator::remember_empty(Code const& code) {
  if (!strict_ || !empty_variable_.empty()) return;
  empty_variable_ = program_.globals[code.first];
  if (code.operation == Operation::path)
    for (std::uint32_t i = 0; i < code.third; ++i)
      empty_variable_ += "." + *program_.names[program_.operands[code.second + i]];
}

Value Evaluator::scoped(Code const& code) {
  auto const& lookup = program_.lookups[code.first];
  auto const& name = *program_.names[lookup.name];
  for (auto const slot : lookup.items)
    if (auto const* context = slots_[slot].entries())
      if (auto const* found = context->find(name)) return *found;
  return value(lookup.otherwise);
}

std::shared_ptr<std::vector<Value> const> Evaluator::all_globals() {
  if (inputs_.values != nullptr || program_.globals.empty()) return inputs_.values;
  std::vector<Value> all;
  for (std::uint32_t i = 0; i < program_.globals.size(); ++i) all.push_back(global(i));
  inputs_ = {nullptr, nullptr, std::make_shared<std::vector<Value> const>(std::move(all))};
  return inputs_.values;
}

}  // namespace yunzhi::process
