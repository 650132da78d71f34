// A function as a value: one written in FEEL with what it sees, a built-in one, or one of a decision model.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "process/expression/type.hpp"
#include "process/expression/value.hpp"

namespace yunzhi::process {

class Evaluation;

struct Parameter {
  std::string name;
  Type type;
};

struct Function {
  std::vector<Parameter> parameters;
  Type result;
  std::size_t depth = 1;  ///< of the values it carries
  bool variadic = false;  ///< it judges the number and types of its arguments itself

  Function() = default;
  Function(Function const&) = default;
  Function& operator=(Function const&) = default;
  virtual ~Function() = default;
  /// As many arguments as parameters, already of their types.
  [[nodiscard]] virtual Value call(Evaluation& evaluation, std::span<Value const> arguments) const = 0;
  /// `function(a, b)`.
  [[nodiscard]] std::string text() const;
};

}  // namespace yunzhi::process
