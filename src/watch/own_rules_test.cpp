#include "watch/own_rules.hpp"

#include <doctest/doctest.h>

#include "base/id.hpp"
#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::watch;

namespace {

constexpr auto low = "alert: Low\nexpr: level < 10\n";

// A monitoring without targets, on each database.
struct House {
  explicit House(store::Store& given) : store(given) {
    monitor::Options options;
    options.folder = folder.path();
    monitor = monitor::Monitor::open(options).value();
    rules = std::make_unique<OwnRules>(*monitor);
  }

  template <class Act>
  Result<OwnRule> act(Act const& work) {
    return store.write([&](store::Edit& edit) {
      auto made = work(edit);
      if (made) edit.record({"chief", "rule.test", "rule/" + made->id, {}, ""});
      return made;
    });
  }
  Result<OwnRule> create(std::string const& yaml) {
    return act([&](store::Edit& edit) { return rules->create(edit, "chief", yaml, "new"); });
  }
  Result<OwnRule> change(OwnRule const& rule, std::string const& if_match, std::string const& yaml) {
    return act(
        [&](store::Edit& edit) { return rules->change(edit, "chief", rule.id, if_match, yaml, "better"); });
  }
  Result<OwnRule> switch_to(OwnRule const& rule, bool active) {
    return act(
        [&](store::Edit& edit) { return rules->switch_to(edit, "chief", rule.id, "*", active, "why"); });
  }
  std::vector<std::string> evaluated() {
    rules->hand_over(store);
    std::vector<std::string> texts;
    for (auto const& status : monitor->rules()) texts.push_back(status.rule.query_text);
    return texts;
  }

  store::Store& store;
  store::TemporaryFolder folder;
  std::unique_ptr<monitor::Monitor> monitor;
  std::unique_ptr<OwnRules> rules;
};

void each(std::function<void(House&)> const& test) {
  store::for_each_database(store::migrations_of({"store", "access", "watch"}), [&](store::Store& store) {
    House house(store);
    test(house);
  });
}

}  // namespace

TEST_CASE(
    "given a saved rule, when it is changed and switched, then the monitoring evaluates what is active") {
  each([](House& house) {
    auto const made = house.create(low).value();
    CHECK(house.evaluated() == std::vector<std::string>{"level < 10"});
    auto const changed = house.change(made, "\"1\"", "alert: Low\nexpr: level < 20\n").value();
    CHECK(house.evaluated() == std::vector<std::string>{"level < 20"});
    REQUIRE(house.switch_to(changed, false).has_value());
    CHECK(house.evaluated().empty());
    REQUIRE(house.switch_to(changed, true).has_value());
    CHECK(house.evaluated() == std::vector<std::string>{"level < 20"});
    auto const versions =
        house.store.read([&](store::Reader& reader) { return OwnRules::versions(reader, made.id); });
    REQUIRE(versions.size() == 4);
    CHECK(versions.back().yaml == low);
    CHECK(versions.at(1).active == false);
    CHECK(versions.front().reason == "why");
  });
}

TEST_CASE("a change is made only on the version that was seen, and only when it changes something") {
  each([](House& house) {
    auto const made = house.create(low).value();
    CHECK(house.change(made, "", "alert: Low\nexpr: a\n").error().why == Why::stale);
    CHECK(house.change(made, "\"2\"", "alert: Low\nexpr: a\n").error().why == Why::stale);
    CHECK(house.change(made, "\"1\"", low).error().why == Why::conflict);
    CHECK(house.switch_to(made, true).error().why == Why::conflict);
    CHECK(house.evaluated() == std::vector<std::string>{"level < 10"});
  });
}

TEST_CASE("one name stands for one rule, and a text that is no rule is refused with its key") {
  each([](House& house) {
    auto const made = house.create(low).value();
    CHECK(house.create(low).error().why == Why::conflict);
    auto const other = house.create("alert: High\nexpr: level > 90\n").value();
    CHECK(house.change(other, "*", low).error().faults.at(0).field == "/yaml/alert");
    CHECK(house.create("alert: A\nexpr: level <\n").error().faults.at(0).field == "/yaml/expr:1:8");
    CHECK(house.create("alert: A\nexpr: a # \x01\n").error().faults.at(0).field == "/yaml");
    CHECK(house.create("alert: " + std::string(201, 'A') + "\nexpr: a\n").error().faults.at(0).field ==
          "/yaml/alert");
  });
}

TEST_CASE("a kept rule that can no longer be read does not keep the others from being evaluated") {
  each([](House& house) {
    auto const made = house.create(low).value();
    REQUIRE(house.create("alert: High\nexpr: level > 90\n").has_value());
    REQUIRE(house
                .act([&](store::Edit& edit) -> Result<OwnRule> {
                  edit.run("update own_rule_version set yaml = 'gone: 1' where rule = :id", made.id);
                  return made;
                })
                .has_value());
    CHECK(house.evaluated() == std::vector<std::string>{"level > 90"});
  });
}
