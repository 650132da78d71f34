// Writes down when each watched system answered, so that the figures of a month outlive its samples.
#pragma once

#include <functional>

#include "monitor/monitor.hpp"
#include "store/store.hpp"

namespace yunzhi::app {

/// How a system was watched, the best first: by what its users would try, or by its exporter.
constexpr std::string_view watched_by_probe = "probe";
constexpr std::string_view watched_by_target = "target";

class WatchKeeper {
 public:
  /// Asks the monitoring for a stretch at every step.
  using Ask = std::function<Result<monitor::QueryResult>(std::string_view query, Instant from, Instant to,
                                                         Milliseconds step)>;

  /// `step`: how exactly it is kept; the interval of scrapes. The store must outlive it.
  WatchKeeper(store::Store& store, Ask ask, Milliseconds step)
      : store_(store), ask_(std::move(ask)), step_(step) {}

  /// Keeps what came since the last time, a bounded part of it; whether there is more. The first time, what
  /// the samples of 31 days tell. A monitoring that does not answer is asked again for the same stretch.
  bool keep();

 private:
  store::Store& store_;
  Ask ask_;
  Milliseconds step_;
};

}  // namespace yunzhi::app
