// What the function `range` reads: a range as text, whose sides are literals (DMN 1.5, 10.3.4.1).
#pragma once

#include <string_view>

#include "process/expression/evaluation.hpp"

namespace yunzhi::process {

/// Of `[1..3]`, `(..@"2026-01-01"]`, `[date("2026-01-01")..)`: a missing side must be open. Null when it is
/// no range, a side is no literal, or the sides are of different kinds or in the wrong order.
Value range_of_text(std::string_view text, Evaluation& evaluation);

}  // namespace yunzhi::process
