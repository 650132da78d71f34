#include "calendar/working_calendar.hpp"

#include <random>

#include <doctest/doctest.h>

#include "calendar/calendar_file.hpp"

using namespace yunzhi;
using namespace yunzhi::calendar;
using namespace std::chrono_literals;

namespace {

Instant at(char const* text) {
  return parse_instant(text).value();
}

WorkingCalendar office() {
  return load_calendar(std::string(YUNZHI_SOURCE) + "/packs/standard/calendars/office.yaml").value();
}

WorkingCalendar of(char const* zone, Hours const& everyday) {
  CalendarData data;
  data.zone = zone;
  data.week.fill(everyday);
  return WorkingCalendar::make(std::move(data)).value();
}

}  // namespace

TEST_CASE("working time runs within hours and rests at lunch and at night") {
  auto const calendar = office();
  CHECK(calendar.is_working(at("2026-11-23T09:00:00+08:00")));
  CHECK_FALSE(calendar.is_working(at("2026-11-23T12:00:00+08:00")));
  CHECK(calendar.next_opening(at("2026-11-23T12:00:00+08:00")) == at("2026-11-23T13:30:00+08:00"));
  CHECK(calendar.add_working(at("2026-11-23T11:00:00+08:00"), 2h) == at("2026-11-23T14:30:00+08:00"));
  CHECK(calendar.add_working(at("2026-11-23T17:00:00+08:00"), 1h) == at("2026-11-24T08:30:00+08:00"));
}

TEST_CASE("a target that ends with the day is due at closing, not at the next opening") {
  auto const calendar = office();
  CHECK(calendar.add_working(at("2026-11-23T08:00:00+08:00"), 8h) == at("2026-11-23T17:30:00+08:00"));
}

TEST_CASE("holidays are skipped and make-up workdays count") {
  auto const calendar = office();
  // National Day 2026: 1 to 7 October off, Saturday 10 October worked, Sunday 20 September worked.
  CHECK(calendar.working_between(at("2026-10-01T00:00:00+08:00"), at("2026-10-08T00:00:00+08:00")) == 0h);
  CHECK(calendar.is_working(at("2026-10-10T09:00:00+08:00")));
  CHECK(calendar.is_working(at("2026-09-20T09:00:00+08:00")));
  CHECK(calendar.add_working(at("2026-09-30T17:00:00+08:00"), 1h) == at("2026-10-08T08:30:00+08:00"));
}

TEST_CASE("a year is provisional when its holidays are, or when it has no data") {
  auto const calendar = office();
  CHECK_FALSE(calendar.provisional(at("2026-06-01T00:00:00Z")));
  CHECK(calendar.provisional(at("2027-06-01T00:00:00Z")));
  CHECK(calendar.provisional(at("2031-06-01T00:00:00Z")));
  CHECK_FALSE(of("Asia/Shanghai", {{0, 1440}}).provisional(at("2031-06-01T00:00:00Z")));
}

TEST_CASE("around the clock, working time is elapsed time, daylight saving included") {
  auto const calendar = of("Europe/Berlin", {{0, 1440}});
  CHECK(calendar.working_between(at("2026-03-29T00:00:00+01:00"), at("2026-03-30T00:00:00+02:00")) == 23h);
  CHECK(calendar.working_between(at("2026-10-25T00:00:00+02:00"), at("2026-10-26T00:00:00+01:00")) == 25h);
}

TEST_CASE("a night shift is as long as it was lived when the clock changes") {
  auto const calendar = of("America/New_York", {{22 * 60, 30 * 60}});
  // The clock went forward at 02:00 on 8 March 2026.
  CHECK(calendar.working_between(at("2026-03-07T12:00:00-05:00"), at("2026-03-08T12:00:00-04:00")) == 7h);
  CHECK(calendar.is_working(at("2026-03-08T05:59:00-04:00")));
  CHECK_FALSE(calendar.is_working(at("2026-03-08T06:00:00-04:00")));
}

TEST_CASE("the night of New Year's Eve is counted once") {
  auto const calendar = of("Asia/Shanghai", {{22 * 60, 30 * 60}});
  CHECK(calendar.working_between(at("2026-12-31T12:00:00+08:00"), at("2027-01-01T12:00:00+08:00")) == 8h);
  CHECK(calendar.is_working(at("2027-01-01T03:00:00+08:00")));
  CHECK(calendar.add_working(at("2026-12-31T23:00:00+08:00"), 4h) == at("2027-01-01T03:00:00+08:00"));
}

TEST_CASE("adding working time and counting it back agree") {
  std::mt19937_64 random(20261123);
  WorkingCalendar const calendars[] = {office(), of("Europe/Berlin", {{8 * 60, 12 * 60}, {22 * 60, 30 * 60}}),
                                       of("America/New_York", {{0, 1440}}),
                                       of("Asia/Kathmandu", {{150, 151}})};
  auto const first = to_ms(at("2024-06-01T00:00:00Z"));
  for (auto const& calendar : calendars) {
    for (int i = 0; i < 3000; ++i) {
      auto const from = from_ms(first + static_cast<std::int64_t>(random() % (4ULL * 365 * 86'400'000)));
      Milliseconds const duration{1 + static_cast<std::int64_t>(random() % 400'000'000)};
      auto const to = calendar.add_working(from, duration);
      REQUIRE(calendar.working_between(from, to) == duration);
      // Nothing earlier will do.
      REQUIRE(calendar.working_between(from, to - 1ms) == duration - 1ms);
      REQUIRE(calendar.working_between(to, from) == -duration);
      auto const middle = from + (to - from) / 2;
      REQUIRE(calendar.working_between(from, middle) + calendar.working_between(middle, to) == duration);
      REQUIRE(calendar.is_working(calendar.next_opening(from)));
    }
  }
}

TEST_CASE("hours that overlap and a week without hours are refused") {
  CalendarData data;
  data.zone = "Asia/Shanghai";
  CHECK(WorkingCalendar::make(data).has_error());
  data.week[1] = {{480, 720}, {700, 800}};
  CHECK(WorkingCalendar::make(data).has_error());
  data.week[1] = {{480, 720}};
  CHECK(WorkingCalendar::make(data).has_value());
  data.zone = "Asia/Nowhere";
  CHECK(WorkingCalendar::make(data).has_error());
}
