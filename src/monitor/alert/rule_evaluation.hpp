// The queries of a rule, evaluated: now, or at every step of a stretch of the past.
#pragma once

#include "monitor/alert/rule_run.hpp"

namespace yunzhi::monitor {

/// All that a rule asks at one moment; refused when one of its queries is. Borrows the source, which its
/// templates may ask.
Result<RuleInput> input_of(Source const& source, Rule const& rule, Instant now, QueryLimits const& limits);

/// What a rule would have told in the past, in order of time: it is run at every step from `from` to `to`,
/// from a fresh state. Refused when a query is, or with too many steps.
Result<std::vector<AlertChange>> preview(Source const& source, Rule const& rule, Instant from, Instant to,
                                         Milliseconds step, QueryLimits const& limits);

}  // namespace yunzhi::monitor
