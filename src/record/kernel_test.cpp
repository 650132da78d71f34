#include "record/kernel.hpp"

#include <doctest/doctest.h>

#include "base/id.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

TEST_CASE("a new record has its defaults, its number, its maker and its first version") {
  Workshop house;
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const first = house.open(chief, "errand", {{"title", "Bulbs"}}).value();
    CHECK(first.at("number") == "ERR-2026-001");
    CHECK(first.at("created_by") == json::value(chief.person));
    CHECK(first.at("created_at") == "2026-11-23T02:00:00.000Z");
    CHECK(first.at("priority") == "p3");
    CHECK(first.at("helpers") == json::array());
    CHECK(is_id(first.at("id").get_string()));
    CHECK(house.open(chief, "errand", {{"title", "Fuses"}})->at("number") == "ERR-2026-002");
    CHECK(house.get(chief, "errand", text_of(first, "id"))->at("title") == "Bulbs");
  });
}

TEST_CASE("every fault of what was given is named at once, and no number is spent on it") {
  Workshop house;
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const refused =
        house.open(chief, "errand", {{"title", "  "}, {"colour", "red"}, {"state", "done"}, {"due", "soon"}});
    auto const text = wrong(refused);
    CHECK(text.find("/title must not be empty") != std::string::npos);
    CHECK(text.find("/colour is not a field of this record") != std::string::npos);
    CHECK(text.find("/state cannot be set here") != std::string::npos);
    CHECK(text.find("/due must be a time") != std::string::npos);
    CHECK(wrong(house.open(chief, "errand", {{"note", "x"}})) == "/title must not be empty");
    CHECK(wrong(house.open(chief, "errand", {{"title", "x"}, {"priority", nullptr}})) ==
          "/priority must not be empty");
    CHECK(house.open(chief, "errand", {{"title", "x"}})->at("number") == "ERR-2026-001");
  });
}

TEST_CASE("a reference names a record that is there and that the person may see") {
  Workshop house;
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const visitor = house.person("Visitor", "visitor");
    auto const nobody = new_id(house.now);
    CHECK(wrong(house.open(chief, "errand", {{"title", "x"}, {"owner", nobody}})) ==
          "/owner there is no person with this id that you may see");
    CHECK(wrong(house.open(chief, "errand", {{"title", "x"}, {"helpers", {chief.person, nobody}}})) ==
          "/helpers/1 there is no person with this id that you may see");
    CHECK(wrong(house.open(visitor, "errand", {{"title", "x"}, {"owner", chief.person}})) ==
          "/owner there is no person with this id that you may see");
    CHECK(house.open(chief, "errand", {{"title", "x"}, {"owner", visitor.person}}).has_value());
  });
}

TEST_CASE("who may not report is refused, whoever asks for something else's permission") {
  Workshop house;
  house.each([&] {
    auto const auditor = house.person("Auditor", "auditor");
    CHECK(house.open(auditor, "errand", {{"title", "x"}}).error().why == Why::forbidden);
  });
}

TEST_CASE("a patch needs the version the person saw, and only its editable fields") {
  Workshop house;
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const id = text_of(house.open(chief, "errand", {{"title", "Bulbs"}}).value(), "id");
    CHECK(house.patch(chief, "errand", id, {{"title", "x"}}, "").error().why == Why::stale);
    CHECK(house.patch(chief, "errand", id, {{"title", "x"}}, "\"7\"").error().why == Why::stale);
    CHECK(wrong(house.patch(chief, "errand", id, {{"result", "x"}})) == "/result cannot be set here");
    CHECK(wrong(house.patch(chief, "errand", id, {{"title", ""}})) == "/title must not be empty");
    auto const version = house.get(chief, "errand", id)->at("version").to_number<std::int64_t>();
    house.now += std::chrono::hours{1};
    auto const after =
        house.patch(chief, "errand", id, {{"title", "Lamps"}}, "\"" + std::to_string(version) + "\"").value();
    CHECK(after.at("title") == "Lamps");
    CHECK(after.at("version") == version + 1);
    CHECK(after.at("updated_at") == "2026-11-23T03:00:00.000Z");
    CHECK(house.get(chief, "errand", id).value() == after);
    CHECK(house.patch(chief, "errand", id, {{"title", "Lamps"}})->at("version") == version + 1);
  });
}

TEST_CASE("a record beyond a person's scope is missing, not forbidden") {
  Workshop house;
  house.each([&] {
    auto const ward = house.unit("Ward");
    auto const bay = house.unit("Bay", ward);
    auto const lab = house.unit("Laboratory");
    auto const chief = house.person("Chief", "operations_supervisor", lab);
    auto const nurse = house.person("Nurse", "business_operator", ward);
    auto const visitor = house.person("Visitor", "visitor", lab);
    auto const make = [&](json::object given) {
      given["title"] = "x";
      return text_of(house.open(chief, "errand", given).value(), "id");
    };
    auto const of_lab = make({{"unit", lab}});
    auto const of_bay = make({{"unit", bay}});
    auto const of_visitor = make({{"owner", visitor.person}});
    CHECK(house.get(nurse, "errand", of_bay).has_value());
    CHECK(house.get(nurse, "errand", of_lab).error().why == Why::missing);
    CHECK(house.get(visitor, "errand", of_visitor).has_value());
    CHECK(house.get(visitor, "errand", of_lab).error().why == Why::missing);
    CHECK(house.patch(visitor, "errand", of_lab, {{"title", "y"}}).error().why == Why::missing);
    CHECK(house.patch(visitor, "errand", of_visitor, {{"title", "y"}}).error().why == Why::forbidden);
    CHECK(house.get(chief, "errand", "no-id").error().why == Why::missing);
  });
}

TEST_CASE("labels name what a record refers to, but no record the person may not read") {
  Workshop house;
  house.each([&] {
    auto const ward = house.unit("Ward");
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const nurse = house.person("Nurse", "visitor");
    auto const made = house.open(chief, "errand", {{"title", "x"}, {"unit", ward}, {"owner", nurse.person}});
    auto const labels = [&](access::Actor const& actor) {
      return house.look([&](store::Reader& reader) {
        return house.kernel().labels(reader, actor, house.module("errand"), {*made});
      });
    };
    CHECK(labels(chief) == json::object{{ward, "Ward"}, {chief.person, "Chief"}, {nurse.person, "Nurse"}});
    // Names of people and units are the directory of the house; everything else keeps to its scope.
    CHECK(labels(nurse) == labels(chief));
  });
}

TEST_CASE("a clock that is overdue before anybody looked is still sounded") {
  Workshop house;
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const id = text_of(house.open(chief, "errand", {{"title", "x"}}).value(), "id");
    house.now += std::chrono::hours{3};
    REQUIRE(house.patch(chief, "errand", id, {{"priority", "p2"}}).has_value());
    CHECK(house.lifecycle().sound_clocks(house.store(), 10) == 1);
    CHECK(house.lifecycle().sound_clocks(house.store(), 10) == 0);
    REQUIRE(house.patch(chief, "errand", id, {{"priority", "p1"}}).has_value());
    CHECK(house.lifecycle().sound_clocks(house.store(), 10) == 0);
  });
}
