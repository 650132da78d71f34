#include "base/instant.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;

TEST_CASE("an instant survives being written and read") {
  auto const instant = from_ms(1795413900123);
  CHECK(parse_instant(format_instant(instant)).value() == instant);
}

TEST_CASE("an offset moves the instant to UTC") {
  CHECK(format_instant(parse_instant("2026-11-23T14:05:00+08:00").value()) == "2026-11-23T06:05:00.000Z");
  CHECK(format_instant(parse_instant("2026-11-23T14:05:00.25-03:30").value()) == "2026-11-23T17:35:00.250Z");
}

TEST_CASE("what is no time is refused with an example of one") {
  for (auto const* text :
       {"", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
        "2026-01-01T00:00:00Zx", "yesterday", "1969-12-31T23:59:59Z"}) {
    auto const instant = parse_instant(text);
    REQUIRE_MESSAGE(instant.has_error(), text);
    CHECK(instant.error().english().find("2026-11-23T14:05:00+08:00") != std::string::npos);
  }
}

TEST_CASE("a leap second is taken as the second before it") {
  CHECK(parse_instant("2016-12-31T23:59:60Z").value() == parse_instant("2016-12-31T23:59:59Z").value());
}

TEST_CASE("durations are read and written in ISO 8601") {
  using namespace std::chrono;
  CHECK(parse_duration("PT1H30M").value() == minutes{90});
  CHECK(parse_duration("P1DT0.5S").value() == hours{24} + milliseconds{500});
  CHECK(parse_duration("P2W").value() == days{14});
  CHECK(format_duration(minutes{90}) == "PT1H30M");
  CHECK(format_duration(hours{48}) == "P2D");
  CHECK(format_duration(milliseconds{61'500}) == "PT1M1.500S");
  CHECK(format_duration(milliseconds{0}) == "PT0S");
  CHECK(parse_duration("-PT5M").value() == minutes{-5});
}

TEST_CASE("durations with months, wrong order or no figure are refused") {
  for (auto const* text :
       {"", "P", "PT", "P1M", "P1Y", "PT1M1H", "P1H", "PT1D", "1H", "PTM", "PT1.5H", "PT1"})
    CHECK_MESSAGE(parse_duration(text).has_error(), text);
}
