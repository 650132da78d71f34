#include "modules/incident/incident.hpp"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "modules/registry.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

using Names = std::vector<std::string>;

std::string standard_process() {
  std::ifstream const file(std::string(YUNZHI_SOURCE) + "/packs/standard/processes/incident.bpmn");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Plan plan() {
  Plan plan;
  plan.settings.numbering = {{"unit", "U-{sequence:3}"},
                             {"person", "P-{sequence:4}"},
                             {"system", "SYS-{sequence:4}"},
                             {"incident", "INC-{year}-{sequence:5}"},
                             {"alert", "ALT-{sequence:6}"}};
  plan.settings.priorities.matrix = {{"critical", {{"high", "p1"}, {"medium", "p1"}, {"low", "p2"}}},
                                     {"minor", {{"high", "p2"}, {"medium", "p3"}, {"low", "p4"}}}};
  auto const families = modules::registry(plan.settings);
  plan.modules = families.all();
  plan.migrations = store::migrations_of({"store", "access", "notify", "process/durable", "record",
                                          "modules/system", "modules/maintenance_window", "modules/silence",
                                          "modules/incident", "modules/alert"});
  plan.processes = {{"incident.bpmn", standard_process()}};
  return plan;
}

// A ward reports, the supervisor assesses, the operator repairs.
struct Hospital : Workshop {
  Hospital() : Workshop(plan()) {}

  void each_day(std::function<void()> const& story) {
    each([&] {
      ward = unit("Ward");
      nurse = person("Nurse", "business_operator", ward);
      chief = person("Chief", "operations_supervisor");
      worker = person("Operator", "system_operator");
      auto const made = open(nurse, "incident", {{"title", "挂号系统无法登录"}, {"severity", "minor"}});
      REQUIRE_MESSAGE(made.has_value(), wrong(made));
      incident = *made;
      id = text_of(incident, "id");
      story();
    });
  }

  json::object done(access::Actor const& actor, std::string const& element, json::object const& fields) {
    now += std::chrono::minutes{1};
    auto const after = finish(actor, id, element, fields);
    REQUIRE_MESSAGE(after.has_value(), wrong(after));
    return *after;
  }

  // Who was told that the fault is closed.
  [[nodiscard]] Names told_closed() const {
    Names people;
    for (auto const& one : sent)
      if (one.message.title == "Closed: {} {}")
        people.insert(people.end(), one.people.begin(), one.people.end());
    return people;
  }

  json::object assessed() {
    return done(chief, "assess",
                {{"severity", "critical"}, {"urgency", "high"}, {"assignee", worker.person}});
  }

  // The person's signature under the summary.
  json::object approved(access::Actor const& actor) {
    auto const seat = look([&](store::Reader& reader) {
      for (auto const& task : process::tasks_of(reader, id, true))
        if (task.element == "review" && task.assignee.value_or(chief.person) == actor.person) return task.id;
      return std::string();
    });
    auto const after = command([&](store::Edit& edit) -> Result<json::object> {
      auto signed_by = lifecycle().complete(edit, actor, seat, {}, process::Vote::approve);
      if (signed_by.has_error()) return signed_by.error();
      return std::move(signed_by->record);
    });
    REQUIRE_MESSAGE(after.has_value(), wrong(after));
    return *after;
  }

  std::string ward;
  access::Actor nurse, chief, worker;
  json::object incident;
  std::string id;
};

}  // namespace

TEST_CASE("a report knows who reported, from where, since when, and how urgent it counts until assessed") {
  Hospital house;
  house.each_day([&] {
    CHECK(house.incident.at("reporter") == json::value(house.nurse.person));
    CHECK(house.incident.at("unit") == json::value(house.ward));
    CHECK(house.incident.at("started_at") == house.incident.at("created_at"));
    CHECK(house.incident.at("priority") == "p3");
    CHECK(house.incident.at("state") == "reported");
    CHECK(house.open(house.nurse, "incident", {{"title", "x"}})->at("priority") == "p3");
    CHECK(house.open(house.nurse, "incident", {{"title", "x"}, {"severity", "minor"}, {"urgency", "low"}})
              ->at("priority") == "p4");
    CHECK(wrong(house.open(house.nurse, "incident",
                           {{"title", "x"}, {"started_at", "2026-11-23T02:06:00Z"}})) ==
          "/started_at must not lie in the future");
    CHECK(wrong(house.open(house.nurse, "incident", {{"title", "x"}, {"priority", "p1"}})) ==
          "/priority cannot be set here");
  });
}

TEST_CASE("a person cannot report in the name of the monitoring") {
  Hospital house;
  house.each_day([&] {
    CHECK(wrong(house.open(house.chief, "incident", {{"title", "x"}, {"alert", "f00d"}})) ==
          "/alert cannot be set here");
    CHECK(wrong(house.open(house.chief, "incident", {{"title", "x"}, {"source", "alert"}})) ==
          "/source cannot be set here");
    auto const by_machine = house.open(access::system_actor("monitor"), "incident",
                                       {{"title", "x"}, {"source", "alert"}, {"alert", "f00d"}});
    REQUIRE_MESSAGE(by_machine.has_value(), wrong(by_machine));
    CHECK(by_machine->at("reporter").is_null());
    CHECK(house.open(house.chief, "incident", {{"title", "x"}, {"source", "api"}}).has_value());
  });
}

TEST_CASE("the end of another process of the fault closes nothing, and nobody is told so") {
  Hospital house;
  house.each_day([&] {
    auto const drawn = R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:yunzhi="https://yunzhi.dev/bpmn"><process id="fire" yunzhi:record="incident"><startEvent id="burns">
      <conditionalEventDefinition><condition>description = "fire"</condition></conditionalEventDefinition>
      </startEvent><userTask id="evacuate" yunzhi:role="system_operator"/><endEvent id="e"/>
      <sequenceFlow id="f1" sourceRef="burns" targetRef="evacuate"/>
      <sequenceFlow id="f2" sourceRef="evacuate" targetRef="e"/></process></definitions>)";
    REQUIRE(house
                .command([&](store::Edit& edit) {
                  return house.processes().definitions().deploy(edit, "fire.bpmn", drawn);
                })
                .has_value());
    REQUIRE(house.edit(house.chief, "incident", house.id, {{"description", "fire"}}).has_value());
    CHECK(house.steps(house.id) == Names{"assess", "evacuate"});
    CHECK(house.done(house.worker, "evacuate", {}).at("state") == "reported");
    CHECK(house.steps(house.id) == Names{"assess"});
    CHECK(house.told_closed().empty());
  });
}

TEST_CASE("the standard process takes a fault from the report to the summary") {
  Hospital house;
  house.each_day([&] {
    CHECK(house.assessed().at("state") == "diagnosing");
    CHECK(house.get(house.chief, "incident", house.id)->at("priority") == "p1");
    CHECK(house.done(house.worker, "diagnose", {{"diagnosis", "证书过期"}}).at("state") == "repairing");
    CHECK(house.done(house.worker, "repair", {{"solution", "换证书"}}).at("state") == "testing");
    CHECK(house.done(house.worker, "test", {{"test_result", "passed"}}).at("state") == "confirming");
    CHECK(house.done(house.nurse, "confirm", {{"confirmed", true}}).at("state") == "summarising");
    auto const summed_up =
        house.done(house.worker, "summarise",
                   {{"cause", "a"}, {"handling", "b"}, {"result", "c"}, {"improvement", "d"}});
    CHECK(summed_up.at("state") == "reviewing");
    CHECK(house.approved(house.nurse).at("state") == "reviewing");
    CHECK(house.told_closed().empty());
    auto const ended = house.approved(house.chief);
    CHECK(house.told_closed() == Names{house.nurse.person});
    CHECK(ended.at("state") == "closed");
    CHECK(ended.at("approved") == true);
    CHECK(ended.at("closed_at") == json::value(format_instant(house.now)));
    CHECK(house.steps(house.id).empty());
  });
}

TEST_CASE("a fault that comes back forgets the test and the confirmation of the last round") {
  Hospital house;
  house.each_day([&] {
    house.assessed();
    house.done(house.worker, "diagnose", {{"diagnosis", "x"}});
    house.done(house.worker, "repair", {{"solution", "y"}});
    auto back = house.done(house.worker, "test", {{"test_result", "failed"}});
    CHECK(back.at("state") == "diagnosing");
    CHECK(back.at("test_result").is_null());
    house.done(house.worker, "diagnose", {});
    house.done(house.worker, "repair", {});
    CHECK(wrong(house.finish(house.worker, house.id, "test", {})) == "/fields/test_result must not be empty");
    house.done(house.worker, "test", {{"test_result", "passed"}});
    back = house.done(house.nurse, "confirm", {{"confirmed", false}});
    CHECK(back.at("state") == "diagnosing");
    CHECK(back.at("confirmed").is_null());
    CHECK(back.at("test_result").is_null());
    CHECK(back.at("diagnosis") == "x");
  });
}

TEST_CASE("an urgent fault that nobody assesses is escalated round the clock") {
  Hospital house;
  house.each_day([&] {
    auto const urgent =
        house.open(house.nurse, "incident", {{"title", "x"}, {"severity", "critical"}, {"urgency", "high"}});
    house.now += std::chrono::minutes{15};
    house.sent.clear();
    CHECK(house.lifecycle().fire_timers(house.store(), 10) == 1);
    REQUIRE(!house.sent.empty());
    CHECK(house.sent[0].message.arguments[0] == text_of(*urgent, "number"));
  });
}

TEST_CASE("who may read an alert but no fault does not learn the fault's title from it") {
  Hospital house;
  house.each_day([&] {
    auto const officer = house.person("Officer", "security_officer");
    auto const made = house.command([&](store::Edit& edit) {
      return house.kernel().add(edit, access::system_actor("monitor"), house.module("alert"),
                                {{"name", "HostDown"}, {"incident", house.id}});
    });
    REQUIRE_MESSAGE(made.has_value(), wrong(made));
    auto const labels = [&](access::Actor const& actor) {
      return house.look([&](store::Reader& reader) {
        return house.kernel().labels(reader, actor, house.module("alert"), {*made});
      });
    };
    CHECK(labels(house.chief).contains(house.id));
    CHECK(!labels(officer).contains(house.id));
  });
}

TEST_CASE("every family refers to families there are, and lists fields it has") {
  Modules const all(plan().modules);
  CHECK(all.dangling().empty());
  for (auto const& module : all.all()) {
    CAPTURE(module.kind);
    for (auto const* names : {&module.needed, &module.given, &module.editable, &module.listed, &module.sorted,
                              &module.searched, &module.people})
      for (auto const& name : *names) {
        CAPTURE(name);
        CHECK(describe::find(module.fields, name) != nullptr);
      }
  }
}
