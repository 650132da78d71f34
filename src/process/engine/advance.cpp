#include "process/engine/advance.hpp"

#include "process/engine/run.hpp"

namespace yunzhi::process {

Result<Step> advance(Definition const& definition, Instance& instance, Event event) {
  return Run(definition, instance, std::move(event)).go();
}

char const* name_of(HistoryRow::Kind kind) {
  constexpr char const* names[] = {"started", "completed", "fired",       "message",  "called",  "failed",
                                   "moved",   "retried",   "cancelled",   "incident", "ended",   "signal",
                                   "changed", "escalated", "compensated", "entered",  "dropped", "migrated"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace yunzhi::process
