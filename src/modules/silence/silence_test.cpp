#include "modules/silence/silence.hpp"

#include <doctest/doctest.h>

#include "modules/registry.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

Plan plan() {
  Plan plan;
  plan.settings.numbering = {{"silence", "SIL-{sequence:4}"}};
  plan.modules = modules::registry(plan.settings).all();
  plan.migrations = store::migrations_of({"store", "access", "notify", "process/durable", "record",
                                          "modules/system", "modules/maintenance_window", "modules/silence",
                                          "modules/incident", "modules/alert"});
  return plan;
}

struct Story {
  Workshop& house;
  access::Actor chief = house.person("Chief", "operations_supervisor");

  auto open(json::object more = {}) const {
    json::object given{{"matchers", "{alertname=\"Down\",instance=~\"10.*\"}"},
                       {"starts_at", "2026-11-25T22:00:00+08:00"},
                       {"ends_at", "2026-11-26T02:00:00+08:00"},
                       {"reason", "Known"}};
    for (auto const& member : more) given[member.key()] = member.value();
    return house.open(chief, "silence", given);
  }
  std::string at(std::string const& moment, std::string const& instance = "10.0.0.1") const {
    return house.look([&](store::Reader& reader) {
      return modules::silence_of(reader, {{"alertname", "Down"}, {"instance", instance}},
                                 parse_instant(moment).value());
    });
  }
};

}  // namespace

TEST_CASE(
    "an alert is quiet while a silence names its labels, and the silence is signed by who asked for it") {
  Workshop house(plan());
  house.each([&] {
    Story const story{house};
    auto const made = story.open();
    REQUIRE_MESSAGE(made.has_value(), wrong(made));
    auto const id = text_of(*made, "id");
    CHECK(text_of(*made, "author") == "Chief");
    CHECK(text_of(*made, "matchers") == "alertname=\"Down\", instance=~\"10.*\"");
    CHECK(story.at("2026-11-25T21:59:59+08:00").empty());
    CHECK(story.at("2026-11-25T22:00:00+08:00") == id);
    CHECK(story.at("2026-11-26T02:00:00+08:00").empty());
    CHECK(story.at("2026-11-25T23:00:00+08:00", "192.0.2.1").empty());
    REQUIRE(house.patch(story.chief, "silence", id, {{"ends_at", "2026-11-25T22:30:00+08:00"}}).has_value());
    CHECK(story.at("2026-11-25T23:00:00+08:00").empty());
  });
}

TEST_CASE("a silence needs matchers that can be read and do not fit everything, an end and a reason") {
  Workshop house(plan());
  house.each([&] {
    Story const story{house};
    auto const refusal = [&](json::object const& more) { return wrong(story.open(more)); };
    CHECK(refusal({{"matchers", "alertname="}}).starts_with("/matchers "));
    CHECK(refusal({{"matchers", "env!=\"test\""}}) ==
          "/matchers a selector needs at least one matcher that refuses the empty text");
    CHECK(refusal({{"ends_at", "2026-11-25T22:00:00+08:00"}}) == "/ends_at must be after the start");
    CHECK(refusal({{"ends_at", "2028-11-25T22:00:00+08:00"}}) ==
          "/ends_at must be at most 366 days after the start");
    CHECK(refusal({{"reason", " "}}).starts_with("/reason "));
    CHECK(refusal({{"ends_at", nullptr}}).starts_with("/ends_at "));
  });
}
