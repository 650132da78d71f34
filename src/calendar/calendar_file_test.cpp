#include "calendar/calendar_file.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::calendar;

namespace {
std::string problem(char const* text) {
  auto const parsed = parse_calendar(text, "office.yaml");
  return parsed ? "" : parsed.error().english();
}
}  // namespace

TEST_CASE("the calendars of the standard pack are read") {
  for (auto const* name : {"office", "always"})
    CHECK(load_calendar(std::string(YUNZHI_SOURCE) + "/packs/standard/calendars/" + name + ".yaml")
              .has_value());
}

TEST_CASE("a mistake in a calendar names its file and line") {
  CHECK(problem("id: a\nzone: Asia/Shanghai\nweek:\n  monday: [\"8-12\"]\n").find("office.yaml:4") == 0);
  CHECK(problem("id: a\nzone: Asia/Shanghai\nweek:\n  mondey: []\n").find("office.yaml:4") == 0);
  CHECK(problem("id: a\nzone: [\n").find("office.yaml:") == 0);
  CHECK(problem("id: a\nzone: Asia/Nowhere\nweek:\n  monday: [\"08:00-12:00\"]\n").find("Asia/Nowhere") !=
        std::string::npos);
}

TEST_CASE("a holiday outside its year and a day both off and worked are refused") {
  std::string const head =
      "id: a\nzone: Asia/Shanghai\nweek:\n  monday: [\"08:00-12:00\"]\nyears:\n  2026:\n";
  CHECK(problem((head + "    holidays: [2025-01-01]\n").c_str()).find("office.yaml:7") == 0);
  CHECK(problem((head + "    holidays: [2026-01-01]\n    workdays: [2026-01-01]\n").c_str())
            .find("office.yaml:8") == 0);
  CHECK(problem((head + "    holidays: [2026-02-30]\n").c_str()).find("office.yaml:7") == 0);
  CHECK(problem((head + "    holidays: [{name: x, from: 2026-05-05, to: 2026-05-01}]\n").c_str()) != "");
  CHECK(problem((head + "    holidays: [2026-01-01]\n").c_str()) == "");
}
