#include "describe/struct.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::describe;

namespace {

enum class Level { low, high };
BOOST_DESCRIBE_ENUM(Level, low, high)

struct Base {
  Line number;
};
BOOST_DESCRIBE_STRUCT(Base, (), (number))

struct Drill : Base {
  Line title;
  Level level{};
  Instant held_at{};
  std::optional<Milliseconds> length;
  std::optional<Ref<"person">> leader;
  Refs<"system"> systems;
  bool passed = false;
  std::optional<double> score;
  Map labels;
};
BOOST_DESCRIBE_STRUCT(Drill, (Base), (title, level, held_at, length, leader, systems, passed, score, labels))

json::object whole() {
  return {{"number", "D-1"},
          {"title", "断电演练"},
          {"level", "high"},
          {"held_at", "2026-11-23T14:05:00+08:00"},
          {"length", "PT90M"},
          {"systems",
           json::array{"0190163d-8694-739b-aea5-966c26f8ad91", "0190163d-8694-739b-aea5-966c26f8ad91"}},
          {"passed", true},
          {"labels", {{"room", "机房"}}}};
}

}  // namespace

TEST_CASE("the fields of a struct follow its description, bases first") {
  auto const& all = fields<Drill>();
  REQUIRE(all.size() == 10);
  CHECK(all[0].name == "number");
  CHECK(all[2].choices == std::vector<std::string>{"low", "high"});
  CHECK(all[5].target == "person");
  CHECK_FALSE(all[5].required);
  CHECK(all[6].kind == Kind::references);
}

TEST_CASE("a checked object is canonical and becomes the struct and back") {
  auto const checked = check(fields<Drill>(), whole(), false);
  REQUIRE(checked.has_value());
  CHECK(checked->at("held_at") == "2026-11-23T06:05:00.000Z");
  CHECK(checked->at("length") == "PT1H30M");
  CHECK(checked->at("leader").is_null());
  auto const drill = from_json<Drill>(*checked);
  CHECK(drill.level == Level::high);
  CHECK(drill.systems.size() == 1);
  CHECK(to_json(drill) == *checked);
}

TEST_CASE("every fault is named at once with its pointer") {
  auto object = whole();
  object["level"] = "middling";
  object["held_at"] = "noon";
  object["wings"] = 2;
  object.erase("title");
  object["systems"] = json::array{"x"};
  auto const checked = check(fields<Drill>(), object, false);
  REQUIRE(checked.has_error());
  auto const text = checked.error().english();
  for (auto const* part :
       {"/level: must be one of low, high", "/held_at: must be a time", "/wings: is not a field",
        "/title: is required", "/systems/0: must be the id of a system"})
    CHECK_MESSAGE(text.find(part) != std::string::npos, part);
}

TEST_CASE("texts keep to one line and to their length") {
  Field const line{"title", Kind::line, true, {}, {}};
  CHECK(check(line, json::value("一行")).has_value());
  CHECK(check(line, json::value("two\nlines")).has_error());
  CHECK(check(line, json::value(std::string(201, 'a'))).has_error());
  CHECK(check(line, json::value(3)).has_error());
  CHECK(check(line, json::value(nullptr)).has_error());
}

TEST_CASE("whole numbers are whole") {
  Field const count{"count", Kind::integer, true, {}, {}};
  CHECK(check(count, json::value(3.0)).value() == 3);
  CHECK(check(count, json::value(3.5)).has_error());
  CHECK(check(count, json::value(1e30)).has_error());
  CHECK(check(count, json::value("3")).has_error());
}

TEST_CASE("a schema lists what is required and what may be null") {
  auto const made = schema(fields<Drill>());
  CHECK(made.at("required") ==
        json::array{"number", "title", "level", "held_at", "systems", "passed", "labels"});
  CHECK(made.at("properties").at("score").at("type") == json::array{"number", "null"});
}
