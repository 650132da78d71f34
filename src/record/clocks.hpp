// Service clocks (SLA): a pure function of the states a record went through, the policy and the calendar.
// Nothing about a clock is stored but its next wake-up, so a corrected policy or holiday corrects every
// figure, and each figure can be explained.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "calendar/working_calendar.hpp"

namespace yunzhi::record {

/// What a clock does while the record is in a state.
enum class Mode { run, pause, stop };

struct Target {
  Milliseconds within{};
  std::string calendar_id;
  std::shared_ptr<calendar::WorkingCalendar const> calendar;
};

struct ClockPolicy {
  std::string id;                           ///< "response"
  std::map<std::string, std::string> name;  ///< by language
  std::map<std::string, Target> targets;    ///< by priority
  std::map<std::string, Mode> states;
};

/// From when on the record was in a state; in order of time.
struct Interval {
  std::string state;
  Instant since;
};

/// A move of the clock, for "why is it due then".
struct Move {
  Instant at;
  Mode mode;
  std::string state;
  Milliseconds elapsed;  ///< working time counted when it happened
};

struct Reading {
  std::string id;
  Mode mode = Mode::run;
  std::optional<Instant> target_at;  ///< when it breaks, or when it would have; none while paused
  std::optional<Instant> met_at;     ///< when it stopped
  Milliseconds elapsed{};
  Milliseconds remaining{};  ///< negative after a breach
  bool breached = false;
  std::string calendar_id;
  std::vector<Move> moves;
};

/// Reads one clock at `now`; nothing when the policy has no target for the priority. A clock that stopped
/// and whose record then returns to a running state runs on: the promise was not kept yet.
std::optional<Reading> read_clock(ClockPolicy const& policy, std::string_view priority,
                                  std::vector<Interval> const& intervals, Instant now);

/// The reading as the API gives it: state is running, paused, met, breached or stopped.
json::object to_json(Reading const& reading);

}  // namespace yunzhi::record
