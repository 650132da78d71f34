#include "process/expression/evaluation.hpp"

namespace yunzhi::process {

Value Evaluation::invoke(Value const& function, std::span<Value const> arguments) {
  auto const* pointer = function.get<FunctionPointer>();
  if (pointer == nullptr) return {};
  auto const& called = **pointer;
  if (called.variadic) return called.call(*this, arguments);
  if (called.parameters.size() != arguments.size()) return {};
  std::vector<Value> fitting;
  fitting.reserve(arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    fitting.push_back(coerced(arguments[i], called.parameters[i].type));
    if (fitting.back().null() && !arguments[i].null()) return {};
  }
  if (budget_.height >= limits::expression_height) {
    budget_.spent = true;
    return {};
  }
  ++budget_.height;
  auto result = called.call(*this, fitting);
  --budget_.height;
  return coerced(result, called.result);
}

Value Evaluation::list(std::vector<Value> items) {
  if (!budget_.work(items.size()) || !budget_.make(items.size() * sizeof(Value))) return {};
  return make_list(std::move(items));
}

Value Evaluation::text(std::string text) {
  if (!budget_.work(text.size() / 16) || !budget_.make(text.size())) return {};
  return Value(std::move(text));
}

}  // namespace yunzhi::process
