// What a query would cost: its parts as a tree, and for every selector how many series and samples it reads.
#pragma once

#include "monitor/query/query.hpp"

namespace yunzhi::monitor {

struct PlanNode {
  std::string text;         ///< the part of the query
  std::string kind;         ///< "selector", "subquery", "function rate", "aggregation sum", "operator +", …
  std::string place;        ///< "line:column"
  std::size_t series = 0;   ///< of a selector: what it selects in the time it looks at
  std::size_t samples = 0;  ///< of a selector: what it reads; of others: of all parts below
  std::size_t steps = 0;    ///< at how many moments it is evaluated
  std::vector<PlanNode> parts;
};

/// Reads the index and counts samples, but evaluates nothing. Refused when a duration cannot be resolved or
/// the budget of samples is used up by counting.
Result<PlanNode> explain(Source const& source, Expression const& query, Grid const& grid,
                         QueryLimits const& limits = {});

}  // namespace yunzhi::monitor
