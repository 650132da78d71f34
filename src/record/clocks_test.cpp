#include "record/clocks.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

Instant at(char const* text) {
  return parse_instant(text).value();
}

// Monday to Friday, 09:00 to 17:00 in UTC.
std::shared_ptr<calendar::WorkingCalendar const> office() {
  calendar::CalendarData data;
  data.id = "office";
  data.zone = "UTC";
  for (std::size_t day = 1; day <= 5; ++day) data.week[day] = {{9 * 60, 17 * 60}};
  return std::make_shared<calendar::WorkingCalendar const>(
      calendar::WorkingCalendar::make(std::move(data)).value());
}

ClockPolicy resolution() {
  ClockPolicy policy;
  policy.id = "resolution";
  policy.targets["p3"] = {std::chrono::hours{8}, "office", office()};
  policy.states = {{"reported", Mode::run}, {"confirming", Mode::pause}, {"closed", Mode::stop}};
  return policy;
}

}  // namespace

TEST_CASE("given a fault on Friday afternoon, eight working hours end on Monday afternoon") {
  auto const reading =
      read_clock(resolution(), "p3", {{"reported", at("2026-11-20T15:00:00Z")}}, at("2026-11-21T12:00:00Z"));
  REQUIRE(reading.has_value());
  CHECK(reading->target_at == at("2026-11-23T15:00:00Z"));
  CHECK(reading->elapsed == std::chrono::hours{2});
  CHECK_FALSE(reading->breached);
}

TEST_CASE("waiting for the reporter does not count, and work sent back counts on") {
  std::vector<Interval> const states = {{"reported", at("2026-11-23T09:00:00Z")},
                                        {"confirming", at("2026-11-23T12:00:00Z")},
                                        {"diagnosing", at("2026-11-23T16:00:00Z")}};
  auto const paused = read_clock(resolution(), "p3", {states[0], states[1]}, at("2026-11-23T15:00:00Z"));
  CHECK(paused->elapsed == std::chrono::hours{3});
  CHECK_FALSE(paused->target_at.has_value());
  auto const running = read_clock(resolution(), "p3", states, at("2026-11-23T16:30:00Z"));
  CHECK(running->target_at == at("2026-11-24T13:00:00Z"));
  CHECK(running->moves.size() == 3);
}

TEST_CASE("a clock that ran out is breached before and after it stops") {
  std::vector<Interval> states = {{"reported", at("2026-11-23T09:00:00Z")}};
  auto const late = read_clock(resolution(), "p3", states, at("2026-11-24T10:00:00Z"));
  CHECK(late->breached);
  CHECK(late->remaining == -std::chrono::hours{1});
  states.push_back({"closed", at("2026-11-24T10:00:00Z")});
  auto const stopped = read_clock(resolution(), "p3", states, at("2026-11-30T10:00:00Z"));
  CHECK(stopped->breached);
  CHECK(stopped->met_at == at("2026-11-24T10:00:00Z"));
  CHECK(to_json(*stopped).at("state") == "stopped");
}

TEST_CASE("a priority without a promise has no clock") {
  CHECK_FALSE(
      read_clock(resolution(), "p9", {{"reported", at("2026-11-23T09:00:00Z")}}, at("2026-11-23T10:00:00Z"))
          .has_value());
}
