// Expressions of other engines told in FEEL: JUEL as Camunda 7, Flowable and Activiti write it
// (`${a == b && !c}`), and the same comparisons as Python or JavaScript write them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::process {

/// Whether the text has a part in `${…}` or `#{…}`.
bool has_juel(std::string_view text);

/// A text with parts in `${…}` as one FEEL expression. Refused, naming the part, when it calls what only the
/// other engine has.
Result<std::string> juel_to_feel(std::string_view text);

/// A bare comparison (`a == 1 and not b`) as FEEL.
Result<std::string> comparison_to_feel(std::string_view text);

/// A text as a FEEL literal.
std::string feel_literal(std::string_view text);

}  // namespace yunzhi::process
