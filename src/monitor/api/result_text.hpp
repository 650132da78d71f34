// A query's result as the text of Prometheus' JSON. Large results go from numbers to text at once: a tree of
// values in between would cost more than the query.
#pragma once

#include <string>

#include "base/json.hpp"
#include "monitor/query/query.hpp"

namespace yunzhi::monitor {

/// {"resultType": …, "result": …, …} with the members of `more` behind.
std::string result_text(QueryResult const& result, json::object const& more = {});

/// ,"warnings":[…],"infos":[…] as far as there are any.
std::string remarks_text(Annotations const& annotations);

}  // namespace yunzhi::monitor
