// The part of a value that stands behind a point: an entry of a context, each item's of a list, or a
// property of a date, time, duration or range (DMN 1.3, tables 61 to 66).
#pragma once

#include <string_view>

#include "process/expression/evaluation.hpp"

namespace yunzhi::process {

/// Null when the value has no such part.
Value property_of(Value const& value, std::string_view name, Evaluation& evaluation);

}  // namespace yunzhi::process
