// Which series are read: a metric's name and what its labels must be.
#pragma once

#include <string>

#include "base/result.hpp"
#include "monitor/query/expression.hpp"
#include "monitor/query/token_reader.hpp"

namespace yunzhi::monitor {

/// The matchers between braces, when they stand there, behind `metric`, which may be empty. `wide`: it may
/// match every series; otherwise that is refused.
Result<Child> read_selector(TokenReader& reader, std::string const& metric, std::string where, bool wide);

}  // namespace yunzhi::monitor
