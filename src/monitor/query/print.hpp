// A query as text again: in one line, or laid out so that a long one can be read.
#pragma once

#include <string>

#include "monitor/query/expression.hpp"

namespace yunzhi::monitor {

/// In one line, as Prometheus would write it; reads back as the same query.
std::string print_query(Expression const& query);

/// As `print_query`, but parts longer than 100 characters are spread over indented lines.
std::string format_query(Expression const& query);

std::string print_duration(Duration const& duration);

}  // namespace yunzhi::monitor
