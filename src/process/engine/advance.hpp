// The engine: a pure function from a definition, where an instance stands and what happened, to where it
// stands now and what is to be done. It runs to the next wait states. No clock, no storage, no threads.
#pragma once

#include "process/engine/effect.hpp"
#include "process/engine/event.hpp"

namespace yunzhi::process {

/// Refused when the event does not fit where the instance stands: the task is no longer open, the timer
/// was cancelled, nobody waits for the message. The instance is then as it was.
Result<Step> advance(Definition const& definition, Instance instance, Event event);

}  // namespace yunzhi::process
