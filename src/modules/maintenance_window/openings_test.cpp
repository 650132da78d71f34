#include "modules/maintenance_window/openings.hpp"

#include <doctest/doctest.h>

#include "base/json.hpp"

using namespace yunzhi;
using modules::MaintenanceDays;

namespace {

// Monday to Friday; 2026-10-01 to 07 holidays, Saturday 2026-10-10 a make-up workday, 2027 not published.
modules::WindowCalendar house() {
  calendar::CalendarData data;
  data.zone = "Asia/Shanghai";
  for (std::size_t day = 1; day <= 5; ++day) data.week[day] = {{8 * 60, 17 * 60}};
  for (auto day = calendar::parse_day("2026-10-01").value(); day <= calendar::parse_day("2026-10-07").value();
       day += std::chrono::days{1})
    data.holidays[day] = "National Day";
  data.workdays.insert(calendar::parse_day("2026-10-10").value());
  data.years[2026] = false;
  return {calendar::Zone::find("Asia/Shanghai").value(),
          std::make_shared<calendar::WorkingCalendar const>(
              calendar::WorkingCalendar::make(std::move(data)).value())};
}

Instant at(std::string const& text) {
  return parse_instant(text + "+08:00").value();
}

std::string days_of(MaintenanceDays days, std::string const& from, std::string const& to,
                    std::string const& rule = "FREQ=DAILY", std::size_t most = 100) {
  auto const calendar = house();
  std::string found;
  modules::WindowPlan const nightly{at("2026-09-01T22:00:00"), at("2026-09-02T02:00:00"), rule, days};
  for (auto const& opening :
       modules::openings(nightly, calendar, at(from + "T12:00:00"), at(to + "T12:00:00"), most))
    found += calendar::format_day(calendar.zone.reading(opening.from).day).substr(5) + " ";
  return found;
}

}  // namespace

TEST_CASE(
    "given holidays and a make-up Saturday, a window on working days keeps to the days that are worked") {
  CHECK(days_of(MaintenanceDays::working, "2026-09-29", "2026-10-13") ==
        "09-29 09-30 10-08 10-09 10-10 10-12 ");
}

TEST_CASE("a window on days off opens on weekends and holidays, and not on the make-up Saturday") {
  CHECK(days_of(MaintenanceDays::non_working, "2026-09-25", "2026-10-12") ==
        "09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-11 ");
}

TEST_CASE("a window on every day knows no holidays") {
  CHECK(days_of(MaintenanceDays::every, "2026-09-30", "2026-10-03") == "09-30 10-01 10-02 ");
}

TEST_CASE("the rule decides first: a weekday rule never reaches the make-up Saturday") {
  CHECK(days_of(MaintenanceDays::working, "2026-10-05", "2026-10-14", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR") ==
        "10-08 10-09 10-12 10-13 ");
}

TEST_CASE("no more than asked for, and those are the first that are worked") {
  CHECK(days_of(MaintenanceDays::working, "2026-10-01", "2026-10-31", "FREQ=DAILY", 2) == "10-08 10-09 ");
}

TEST_CASE("a night belongs to the day it begins on, and is whole where the span begins within it") {
  auto const calendar = house();
  modules::WindowPlan const nightly{at("2026-09-01T22:00:00"), at("2026-09-02T02:00:00"), "FREQ=DAILY",
                                    MaintenanceDays::working};
  auto const into_holiday =
      modules::openings(nightly, calendar, at("2026-10-01T01:00:00"), at("2026-10-01T01:00:01"), 5);
  REQUIRE(into_holiday.size() == 1);
  CHECK(into_holiday.front().from == at("2026-09-30T22:00:00"));
  CHECK(into_holiday.front().to == at("2026-10-01T02:00:00"));
  CHECK(
      modules::openings(nightly, calendar, at("2026-10-08T01:00:00"), at("2026-10-08T01:00:01"), 5).empty());
}

TEST_CASE("an opening in a year whose holidays are not published says so, if it hangs on them") {
  auto const calendar = house();
  modules::WindowPlan nightly{at("2026-09-01T22:00:00"), at("2026-09-02T02:00:00"), "FREQ=DAILY",
                              MaintenanceDays::working};
  auto const in = [&](std::string const& day) {
    return modules::openings(nightly, calendar, at(day + "T21:00:00"), at(day + "T23:00:00"), 5).at(0);
  };
  CHECK_FALSE(in("2026-10-08").provisional);
  CHECK(in("2027-10-08").provisional);
  nightly.days = MaintenanceDays::every;
  CHECK_FALSE(in("2027-10-08").provisional);
}

TEST_CASE("without a working calendar only windows on every day recur") {
  modules::WindowCalendar const bare{calendar::Zone::find("Asia/Shanghai").value(), nullptr};
  modules::WindowPlan nightly{at("2026-09-01T22:00:00"), at("2026-09-02T02:00:00"), "FREQ=DAILY",
                              MaintenanceDays::working};
  CHECK(modules::openings(nightly, bare, at("2026-09-02T00:00:00"), at("2026-09-03T00:00:00"), 5).empty());
  nightly.days = MaintenanceDays::every;
  CHECK(modules::openings(nightly, bare, at("2026-09-02T03:00:00"), at("2026-09-03T00:00:00"), 5).size() ==
        1);
}

TEST_CASE("a window without a rule opens once, whatever day it is") {
  modules::WindowPlan const once{at("2026-10-01T22:00:00"), at("2026-10-02T02:00:00"), "",
                                 MaintenanceDays::every};
  CHECK(modules::openings(once, house(), at("2026-10-02T01:00:00"), at("2026-10-03T00:00:00"), 5).size() ==
        1);
  CHECK(modules::openings(once, house(), at("2026-10-02T02:00:00"), at("2026-10-03T00:00:00"), 5).empty());
}
