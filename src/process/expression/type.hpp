// The types of FEEL (DMN 1.3, 10.3.2.9): what `instance of` asks and parameters and decisions are held to.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "process/expression/value.hpp"

namespace yunzhi::process {

struct Type;
using TypePointer = std::shared_ptr<Type const>;

struct Type {
  enum class Form : std::uint8_t { any, nothing, simple, list, context, range, function };
  Form form = Form::any;
  Kind kind = Kind::null;  ///< of a simple type
  TypePointer element;     ///< of a list, range; the result of a function, even of a simple type of functions
  std::vector<std::pair<std::string, TypePointer>> members;  ///< of a context; a function's parameters
  /// Beyond FEEL: a value of a decision model's type must also pass this unary test.
  std::shared_ptr<class UnaryTests const> allowed;

  [[nodiscard]] bool any() const { return form == Form::any; }
};

TypePointer simple_type(Kind kind);
/// The type of that name, one space between its words (`days and time duration`, `dayTimeDuration`);
/// nothing when FEEL knows none.
TypePointer named_type(std::string_view name);

/// Whether the value is of the type. Null is of no type but Any and Null.
bool conforms(Value const& value, Type const& type);
/// Whether every value of `one` is of `other`.
bool conforms(Type const& one, Type const& other);
/// The value, where needed as the only item of a list or as the list of one item (DMN 1.3, 10.3.2.9.4), a
/// date as its midnight; null when it is not of the type.
Value coerced(Value const& value, Type const& type);

}  // namespace yunzhi::process
