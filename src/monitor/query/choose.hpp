// Aggregations that let some series through as they are: topk, bottomk, limitk, limit_ratio.
#pragma once

#include "monitor/query/evaluator.hpp"

namespace yunzhi::monitor {

struct RowGroup {
  Labels labels;
  bool drop_name = false;
  std::vector<Row*> members;
};

/// Series keep their labels; at steps where they are not chosen they are missing. Refused when a parameter is
/// no number or too large.
Result<Value> choose_rows(Evaluator& evaluator, AggregateNode const& node, Value input,
                          std::vector<RowGroup>& groups, std::vector<double> const& parameter);

}  // namespace yunzhi::monitor
