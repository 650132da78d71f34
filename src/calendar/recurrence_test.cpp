#include "calendar/recurrence.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::calendar;
using namespace std::chrono_literals;

namespace {

std::string walk(char const* rule, char const* start_day, std::chrono::minutes time, char const* from,
                 char const* to, char const* zone = "Asia/Shanghai", std::size_t most = 100) {
  auto const place = Zone::find(zone).value();
  auto const found = occurrences({rule, {parse_day(start_day).value(), time}}, place,
                                 parse_instant(from).value(), parse_instant(to).value(), most);
  if (!found) return found.error().english();
  std::string text;
  for (auto const at : *found) {
    auto const reading = place.reading(at);
    auto const minutes = std::chrono::floor<std::chrono::minutes>(reading.time).count();
    text += format_day(reading.day).substr(5) + "@" + std::to_string(minutes / 60) + " ";
  }
  return text;
}

}  // namespace

TEST_CASE("a weekly rule gives its days within the window") {
  CHECK(walk("FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-02", 8h, "2026-11-15T00:00:00Z", "2026-11-27T00:00:00Z") ==
        "11-16@8 11-19@8 11-23@8 11-26@8 ");
}

TEST_CASE("the start counts only when the rule matches it") {
  CHECK(walk("FREQ=WEEKLY;BYDAY=MO", "2026-11-03", 8h, "2026-11-01T00:00:00Z", "2026-11-20T00:00:00Z") ==
        "11-09@8 11-16@8 ");
  CHECK(walk("FREQ=WEEKLY;BYDAY=MO;COUNT=2", "2026-11-03", 8h, "2026-11-01T00:00:00Z",
             "2026-12-20T00:00:00Z") == "11-09@8 11-16@8 ");
  CHECK(walk("FREQ=WEEKLY;BYDAY=TU;COUNT=2", "2026-11-03", 8h, "2026-11-01T00:00:00Z",
             "2026-12-20T00:00:00Z") == "11-03@8 11-10@8 ");
  CHECK(walk("FREQ=MONTHLY", "2026-11-03", 8h, "2026-11-01T00:00:00Z", "2026-12-20T00:00:00Z") ==
        "11-03@8 12-03@8 ");
}

TEST_CASE("an interval keeps its step when the window is far from the start") {
  CHECK(walk("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-01-05", 8h, "2026-11-01T00:00:00Z",
             "2026-12-01T00:00:00Z") == "11-09@8 11-23@8 ");
  CHECK(walk("FREQ=DAILY;INTERVAL=3", "2026-01-01", 8h, "2026-02-01T00:00:00Z", "2026-02-08T00:00:00Z") ==
        "02-03@8 02-06@8 ");
}

TEST_CASE("the last Friday and the last working day of a month are found") {
  CHECK(walk("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-30", 9h, "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z") ==
        "11-27@9 12-25@9 ");
  CHECK(walk("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-01", 9h, "2026-10-01T00:00:00Z",
             "2026-12-01T00:00:00Z") == "10-30@9 11-30@9 ");
}

TEST_CASE("the wall clock is kept across daylight saving time and an end in UTC is honoured") {
  CHECK(walk("FREQ=DAILY;UNTIL=20260330T060000Z", "2026-03-27", 8h, "2026-03-01T00:00:00Z",
             "2026-05-01T00:00:00Z", "Europe/Berlin") == "03-27@8 03-28@8 03-29@8 03-30@8 ");
}

TEST_CASE("the count of answers is bounded and rules that recur too often or say nothing are refused") {
  CHECK(walk("FREQ=HOURLY", "2026-01-01", 0h, "2026-01-01T00:00:00Z", "2030-01-01T00:00:00Z", "Asia/Shanghai",
             2) == "01-01@8 01-01@9 ");
  for (auto const* rule : {"", "FREQ=SECONDLY", "FREQ=MINUTELY", "BYDAY=MO", "nonsense", "FREQ=DAILY;FOO=1",
                           "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYDAY=XX", "RSCALE=CHINESE;FREQ=YEARLY"})
    CHECK_MESSAGE(check_rule(rule).has_error(), rule);
  CHECK(walk("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01", 0h, "2026-01-01T00:00:00Z",
             "2036-01-01T00:00:00Z") == "");
}
