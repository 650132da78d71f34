#include "app/engine_watch.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace yunzhi::app {

std::optional<record::Message> complaint_of(monitor::Pulse const& pulse, Milliseconds interval,
                                            Milliseconds least, Instant now) {
  auto const longest = std::max(interval * 3, least);
  if (now - pulse.evaluated_at > longest)
    return record::Message{"The monitoring has not evaluated its rules since {}",
                           {format_instant(pulse.evaluated_at)},
                           "/alerts"};
  if (pulse.stores && now - pulse.stored_at > longest)
    return record::Message{
        "The monitoring has stored no samples since {}", {format_instant(pulse.stored_at)}, "/alerts"};
  return std::nullopt;
}

bool EngineWatch::look() {
  auto const now = options_.clock();
  // After the machine slept, or its clock was set, the engine gets its time again.
  bool const awake = looked_at_ != Instant{} && now >= looked_at_ && now - looked_at_ < options_.least;
  looked_at_ = now;
  if (!awake) return false;
  auto const complaint = complaint_of(options_.pulse(), options_.interval, options_.least, now);
  if (complaint && !alarmed_) {
    log::error("monitor.no_pulse", {{"reason", complaint->title}});
    alarmed_ = options_.tell(*complaint);
  } else if (!complaint && alarmed_) {
    alarmed_ = !options_.tell({"The monitoring works again", {}, "/alerts"});
  }
  if (complaint || !options_.heartbeat || now < beat_at_ + options_.beat) return false;
  beat_at_ = now;
  if (auto const called = options_.heartbeat(); called.has_error())
    log::warning("monitor.heartbeat_failed", {{"reason", called.error().english()}});
  return false;
}

}  // namespace yunzhi::app
