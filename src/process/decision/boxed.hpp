// Boxed expressions (DMN 1.3, 10.2): what a decision or a business knowledge model computes, compiled.
#pragma once

#include <memory>
#include <string_view>

#include "process/expression/evaluation.hpp"
#include "process/expression/value.hpp"

namespace yunzhi::process {

/// Something that gives a value in a scope, which is a context of all that its expressions may name.
struct Boxed {
  Boxed() = default;
  Boxed(Boxed const&) = delete;
  Boxed& operator=(Boxed const&) = delete;
  virtual ~Boxed() = default;
  [[nodiscard]] virtual Value evaluate(Value const& scope, Evaluation& evaluation) const = 0;
};
using BoxedPointer = std::shared_ptr<Boxed const>;

/// The scope with one more entry, which hides an outer one of its name.
Value extended(Value const& scope, std::string_view name, Value value);

}  // namespace yunzhi::process
