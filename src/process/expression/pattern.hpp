// Regular expressions as FEEL has them, XPath's (XQuery 1.0 and XPath 2.0 Functions, 7.6), by RE2: in
// linear time, without back-references.
#pragma once

#include <string>
#include <string_view>

#include "process/expression/evaluation.hpp"

namespace yunzhi::process {

/// All give null when the pattern, the flags (of `smixq`) or the replacement are not understood.
Value pattern_found(std::string_view input, std::string_view pattern, std::string_view flags,
                    Evaluation& evaluation);
Value pattern_replaced(std::string_view input, std::string_view pattern, std::string_view replacement,
                       std::string_view flags, Evaluation& evaluation);
Value pattern_split(std::string_view input, std::string_view pattern, Evaluation& evaluation);

}  // namespace yunzhi::process
