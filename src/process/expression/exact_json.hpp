// JSON with all the digits of its numbers, both ways: FEEL's numbers have 34, a double 17.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "process/expression/value.hpp"

namespace yunzhi::process {

/// One JSON document (RFC 8259) of at most limits::expression_value_depth levels and
/// limits::expression_json_bytes; of equal keys in one object the last counts.
Result<Value> parse_exact_json(std::string_view text);

/// Dates, times and durations as texts in FEEL's form, ranges and functions as FEEL writes them.
std::string exact_json(Value const& value);

}  // namespace yunzhi::process
