// What one step changed of an instance's saved state. The deltas of all steps, one after the other, are the
// instance: they are what its events carry, from which it can be rebuilt, and what a withdrawal turns round.
#pragma once

#include <string>
#include <string_view>

#include "base/json.hpp"

namespace yunzhi::process {

/// A saved state as JSON: variables may stand as deep in it as JSON from outside may be, and some levels
/// more. Throws when it is none.
json::value parse_state(std::string_view state);

/// {"-":[tokens as they were],"+":[tokens as they are],"m":{"n":[before,after],…}} of two saved states; a
/// token that changed stands in both lists. `before` is empty for the first step. Throws when either is no
/// saved state: they are our own.
json::object difference(std::string_view before, std::string_view after);

/// The saved state after the change. Refused when the delta does not fit the state.
Result<std::string> apply(std::string_view state, json::object const& delta);

}  // namespace yunzhi::process
