// Expressions from outside, one JSON line each, answered by one JSON line each: how FEEL is used and tested
// without a process around it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "process/expression/evaluation.hpp"

namespace yunzhi::process {

/// The expression's result with the context's entries as its variables, and their keys as its names.
Result<Value> evaluate_text(std::string_view expression, Value const& context, Moment const& moment);

/// `{"expression":…,"context":{…}}` gives `{"result":…}` or `{"error":{"text":…,"position":…}}`, where the
/// position is `line:column` within the expression, or null. Total: every line has an answer.
std::string answer_line(std::string_view line, Moment const& moment);

}  // namespace yunzhi::process
