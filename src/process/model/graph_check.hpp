// Whether a drawing can run: starts, ends, ways, conditions and joins.
#pragma once

#include "process/model/definition.hpp"
#include "process/model/problems.hpp"

namespace yunzhi::process {

void check_graph(Definition const& definition, Problems& problems);

/// Fills Definition::reach for the inclusive joins.
void find_reach(Definition& definition);

}  // namespace yunzhi::process
