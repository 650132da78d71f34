#include "modules/maintenance_window/maintenance_window.hpp"

#include <doctest/doctest.h>

#include "modules/registry.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

Plan plan() {
  Plan plan;
  plan.settings.numbering = {{"system", "SYS-{sequence:4}"}, {"maintenance_window", "MW-{sequence:4}"}};
  plan.modules = modules::registry(plan.settings).all();
  plan.migrations = store::migrations_of({"store", "access", "notify", "process/durable", "record",
                                          "modules/system", "modules/maintenance_window", "modules/silence",
                                          "modules/incident", "modules/alert"});
  return plan;
}

struct Story {
  Workshop& house;
  access::Actor chief = house.person("Chief", "operations_supervisor");
  std::string system = text_of(house.open(chief, "system", {{"name", "HIS"}}).value(), "id");

  json::object window(json::object more = {}) const {
    json::object given{{"title", "Upgrade"},
                       {"systems", json::array{system}},
                       {"starts_at", "2026-11-25T22:00:00+08:00"},
                       {"ends_at", "2026-11-26T02:00:00+08:00"}};
    for (auto const& member : more) given[member.key()] = member.value();
    return given;
  }
  auto open(json::object const& given) const { return house.open(chief, "maintenance_window", given); }
  std::string at(std::string const& moment, std::string const& of = "") const {
    auto const zone = calendar::Zone::find("Asia/Shanghai").value();
    return house.look([&](store::Reader& reader) {
      return modules::maintenance_window_of(reader, of.empty() ? system : of, parse_instant(moment).value(),
                                            zone);
    });
  }
};

}  // namespace

TEST_CASE("a system is in its window from the start until just before the end") {
  Workshop house(plan());
  house.each([&] {
    Story const story{house};
    auto const id = text_of(story.open(story.window()).value(), "id");
    CHECK(story.at("2026-11-25T21:59:59+08:00").empty());
    CHECK(story.at("2026-11-25T22:00:00+08:00") == id);
    CHECK(story.at("2026-11-26T01:59:59+08:00") == id);
    CHECK(story.at("2026-11-26T02:00:00+08:00").empty());
    auto const other = text_of(house.open(story.chief, "system", {{"name", "LIS"}}).value(), "id");
    CHECK(story.at("2026-11-25T23:00:00+08:00", other).empty());
  });
}

TEST_CASE("a recurring window comes again on the wall clock, as long as the first time") {
  Workshop house(plan());
  house.each([&] {
    Story const story{house};
    auto const id = text_of(story.open(story.window({{"recurrence", "FREQ=WEEKLY;BYDAY=WE"}})).value(), "id");
    CHECK(story.at("2026-12-02T22:00:00+08:00") == id);
    CHECK(story.at("2026-12-03T01:30:00+08:00") == id);
    CHECK(story.at("2026-12-03T02:00:00+08:00").empty());
    CHECK(story.at("2026-12-03T23:00:00+08:00").empty());
    CHECK(story.at("2026-11-18T23:00:00+08:00").empty());
  });
}

TEST_CASE("a cancelled window holds nothing back") {
  Workshop house(plan());
  house.each([&] {
    Story const story{house};
    auto const id = text_of(story.open(story.window()).value(), "id");
    REQUIRE(house.patch(story.chief, "maintenance_window", id, {{"state", "cancelled"}}).has_value());
    CHECK(story.at("2026-11-25T23:00:00+08:00").empty());
  });
}

TEST_CASE("a window needs systems, an end after its start, and a rule that can be walked") {
  Workshop house(plan());
  house.each([&] {
    Story const story{house};
    auto const refusal = [&](json::object const& more) { return wrong(story.open(story.window(more))); };
    CHECK(refusal({{"systems", json::array()}}) == "/systems must not be empty");
    CHECK(refusal({{"ends_at", "2026-11-25T22:00:00+08:00"}}) == "/ends_at must be after the start");
    CHECK(refusal({{"ends_at", "2027-01-25T22:00:00+08:00"}}) ==
          "/ends_at must be at most 31 days after the start");
    CHECK(refusal({{"recurrence", "FREQ=SECONDLY"}}).starts_with("/recurrence "));
    CHECK(refusal({{"ends_at", nullptr}}).starts_with("/ends_at "));
  });
}
