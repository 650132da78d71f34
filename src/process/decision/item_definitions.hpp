// The types a decision model defines: simple ones with allowed values, structures and collections
// (DMN 1.3, 7.3.2).
#pragma once

#include "process/expression/evaluation.hpp"
#include "process/expression/expression.hpp"
#include "process/expression/names.hpp"

namespace yunzhi::process {

class XmlDocument;

/// Which values of a type are allowed.
class UnaryTests {
 public:
  explicit UnaryTests(Expression tests) : tests_(std::move(tests)) {}
  [[nodiscard]] bool pass(Value const& value, Evaluation& evaluation) const {
    return tests_.test(value, {}, evaluation).is(true);
  }

 private:
  Expression tests_;
};

/// Adds the model's types and the names of their components. A tolerant reader allows no value where the
/// allowed values are no tests, which others refuse.
Result<> read_item_definitions(XmlDocument const& document, Names& names, bool tolerant);

/// The value as one of the type, where DMN's conversions make it one; null when it is none or not allowed.
Value checked(Value const& value, Type const& type, Evaluation& evaluation);

}  // namespace yunzhi::process
