#include "calendar/stretch.hpp"

#include <random>

#include <doctest/doctest.h>

#include "calendar/calendar_file.hpp"

using namespace yunzhi;
using namespace yunzhi::calendar;

namespace {

Stretch from_to(int from, int to) {
  return {from_ms(from), from_ms(to)};
}

bool has(Stretches const& all, int at) {
  for (auto const& one : all)
    if (one.from <= from_ms(at) && from_ms(at) < one.to) return true;
  return false;
}

Stretches any(std::mt19937& random) {
  Stretches all;
  for (auto count = random() % 8; count > 0; --count) {
    int const from = static_cast<int>(random() % 60);
    all.push_back(from_to(from, from + static_cast<int>(random() % 12) - 1));
  }
  return all;
}

}  // namespace

TEST_CASE("stretches that touch become one, empty and turned ones fall away") {
  CHECK(merged({from_to(5, 9), from_to(0, 3), from_to(3, 4), from_to(7, 12), from_to(20, 20),
                from_to(30, 25)}) == Stretches{from_to(0, 4), from_to(5, 12)});
}

TEST_CASE("what is taken away leaves the parts on both sides of it") {
  CHECK(without({from_to(0, 10), from_to(20, 30)}, {from_to(2, 4), from_to(9, 22)}) ==
        Stretches{from_to(0, 2), from_to(4, 9), from_to(22, 30)});
  CHECK(without({from_to(0, 10)}, {from_to(0, 10)}).empty());
}

TEST_CASE("a moment is in the result exactly when it is in the one and not in the other") {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    auto const one = any(random);
    auto const other = any(random);
    auto const all = merged(one);
    auto const left = without(all, merged(other));
    auto const inside = within(all, from_to(10, 40));
    for (int at = -2; at < 80; ++at) {
      CHECK(has(all, at) == has(one, at));
      CHECK(has(left, at) == (has(one, at) && !has(other, at)));
      CHECK(has(inside, at) == (has(one, at) && at >= 10 && at < 40));
    }
    CHECK(merged(left) == left);
  }
}

TEST_CASE("only the working hours of stretches are working time") {
  auto const office =
      load_calendar(std::string(YUNZHI_SOURCE) + "/packs/standard/calendars/office.yaml").value();
  auto const at = [](char const* text) { return parse_instant(text).value(); };
  CHECK(working(office, {{at("2026-11-23T07:00:00+08:00"), at("2026-11-23T09:00:00+08:00")},
                         {at("2026-11-28T09:00:00+08:00"), at("2026-11-28T10:00:00+08:00")}}) ==
        std::chrono::hours{1});
}
