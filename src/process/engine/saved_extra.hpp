// What few tokens carry besides their place, as JSON in a saved state.
#pragma once

#include "process/engine/token.hpp"

namespace yunzhi::process {

/// Members are there only when they say something.
json::object save_extra(Definition const& definition, Extra const& extra);
/// False when it does not fit the definition.
bool restore_extra(Definition const& definition, json::object const& saved, Extra& extra);

}  // namespace yunzhi::process
