// Addition, subtraction, multiplication, division and power of FEEL's values (DMN 1.3, 10.3.2.13.5).
#pragma once

#include "process/expression/evaluation.hpp"

namespace yunzhi::process {

/// Each gives null where the operation has no meaning.
Value sum_of(Value const& left, Value const& right, Evaluation& evaluation);
Value difference_of(Value const& left, Value const& right);
Value product_of(Value const& left, Value const& right);
Value quotient_of(Value const& left, Value const& right);
Value power_of(Value const& left, Value const& right);
Value negative_of(Value const& value);

}  // namespace yunzhi::process
