// Expression text to program: the grammar of the FEEL subset, by recursive descent with bounded depth.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "process/expression/program.hpp"

namespace yunzhi::process {

/// The refusal's field is `line:column` within the text.
Result<Program> parse_expression(std::string_view text);

}  // namespace yunzhi::process
