#include "record/clocks.hpp"

namespace yunzhi::record {
namespace {

Mode mode_in(ClockPolicy const& policy, std::string const& state) {
  auto const found = policy.states.find(state);
  return found == policy.states.end() ? Mode::run : found->second;
}

std::string_view name_of(Mode mode) {
  return mode == Mode::run ? "running" : mode == Mode::pause ? "paused" : "stopped";
}

std::string_view state_of(Reading const& reading) {
  if (reading.mode == Mode::stop) return reading.breached ? "stopped" : "met";
  if (reading.breached) return "breached";
  return name_of(reading.mode);
}

}  // namespace

std::optional<Reading> read_clock(ClockPolicy const& policy, std::string_view priority,
                                  std::vector<Interval> const& intervals, Instant now) {
  auto const target = policy.targets.find(std::string(priority));
  if (target == policy.targets.end() || intervals.empty()) return std::nullopt;
  auto const& calendar = *target->second.calendar;
  Reading reading;
  reading.id = policy.id;
  reading.calendar_id = target->second.calendar_id;
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    auto const from = intervals[i].since;
    auto const to = i + 1 < intervals.size() ? intervals[i + 1].since : now;
    auto const mode = mode_in(policy, intervals[i].state);
    if (i == 0 || mode != reading.mode)
      reading.moves.push_back({from, mode, intervals[i].state, reading.elapsed});
    if (mode == Mode::stop && reading.mode != Mode::stop) reading.met_at = from;
    if (mode != Mode::stop) reading.met_at.reset();
    reading.mode = mode;
    if (mode != Mode::run) continue;
    auto const left = target->second.within - reading.elapsed;
    reading.target_at = calendar.add_working(from, left);
    reading.elapsed += calendar.working_between(from, std::max(from, to));
  }
  if (intervals.size() == 1 && reading.mode == Mode::stop) reading.met_at = intervals.front().since;
  if (reading.mode == Mode::pause) reading.target_at.reset();
  reading.remaining = target->second.within - reading.elapsed;
  reading.breached = reading.remaining < Milliseconds{0};
  return reading;
}

json::object to_json(Reading const& reading) {
  auto const instant = [](std::optional<Instant> const& at) {
    return at ? json::value(format_instant(*at)) : json::value(nullptr);
  };
  json::array explanation;
  for (auto const& move : reading.moves)
    explanation.push_back(json::object{{"at", format_instant(move.at)},
                                       {"mode", name_of(move.mode)},
                                       {"state", move.state},
                                       {"elapsed_ms", move.elapsed.count()}});
  return {{"name", reading.id},
          {"state", state_of(reading)},
          {"calendar", reading.calendar_id},
          {"target_at", instant(reading.target_at)},
          {"met_at", instant(reading.met_at)},
          {"elapsed_ms", reading.elapsed.count()},
          {"remaining_ms", reading.remaining.count()},
          {"breached", reading.breached},
          {"explanation", std::move(explanation)}};
}

}  // namespace yunzhi::record
