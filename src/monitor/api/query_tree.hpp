// The tree of a query in the JSON that Prometheus' parse_query gives.
#pragma once

#include "base/json.hpp"
#include "monitor/query/expression.hpp"

namespace yunzhi::monitor {

json::object tree_json(Expression const& query);

}  // namespace yunzhi::monitor
