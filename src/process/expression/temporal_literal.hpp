// What `@"…"` means: a date, a time, a date and time or a duration, whichever the text is.
#pragma once

#include <string_view>

#include "process/expression/value.hpp"

namespace yunzhi::process {

/// Null when it is none of them.
Value temporal_literal(std::string_view text);
/// `PT1H30M`, `P3D` or `P1Y2M`; null when it is neither.
Value duration_literal(std::string_view text);

}  // namespace yunzhi::process
