// The dead man's alarm of the monitoring: who watches alerts would not hear that none can come. The
// supervisor is told when the engine evaluates no rules or stores no samples any more, and when it does
// again; and a service outside is called while all is well, so that it notices when the whole server dies.
#pragma once

#include <functional>
#include <optional>

#include "monitor/monitor.hpp"
#include "record/lifecycle.hpp"

namespace yunzhi::app {

/// What is wrong with the pulse: nothing, or a message to say. The engine may rest for three intervals, and
/// for `least` at least, since a busy machine is no dead one.
std::optional<record::Message> complaint_of(monitor::Pulse const& pulse, Milliseconds interval,
                                            Milliseconds least, Instant now);

struct EngineWatchOptions {
  Clock clock = wall_clock;
  Milliseconds interval{15'000};  ///< of scrapes and rules
  Milliseconds least{15'000};     ///< the shortest silence that is an alarm
  Milliseconds beat{60'000};      ///< between two calls of the heartbeat
  std::function<monitor::Pulse()> pulse;
  /// Tells the supervisor; false when that failed, then it is tried again.
  std::function<bool(record::Message const&)> tell;
  std::function<Result<>()> heartbeat;  ///< may be empty
};

/// One thread looks.
class EngineWatch {
 public:
  explicit EngineWatch(EngineWatchOptions options) : options_(std::move(options)) {}

  /// Looks at the pulse, tells when it has stopped or come back, calls the heartbeat when it is time. Gives
  /// false, as there is no hurry.
  bool look();

 private:
  EngineWatchOptions const options_;
  bool alarmed_ = false;
  Instant looked_at_{};
  Instant beat_at_{};
};

}  // namespace yunzhi::app
