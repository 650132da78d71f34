// The engine: a pure function from a definition, where an instance stands and what happened, to where it
// stands now and what is to be done. It runs to the next wait states. No clock, no storage, no threads.
#pragma once

#include "process/engine/effect.hpp"
#include "process/engine/event.hpp"

namespace yunzhi::process {

/// Refused when the event does not fit where the instance stands: the task is no longer open, the timer
/// was cancelled, nobody waits for the message. The instance is then as it was. It is moved into the step
/// otherwise, so that a step costs the same however many tokens wait; only an instance that would wait in too
/// many places is lost with its refusal.
Result<Step> advance(Definition const& definition, Instance& instance, Event event);
inline Result<Step> advance(Definition const& definition, Instance&& instance, Event event) {
  return advance(definition, instance, std::move(event));
}

}  // namespace yunzhi::process
