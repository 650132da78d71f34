// What a query reads.
#pragma once

#include <vector>

#include "monitor/query/expression.hpp"

namespace yunzhi::monitor {

/// The selectors of a query in the order they stand; they live as long as the expression.
std::vector<SelectorNode const*> selectors_of(Expression const& expression);

}  // namespace yunzhi::monitor
