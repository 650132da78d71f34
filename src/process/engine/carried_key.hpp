// The key of a message that says none: what it carries tells who it is for.
#pragma once

#include "process/model/definition.hpp"

namespace yunzhi::process {

/// What the message carries for who catches it at `node`, by its correlation properties, or else by the
/// expression of the key it waits for where the message carries everything that is made of. Null when it
/// carries no key for it.
json::value carried_key(Node const& node, std::string_view message, json::object const& variables,
                        Moment const& moment);

}  // namespace yunzhi::process
