#include "monitor/alert/silence.hpp"

#include <doctest/doctest.h>

#include "base/id.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using namespace std::chrono_literals;

namespace {

Instant const start = from_ms(1'700'000'000'000);

json::object posted(std::string const& matchers, json::object const& more = {}) {
  auto object =
      parse_json(R"({"matchers": )" + matchers + R"(, "createdBy": "Li", "comment": "known"})")->as_object();
  object["startsAt"] = format_instant(start);
  object["endsAt"] = format_instant(start + 1h);
  for (auto const& member : more) object[member.key()] = member.value();
  return object;
}

Silence silence(std::string const& matchers) {
  return silence_from(posted(matchers), start).value();
}

std::string wrong(json::object const& object) {
  auto const refused = silence_from(object, start);
  REQUIRE(refused.has_error());
  return refused.error().faults.front().field;
}

constexpr auto down_on_ten = R"([{"name": "alertname", "value": "Down"},
  {"name": "instance", "value": "10\\..*", "isRegex": true},
  {"name": "env", "value": "test", "isEqual": false},
  {"name": "team", "value": "a|b", "isRegex": true, "isEqual": false}])";

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("silences-" + new_id(wall_clock()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
};

}  // namespace

TEST_CASE(
    "a silence holds for labels that all its matchers accept, from its start until just before its end") {
  auto const quiet = silence(down_on_ten);
  Labels const labels{{"alertname", "Down"}, {"instance", "10.0.0.7"}, {"team", "c"}};
  CHECK(silences(quiet, labels, start));
  CHECK(!silences(quiet, labels, start - 1ms));
  CHECK(!silences(quiet, labels, start + 1h));
  auto const but = [&](std::string const& name, std::string const& value) {
    auto other = labels;
    other.set(name, value);
    return silences(quiet, other, start);
  };
  CHECK(!but("alertname", "Up"));
  CHECK(!but("instance", "192.0.2.10"));
  CHECK(!but("env", "test"));
  CHECK(!but("team", "b"));
  CHECK(but("env", "real"));
}

TEST_CASE("matchers are written and read as a selector") {
  auto const read = parse_matchers(" {alertname=\"Down\", instance!~\"10\\\\..*\"}");
  REQUIRE(read.has_value());
  CHECK(matchers_text(*read) == "alertname=\"Down\", instance!~\"10\\\\..*\"");
  CHECK(matchers_text(parse_matchers(matchers_text(*read)).value()) == matchers_text(*read));
  CHECK(parse_matchers("alertname=").has_error());
  CHECK(parse_matchers("").has_error());
  CHECK(parse_matchers("env!=\"test\"").error().english() ==
        "a selector needs at least one matcher that refuses the empty text");
}

TEST_CASE("what Alertmanager's interface tells of a silence is what was asked for, with its state") {
  auto quiet = silence(down_on_ten);
  quiet.id = "one";
  auto const told = silence_json(quiet, start);
  CHECK(text_of(told, "createdBy") == "Li");
  CHECK(text_of(told.at("status").as_object(), "state") == "active");
  CHECK(text_of(silence_json(quiet, start - 1s).at("status").as_object(), "state") == "pending");
  CHECK(text_of(silence_json(quiet, start + 1h).at("status").as_object(), "state") == "expired");
  auto const again = silence_from(told, start);
  REQUIRE(again.has_value());
  CHECK(matchers_text(again->matchers) == matchers_text(quiet.matchers));
}

TEST_CASE("a silence that cannot be is refused by its member") {
  constexpr auto fine = R"([{"name": "a", "value": "b"}])";
  CHECK(wrong(posted("[]")) == "matchers");
  CHECK(wrong(posted("7")) == "matchers");
  CHECK(wrong(posted(R"([{"name": "a", "value": "", "isRegex": false}])")) == "matchers");
  CHECK(wrong(posted(R"([{"name": "a b", "value": "x"}])")) == "matchers[0].name");
  CHECK(wrong(posted(R"([{"name": "a", "value": "(", "isRegex": true}])")) == "matchers[0].value");
  CHECK(wrong(posted(fine, {{"endsAt", "soon"}})) == "endsAt");
  CHECK(wrong(posted(fine, {{"startsAt", format_instant(start + 2h)}})) == "endsAt");
  CHECK(wrong(posted(fine, {{"comment", ""}})) == "comment");
  CHECK(wrong(posted(fine, {{"createdBy", 5}})) == "createdBy");
  CHECK(silence_from(posted(fine), start + 1h).has_error());
}

TEST_CASE(
    "silences of an engine alone survive a restart; a changed one keeps its id, another ends the old one") {
  Folder const folder;
  auto const file = folder.path / "silences.json";
  Labels const labels{{"alertname", "Down"}, {"instance", "10.0.0.7"}};
  std::string id;
  {
    Silences silences(file);
    id = silences.put(silence(down_on_ten), start).value();
    auto longer = silence(down_on_ten);
    longer.id = id;
    longer.ends_at = start + 2h;
    CHECK(silences.put(longer, start + 1min).value() == id);
  }
  Silences silences(file);
  CHECK(silences.of(labels, start + 90min) == std::vector{id});
  auto other = silence(R"([{"name": "alertname", "value": "Up"}])");
  other.id = id;
  CHECK(silences.put(other, start + 2min).value() != id);
  CHECK(silences.of(labels, start + 3min).empty());
  CHECK(silences.all().size() == 2);
  other.id = "unknown";
  CHECK(silences.put(other, start).error().why == Why::missing);
}

TEST_CASE("an expired silence is over at once, stays listed for a while and cannot be expired away") {
  Folder const folder;
  Silences silences(folder.path / "silences.json");
  auto later = silence(down_on_ten);
  later.starts_at = start + 30min;
  auto const id = silences.put(later, start).value();
  REQUIRE(silences.expire(id, start + 1min).has_value());
  REQUIRE(silences.expire(id, start + 2min).has_value());
  CHECK(state_of(silences.all().front(), start + 1min) == SilenceState::expired);
  CHECK(Silences(folder.path / "silences.json").all().size() == 1);
  CHECK(silences.expire("unknown", start).error().why == Why::missing);
  auto next = silence(R"([{"name": "a", "value": "b"}])");
  next.ends_at = start + 24h * 30;
  REQUIRE(silences.put(next, start + 24h * 6).has_value());
  CHECK(silences.all().size() == 1);
}

TEST_CASE("a file of silences that cannot be read is set aside") {
  Folder const folder;
  auto const file = folder.path / "silences.json";
  {
    Silences silences(file);
    REQUIRE(silences.put(silence(down_on_ten), start).has_value());
  }
  std::filesystem::resize_file(file, 20);
  CHECK(Silences(file).all().empty());
  CHECK(std::filesystem::exists(file.string() + ".damaged"));
}
