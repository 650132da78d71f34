// Timers that begin processes: those of the active versions, kept as rows that say when each is due next.
#pragma once

#include "process/durable/definitions.hpp"

namespace yunzhi::process {

struct TimedStart {
  std::string definition;
  std::string element;
  std::string record_kind;
};

/// A version is the active one now: the timers of the others of its process go, its own are to be armed.
void replace_timed_starts(store::Edit& edit, Definition const& definition, std::string_view id);
/// Those that are due or not armed yet, the first due first.
std::vector<TimedStart> due_starts(store::Reader& reader, Instant now, std::size_t limit);
/// When the next one is due; nothing when none is armed.
std::optional<Instant> next_start(store::Reader& reader);

}  // namespace yunzhi::process
