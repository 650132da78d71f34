#include "app/alert_escalation.hpp"

#include <doctest/doctest.h>

#include "app/house.hpp"
#include "modules/registry.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::app;
using namespace std::chrono_literals;

namespace {

record::Plan plan() {
  record::Plan plan;
  plan.settings.numbering = {{"alert", "ALT-{sequence:6}"}, {"system", "SYS-{sequence:4}"}};
  plan.modules = modules::registry(plan.settings).all();
  plan.migrations = migrations();
  return plan;
}

using People = std::vector<std::string>;

// An alert that the operator was told of, who hears again after 10 minutes; the chief after 30.
struct Story {
  explicit Story(record::Workshop& workshop) : house(workshop) {
    alert = add("alert", {{"name", "Down"}, {"fingerprint", "f"}, {"severity", "critical"}});
    house
        .command([&](store::Edit& edit) -> Result<> {
          escalation.begin(edit, alert, "critical");
          return {};
        })
        .value();
  }

  std::string add(std::string const& kind, json::object const& given) {
    auto const made = house.command([&](store::Edit& edit) {
      return house.kernel().add(edit, access::system_actor("monitor"), house.module(kind), given);
    });
    return text_of(made.value(), "id");
  }
  void set(json::object const& changes) {
    house
        .command([&](store::Edit& edit) -> Result<> {
          auto const& module = house.module("alert");
          auto const before =
              house.kernel().get(edit, access::system_actor("monitor"), module, alert).value();
          house.kernel().write(
              edit, module, before,
              house.kernel().prepare(edit, access::system_actor("monitor"), module, before, changes).value());
          return {};
        })
        .value();
  }
  People told_after(std::chrono::minutes time) {
    told.clear();
    house.now += time;
    escalation.run(100);
    return told;
  }

  record::Workshop& house;
  std::string worker = house.person("Worker", "system_operator").person;
  std::string chief = house.person("Chief", "operations_supervisor").person;
  std::vector<regulation::EscalationPolicy> policies{
      {"calm", {"low"}, {{1min, "auditor", true}}},
      {"urgent",
       {"major", "critical"},
       {{10min, "system_operator"}, {30min, "operations_supervisor", true}}}};
  access::Rota rota;
  People told;
  AlertTeller teller{[this](store::Edit&, People const& people, record::Message const&) {
    told.insert(told.end(), people.begin(), people.end());
    std::vector<notify::Told> ways;
    for (auto const& person : people) ways.push_back({person, "application", {}, "n-" + person, {}});
    return ways;
  }};
  AlertEscalation escalation{house.store(), policies, rota, teller};
  std::string alert;
};

void each(std::function<void(Story&)> const& tell) {
  record::Workshop house(plan());
  house.each([&] {
    Story story(house);
    tell(story);
  });
}

}  // namespace

TEST_CASE("the first policy with the alert's severity holds") {
  std::vector<regulation::EscalationPolicy> const policies{
      {"none", {"critical"}, {}}, {"one", {"critical"}, {{1min, "a"}}}, {"two", {"critical"}, {{2min, "b"}}}};
  CHECK(escalation_for(policies, "critical")->id == "one");
  CHECK(escalation_for(policies, "low") == nullptr);
}

TEST_CASE("each step tells its people once, at its time, and stands in the alert's trace") {
  each([](Story& story) {
    CHECK(story.told_after(9min).empty());
    CHECK(story.told_after(1min) == People{story.worker});
    CHECK(story.told_after(0min).empty());
    CHECK(story.told_after(20min) == People{story.chief});
    CHECK(story.told_after(24h).empty());
    auto const trace =
        story.house.look([&](store::Reader& reader) { return deliveries_of(reader, {}, "en", story.alert); });
    REQUIRE(trace.size() == 2);
    CHECK(trace.at(0).at("step") == 1);
    CHECK(trace.at(1).at("person") == json::string(story.chief));
    CHECK(trace.at(1).at("state") == "delivered");
  });
}

TEST_CASE("steps missed while the server was away follow one another, none is left out") {
  each([](Story& story) {
    CHECK(story.told_after(5h) == People{story.worker});
    CHECK(story.told_after(1min) == People{story.chief});
  });
}

TEST_CASE("an alert that is acknowledged or over goes no further") {
  each([](Story& story) {
    story.set({{"acknowledged_by", story.worker}});
    CHECK(story.told_after(5h).empty());
  });
  each([](Story& story) {
    story.set({{"state", "resolved"}});
    CHECK(story.told_after(5h).empty());
  });
}

TEST_CASE("what keeps an alert quiet puts its steps off") {
  each([](Story& story) {
    story.set({{"caused_by", story.add("system", {{"name", "Power"}})}});
    CHECK(story.told_after(15min).empty());
    story.set({{"caused_by", nullptr}});
    CHECK(story.told_after(1min) == People{story.worker});
  });
}

TEST_CASE("that there was nobody to tell is written down") {
  each([](Story& story) {
    story.policies[1].steps[0].role = "equipment_operator";
    CHECK(story.told_after(10min).empty());
    auto const trace =
        story.house.look([&](store::Reader& reader) { return deliveries_of(reader, {}, "en", story.alert); });
    REQUIRE(trace.size() == 1);
    CHECK(trace.at(0).at("state") == "not_sent");
    CHECK(trace.at(0).at("reason") == "nobody is on duty and nobody has the role");
  });
}
