#include "process/durable/processes.hpp"

#include <doctest/doctest.h>

#include "process/durable/task_rows.hpp"
#include "process/durable/testing.hpp"
#include "process/durable/trace.hpp"
#include "process/engine/story.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

std::string incident_process() {
  return bpmn(
      "<startEvent id='s'/><userTask id='assess' name='研判' yunzhi:role='supervisor' "
      "yunzhi:state='reported' "
      "yunzhi:due='PT1H' yunzhi:fields='severity'/>"
      "<boundaryEvent id='late' attachedToRef='assess' cancelActivity='false'><timerEventDefinition "
      "yunzhi:working='true'><timeDuration>PT30M</timeDuration></timerEventDefinition></boundaryEvent>"
      "<serviceTask id='escalate' yunzhi:action='escalate'/>"
      "<userTask id='repair' yunzhi:role='operator' yunzhi:assignee='field:assignee' "
      "yunzhi:state='repairing'/>"
      "<exclusiveGateway id='g'/><endEvent id='e' yunzhi:state='closed'/>" +
      flows({"s>assess", "late>escalate", "assess>repair", "repair>g", "g>e: done = true",
             "g>repair: done = false"}));
}

// A house whose working time is twice as slow as the wall's.
class House : public TestHouse {
 public:
  void each(std::function<void()> const& story) { TestHouse::each(story, 2); }

  Result<Outcome> report(json::object const& fields = {{"unit", "it"}}) {
    if (auto const deployed = command([&](auto& edit) {
          return processes->definitions().deploy(edit, "incident.bpmn", incident_process());
        });
        !deployed)
      return deployed.error();
    return command(
        [&](auto& edit) { return processes->start(edit, "p", "incident", "r-1", fields, "anna"); });
  }
  Result<Outcome> complete(std::string const& task, std::string const& person, json::object const& fields) {
    return command([&](auto& edit) { return processes->complete(edit, task, person, fields); });
  }
};

std::vector<std::string> elements(std::vector<Task> const& tasks) {
  std::vector<std::string> all;
  for (auto const& task : tasks) all.push_back(task.element);
  return all;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "given a started process, then its first task lies in the inbox of its role with state, due date and "
    "unit") {
  House house;
  house.each([&] {
    auto const outcome = house.report().value();
    CHECK(outcome.record_state == "reported");
    REQUIRE(outcome.created.size() == 1);
    auto const tasks = house.look([](auto& reader) {
      return inbox(reader, {"bob", {"supervisor", "other"}}, "", 10);
    });
    REQUIRE(elements(tasks) == Ids{"assess"});
    CHECK(tasks[0].name == "研判");
    CHECK(tasks[0].unit == "it");
    CHECK(tasks[0].due_at == house.now + std::chrono::hours(2));
    CHECK(house.look([](auto& reader) { return inbox(reader, {"bob", {"operator"}}, "", 10); }).empty());
    auto const step = house.look([&](auto& reader) { return house.processes->step(reader, tasks[0].id); });
    CHECK(step.value().node->form.fields == Ids{"severity"});
  });
}

TEST_CASE(
    "given a chain of tasks, when they are completed, then the record goes to its end and nothing is left") {
  House house;
  house.each([&] {
    auto const started = house.report().value();
    auto const assessed = house.complete(started.created[0].id, "bob", {{"assignee", "carl"}}).value();
    REQUIRE(elements(assessed.created) == Ids{"repair"});
    CHECK(assessed.created[0].assignee == "carl");
    CHECK(house.complete(assessed.created[0].id, "bob", {}).error().why == Why::forbidden);
    auto const back =
        house.complete(assessed.created[0].id, "carl", {{"assignee", "carl"}, {"done", false}}).value();
    REQUIRE(elements(back.created) == Ids{"repair"});
    auto const closed = house.complete(back.created[0].id, "carl", {{"done", true}}).value();
    CHECK(closed.ended);
    CHECK(closed.record_state == "closed");
    CHECK(house.complete(back.created[0].id, "carl", {}).error().why == Why::conflict);
    CHECK_FALSE(house.look([&](auto& reader) { return house.processes->next_timer(reader); }));
    CHECK(elements(house.look([](auto& reader) { return done_by(reader, "carl", "", 10); })) ==
          Ids{"repair", "repair"});
    auto const seen = house
                          .look([&](auto& reader) {
                            return trace(reader, house.processes->definitions(), started.instance);
                          })
                          .value();
    CHECK(seen.active.empty());
    CHECK(seen.status == "ended");
    CHECK(seen.flows == Ids{"s_assess", "assess_repair", "repair_g", "g_repair", "g_e"});
    auto const past = house.look([&](auto& reader) {
      return history(reader, house.processes->definitions(), started.instance, 0, 50);
    });
    REQUIRE(past.size() == 5);
    CHECK(past[1].kind == "completed");
    CHECK(past[1].element_name == "研判");
    CHECK(past[4].kind == "ended");
  });
}

TEST_CASE("given an armed timer, when its working time has passed, then it fires once and escalates") {
  House house;
  house.each([&] {
    auto const started = house.report().value();
    auto const due = [&] {
      return house.look([&](auto& reader) { return house.processes->due_timers(reader, house.now, 10); });
    };
    CHECK(due().empty());
    house.now += std::chrono::minutes(60);
    auto const timers = due();
    REQUIRE(timers.size() == 1);
    CHECK(timers[0].record == "r-1");
    auto const fire = [&] {
      return house.command([&](auto& edit) { return house.processes->fire(edit, timers[0].id, {}); });
    };
    auto const outcome = fire().value();
    REQUIRE(outcome.tells.size() == 1);
    CHECK(outcome.tells[0].action == "escalate");
    CHECK(fire().error().why == Why::conflict);
    CHECK(house.look([&](auto& reader) { return tasks_of(reader, "r-1", true); }).size() == 1);
    CHECK(house.complete(started.created[0].id, "bob", {}).has_value());
  });
}

TEST_CASE("given an open task, then it can be claimed by one, given back, and handed over") {
  House house;
  house.each([&] {
    auto const id = house.report().value().created[0].id;
    auto const claim = [&](char const* person) {
      return house.command([&](auto& edit) { return house.processes->claim(edit, id, person); });
    };
    CHECK(claim("bob").value().assignee == "bob");
    CHECK(claim("bob").has_value());
    CHECK(claim("carl").error().why == Why::conflict);
    auto const count = house.look([&](auto& reader) {
      return count_inbox(reader, {"bob", {"supervisor"}}, house.now + std::chrono::hours(3), 100);
    });
    CHECK(count.open == 1);
    CHECK(count.overdue == 1);
    CHECK(house.command([&](auto& edit) { return house.processes->release(edit, id, "carl"); }).error().why ==
          Why::conflict);
    CHECK_FALSE(house.command([&](auto& edit) { return house.processes->release(edit, id, "bob"); })
                    .value()
                    .assignee);
    CHECK(house.command([&](auto& edit) { return house.processes->assign(edit, id, "dora"); })
              .value()
              .assignee == "dora");
    CHECK(house.complete(id, "bob", {}).error().why == Why::forbidden);
  });
}

TEST_CASE("given an empty variable at a gateway, then the process names it and goes on after a retry") {
  House house;
  house.each([&] {
    auto const started = house.report().value();
    auto const assessed = house.complete(started.created[0].id, "bob", {}).value();
    auto const stuck = house.complete(assessed.created[0].id, "carl", {}).value();
    REQUIRE(stuck.troubles.size() == 1);
    CHECK(stuck.troubles[0].fault.english() ==
          "the condition 'done = true' has no answer because 'done' is empty");
    auto const outcome = house.command([&](auto& edit) {
      return house.processes->retry(edit, started.instance, stuck.troubles[0].token, {{"done", true}}, "bob");
    });
    CHECK(outcome.value().ended);
  });
}

TEST_CASE("given a running process, then it can be moved and cancelled, and its tasks go with it") {
  House house;
  house.each([&] {
    auto const started = house.report().value();
    auto const assessed = house.complete(started.created[0].id, "bob", {}).value();
    auto const moved = house.command([&](auto& edit) {
      return house.processes->move(edit, started.instance, assessed.created[0].token, "assess", {}, "bob");
    });
    CHECK(elements(moved.value().cancelled) == Ids{"repair"});
    CHECK(elements(moved.value().created) == Ids{"assess"});
    auto const cancelled =
        house.command([&](auto& edit) { return house.processes->cancel(edit, started.instance, {}, "bob"); });
    CHECK(cancelled.value().cancelled_process);
    CHECK(house.look([](auto& reader) { return tasks_of(reader, "r-1", true); }).empty());
    CHECK(house.look([](auto& reader) { return tasks_of(reader, "r-1", false); }).size() == 3);
    CHECK_FALSE(house.look([&](auto& reader) { return house.processes->next_timer(reader); }));
  });
}

TEST_CASE(
    "given the same file, then deploying it again makes no version; a changed one does, and old instances "
    "stay") {
  House house;
  house.each([&] {
    auto const started = house.report().value();
    auto const deploy = [&](std::string const& xml) {
      return house.command(
          [&](auto& edit) { return house.processes->definitions().deploy(edit, "incident.bpmn", xml); });
    };
    CHECK(deploy(incident_process()).value().version == 1);
    CHECK(deploy(bpmn("<startEvent id='s'/>" + task("other") + flow("s>other"))).value().version == 2);
    CHECK(house.complete(started.created[0].id, "bob", {}).value().created[0].element == "repair");
    auto const next = house.command(
        [&](auto& edit) { return house.processes->start(edit, "p", "incident", "r-2", {}, "anna"); });
    CHECK(next.value().created[0].element == "other");
    CHECK(house.look([&](auto& reader) { return house.processes->definitions().list(reader); }).size() == 2);
    auto const refused = deploy(bpmn(""));
    REQUIRE(refused.has_error());
    CHECK(refused.error().faults[0].field == "incident.bpmn:1:1");
  });
}

TEST_CASE("the inbox pages through many tasks without gaps") {
  House house;
  house.each([&] {
    (void)house.report().value();
    auto const more = house.command([&](auto& edit) -> Result<Outcome> {
      for (int i = 0; i < 24; ++i) {
        auto outcome = house.processes->start(edit, "p", "incident", "n-" + std::to_string(i), {}, "anna");
        if (!outcome || i == 23) return outcome;
      }
      return Outcome{};
    });
    REQUIRE(more.has_value());
    std::string after;
    std::size_t seen = 0;
    while (true) {
      auto const page = house.look([&](auto& reader) {
        return inbox(reader, {"bob", {"supervisor"}}, after, 10);
      });
      if (page.empty()) break;
      seen += page.size();
      after = page.back().id;
    }
    CHECK(seen == 25);
  });
}
