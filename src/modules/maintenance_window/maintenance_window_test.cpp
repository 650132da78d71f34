#include "modules/maintenance_window/maintenance_window.hpp"

#include <doctest/doctest.h>

#include "calendar/calendar_file.hpp"
#include "modules/registry.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

// 2026-10-01 to 07 are holidays, Saturday 2026-10-10 makes up for them.
std::shared_ptr<calendar::WorkingCalendar const> office() {
  return std::make_shared<calendar::WorkingCalendar const>(
      calendar::parse_calendar("id: office\nname: {en: Office}\nzone: Asia/Shanghai\nweek:\n"
                               "  monday: [\"08:00-17:00\"]\n  tuesday: [\"08:00-17:00\"]\n"
                               "  wednesday: [\"08:00-17:00\"]\n  thursday: [\"08:00-17:00\"]\n"
                               "  friday: [\"08:00-17:00\"]\n  saturday: []\n  sunday: []\n"
                               "workday: [\"08:00-17:00\"]\nyears:\n  2026:\n    source: test\n"
                               "    provisional: false\n    holidays:\n"
                               "      - {name: National Day, from: 2026-10-01, to: 2026-10-07}\n"
                               "    workdays: [2026-10-10]\n",
                               "office.yaml")
          .value());
}

Plan plan() {
  Plan plan;
  plan.settings.numbering = {{"system", "SYS-{sequence:4}"}, {"maintenance_window", "MW-{sequence:4}"}};
  plan.settings.office = office();
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
    return house.look([&](store::Reader& reader) {
      return modules::maintenance_window_of(reader, of.empty() ? system : of, parse_instant(moment).value(),
                                            {calendar::Zone::find("Asia/Shanghai").value(), office()});
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

TEST_CASE("a window on working days stays shut on a holiday and opens on the Saturday that makes up for it") {
  Workshop house(plan());
  house.each([&] {
    Story const story{house};
    auto const id = text_of(story
                                .open(story.window({{"starts_at", "2026-09-01T12:00:00+08:00"},
                                                    {"ends_at", "2026-09-01T13:00:00+08:00"},
                                                    {"recurrence", "FREQ=DAILY"},
                                                    {"days", "working"}}))
                                .value(),
                            "id");
    CHECK(story.at("2026-09-30T12:30:00+08:00") == id);
    CHECK(story.at("2026-10-01T12:30:00+08:00").empty());
    CHECK(story.at("2026-10-10T12:30:00+08:00") == id);
    CHECK(story.at("2026-10-11T12:30:00+08:00").empty());
  });
}

TEST_CASE(
    "days of the working calendar are for windows that recur, where the regulation has such a calendar") {
  Workshop house(plan());
  house.each([&] {
    Story const story{house};
    CHECK(wrong(story.open(story.window({{"days", "working"}}))) ==
          "/days only a window that recurs chooses its days; give a recurrence such as FREQ=DAILY");
    CHECK(wrong(story.open(story.window({{"days", "weekend"}}))).starts_with("/days "));
    CHECK(text_of(story.open(story.window()).value(), "days") == "every");
  });
  modules::WindowPlan const plan{Instant{}, Instant{} + std::chrono::hours{1}, "FREQ=DAILY",
                                 modules::MaintenanceDays::working};
  auto const refused = modules::check_window(plan, false);
  REQUIRE(refused.has_error());
  CHECK(refused.error().english() == "/days: the regulation has no working calendar 'office'");
}

TEST_CASE("the openings of all planned windows in a span are in order, a cancelled window has none") {
  Workshop house(plan());
  house.each([&] {
    Story const story{house};
    story.open(story.window({{"title", "Once"}})).value();
    story
        .open(story.window({{"title", "Daily"},
                            {"starts_at", "2026-11-24T12:00:00+08:00"},
                            {"ends_at", "2026-11-24T13:00:00+08:00"},
                            {"recurrence", "FREQ=DAILY"}}))
        .value();
    auto const cancelled = text_of(story.open(story.window({{"title", "Never"}})).value(), "id");
    REQUIRE(house.patch(story.chief, "maintenance_window", cancelled, {{"state", "cancelled"}}).has_value());
    auto const found = house.look([&](store::Reader& reader) {
      return modules::planned_openings(reader, {calendar::Zone::find("Asia/Shanghai").value(), office()},
                                       parse_instant("2026-11-25T00:00:00+08:00").value(),
                                       parse_instant("2026-11-27T00:00:00+08:00").value(), 10);
    });
    std::string told;
    for (auto const& one : found) told += one.title + " " + format_instant(one.opening.from) + "; ";
    CHECK(told ==
          "Daily 2026-11-25T04:00:00.000Z; Once 2026-11-25T14:00:00.000Z; Daily 2026-11-26T04:00:00.000Z; ");
    CHECK(found.front().systems == std::vector<std::string>{story.system});
  });
}
