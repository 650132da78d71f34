// How functions that see whole vectors describe themselves; shared by the files that hold them.
#pragma once

#include <cmath>
#include <limits>

#include "monitor/query/evaluator.hpp"

namespace yunzhi::monitor {

inline constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

inline Function special(std::string_view name, std::vector<ValueType> arguments,
                        Result<Value> (*run)(Evaluator&, CallNode const&),
                        ValueType returns = ValueType::vector) {
  Function function;
  function.name = name;
  function.required = arguments.size();
  function.arguments = std::move(arguments);
  function.returns = returns;
  function.special = run;
  return function;
}

/// The last argument may be absent or repeat: at least `required` are needed.
inline Function variadic(Function function, std::size_t required) {
  function.variadic = true;
  function.required = required;
  return function;
}

inline std::string const& text_argument(CallNode const& node, std::size_t index) {
  return std::get<TextNode>(node.arguments[index]->node).value;
}

}  // namespace yunzhi::monitor
