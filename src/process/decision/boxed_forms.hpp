// The forms of boxed expressions but for the decision table.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "process/decision/boxed.hpp"
#include "process/expression/expression.hpp"
#include "process/expression/function.hpp"

namespace yunzhi::process {

struct BoxedLiteral final : Boxed {
  explicit BoxedLiteral(Expression text) : expression(std::move(text)) {}
  [[nodiscard]] Value evaluate(Value const& scope, Evaluation& evaluation) const override;
  Expression expression;
};

/// An expression whose result is held to a type.
struct BoxedTyped final : Boxed {
  BoxedTyped(BoxedPointer of, TypePointer held_to) : inner(std::move(of)), type(std::move(held_to)) {}
  [[nodiscard]] Value evaluate(Value const& scope, Evaluation& evaluation) const override;
  BoxedPointer inner;
  TypePointer type;
};

/// Entries see those before them; one without a name is the result of the whole.
struct BoxedContext final : Boxed {
  struct Entry {
    std::string name;
    TypePointer type;
    BoxedPointer value;
  };
  [[nodiscard]] Value evaluate(Value const& scope, Evaluation& evaluation) const override;
  std::vector<Entry> entries;
};

struct BoxedList final : Boxed {
  [[nodiscard]] Value evaluate(Value const& scope, Evaluation& evaluation) const override;
  std::vector<BoxedPointer> items;
};

/// A list of contexts, written as rows under columns.
struct BoxedRelation final : Boxed {
  [[nodiscard]] Value evaluate(Value const& scope, Evaluation& evaluation) const override;
  std::vector<std::string> columns;
  std::vector<std::vector<BoxedPointer>> rows;
};

struct BoxedInvocation final : Boxed {
  [[nodiscard]] Value evaluate(Value const& scope, Evaluation& evaluation) const override;
  BoxedPointer function;
  std::vector<std::pair<std::string, BoxedPointer>> bindings;
};

struct BoxedFunction final : Boxed {
  [[nodiscard]] Value evaluate(Value const& scope, Evaluation& evaluation) const override;
  std::vector<Parameter> parameters;
  BoxedPointer body;  ///< none: written in another language, it has no answer here
};

struct BoxedConditional final : Boxed {
  [[nodiscard]] Value evaluate(Value const& scope, Evaluation& evaluation) const override;
  BoxedPointer condition, yes, no;
};

/// filter, for, some and every (DMN 1.4): for each item of a list, known by a name. An answer that is neither
/// true, false nor null makes the whole null, unless an earlier item has decided it.
struct BoxedIteration final : Boxed {
  enum class Form : std::uint8_t { filter, collect, some, every };
  [[nodiscard]] Value evaluate(Value const& scope, Evaluation& evaluation) const override;
  Form form = Form::filter;
  std::string variable;
  BoxedPointer list, body;
};

}  // namespace yunzhi::process
