#include "calendar/shift_plan.hpp"

#include <set>

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::calendar;

namespace {

std::vector<ShiftPlan> standard() {
  return load_shifts(std::string(YUNZHI_SOURCE) + "/packs/standard/shifts.yaml").value();
}

std::string crew_at(ShiftPlan const& plan, char const* when) {
  auto const on = plan.on_duty(parse_instant(when).value());
  return on.size() == 1 ? on.front().crew + " " + on.front().shift : std::to_string(on.size());
}

}  // namespace

TEST_CASE("crews follow the pattern from its anchor, each some days behind") {
  auto const plan = standard().front();
  CHECK(crew_at(plan, "2026-01-05T09:00:00+08:00") == "system-1 D");
  CHECK(crew_at(plan, "2026-01-06T09:00:00+08:00") == "system-1 D");
  CHECK(crew_at(plan, "2026-01-07T09:00:00+08:00") == "system-2 D");
  CHECK(crew_at(plan, "2026-01-07T17:00:00+08:00") == "system-1 E");
}

TEST_CASE("a night that ends past midnight belongs to the day its letter stands for") {
  auto const plan = standard().front();
  CHECK(crew_at(plan, "2026-01-10T00:30:00+08:00") == "system-1 N");
  CHECK(crew_at(plan, "2026-01-10T07:59:59+08:00") == "system-1 N");
}

TEST_CASE("the standard pack leaves no hour without exactly one system crew, before its anchor too") {
  auto const plan = standard().front();
  auto at = parse_instant("2025-12-20T00:00:00Z").value();
  for (int hour = 0; hour < 24 * 40; ++hour, at += std::chrono::hours{1})
    REQUIRE(plan.on_duty(at).size() == 1);
}

TEST_CASE("a plan by calendar has no crews") {
  auto const plan = standard().back();
  CHECK(plan.calendar == "office");
  CHECK(plan.on_duty(parse_instant("2026-01-07T17:00:00+08:00").value()).empty());
}

TEST_CASE("a letter without hours is refused with its line") {
  auto const parsed = parse_shifts(
      "- role: r\n  zone: Asia/Shanghai\n  anchor: 2026-01-05\n  pattern: \"DX\"\n"
      "  hours: {D: {from: \"08:00\", to: \"16:00\"}}\n  crews: [{id: a}]\n",
      "shifts.yaml");
  REQUIRE(parsed.has_error());
  CHECK(parsed.error().english().find("shifts.yaml:4") == 0);
}

TEST_CASE("the shifts of a span are those that have a moment of it, in the order they begin") {
  auto const plans = load_shifts(std::string(YUNZHI_SOURCE) + "/packs/standard/shifts.yaml").value();
  auto const from = parse_instant("2026-01-05T10:00:00+08:00").value();
  auto const shifts = plans.at(0).shifts_between(from, from + std::chrono::hours{12});
  REQUIRE(shifts.size() == 2);
  CHECK(shifts[0].shift == 'D');
  CHECK(shifts[1].shift == 'E');
  CHECK(plans.at(0).shifts_between(from, from + std::chrono::days{4}).size() == 13);
  CHECK(plans.at(0).shifts_between(from, from).empty());
}
