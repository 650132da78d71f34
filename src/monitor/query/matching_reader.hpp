// How the series of an operator's two sides are matched, as a query writes it behind the operator.
#pragma once

#include "base/result.hpp"
#include "monitor/query/expression.hpp"
#include "monitor/query/token_reader.hpp"

namespace yunzhi::monitor {

/// on (…) or ignoring (…), group_left (…) or group_right (…), when they stand there.
Result<> read_matching(TokenReader& reader, BinaryNode& node);
/// What stands in for series that one side lacks: fill (0), or fill_left (0) fill_right (1).
Result<> read_fill(TokenReader& reader, BinaryNode& node);

}  // namespace yunzhi::monitor
