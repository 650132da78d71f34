#include "calendar/zone.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::calendar;
using namespace std::chrono_literals;

TEST_CASE("a skipped reading means the end of the gap, a repeated one its first time") {
  auto const zone = Zone::find("Europe/Berlin").value();
  CHECK(format_instant(zone.instant({*parse_day("2026-03-29"), 2h + 30min})) == "2026-03-29T01:00:00.000Z");
  CHECK(format_instant(zone.instant({*parse_day("2026-10-25"), 2h + 30min})) == "2026-10-25T00:30:00.000Z");
}

TEST_CASE("readings past midnight mean the next day") {
  auto const zone = Zone::find("Asia/Shanghai").value();
  CHECK(format_instant(zone.instant({*parse_day("2026-11-23"), 30h})) == "2026-11-23T22:00:00.000Z");
  auto const reading = zone.reading(parse_instant("2026-11-23T22:00:00Z").value());
  CHECK(format_day(reading.day) == "2026-11-24");
  CHECK(reading.time == 6h);
}

TEST_CASE("unknown zones and days are refused") {
  CHECK(Zone::find("Mars/Olympus").has_error());
  CHECK(parse_day("2026-02-30").has_error());
  CHECK(parse_day("2026-1-01").has_error());
}
