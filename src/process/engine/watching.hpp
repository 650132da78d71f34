// What conditional events look at, and when a condition that begins a process becomes true.
#pragma once

#include "process/model/definition.hpp"

namespace yunzhi::process {

/// The variables it names, or all of them, without those that are null: a variable that is null is not there.
json::object watched_in(Watched const& watched, json::object const& variables);
/// Whether a variable was set, changed or taken away between the two, as far as it looks for that.
bool sees_change(Watched const& watched, json::object const& before, json::object const& now);
/// Whether the condition of a start event becomes true by a change of the record, in which it sees something
/// of what it looks at. `before` is empty for a record that was just made.
bool becomes_true(Node const& start, json::object const& before, json::object const& now,
                  Moment const& moment);

}  // namespace yunzhi::process
