#include <doctest/doctest.h>

#include "process/durable/task_rows.hpp"
#include "process/durable/testing.hpp"
#include "process/durable/trace.hpp"
#include "process/model/bpmn_text.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

// A purchase that calls an approval, which has a variable of its own and says whether it was granted.
std::string purchase(std::string const& binding = "") {
  return bpmn(
      "<startEvent id='s'/><callActivity id='ask' calledElement='approval' yunzhi:role='buyer' "
      "xmlns:camunda='http://camunda.org/schema/1.0/bpmn' " +
          binding +
          "><extensionElements><camunda:in source='amount' target='sum'/><camunda:in source='place' "
          "target='place'/><camunda:out source='granted' "
          "target='approved'/></extensionElements></callActivity>"
          "<boundaryEvent id='no' attachedToRef='ask'><errorEventDefinition "
          "errorRef='denied'/></boundaryEvent>"
          "<boundaryEvent id='asked' attachedToRef='ask' cancelActivity='false'><escalationEventDefinition "
          "escalationRef='told'/></boundaryEvent>"
          "<boundaryEvent id='late' "
          "attachedToRef='ask'><timerEventDefinition><timeDuration>P1D</timeDuration>"
          "</timerEventDefinition></boundaryEvent>" +
          task("buy") + task("drop") + task("note") + task("remind") +
          flows({"s>ask", "ask>buy", "no>drop", "asked>note", "late>remind"}),
      "<error id='denied' errorCode='denied'/><escalation id='told' escalationCode='told'/>");
}

std::string approval(std::string const& last = "sum * 2") {
  auto text = bpmn(
      "<startEvent id='s'/><userTask id='decide' yunzhi:fields='place'/><scriptTask id='count' "
      "scriptFormat='feel' yunzhi:result='granted'><script>" +
          last +
          "</script></scriptTask><exclusiveGateway id='g'/><endEvent id='e'/><endEvent "
          "id='refused'><errorEventDefinition errorRef='denied'/></endEvent><intermediateThrowEvent "
          "id='tell'><escalationEventDefinition escalationRef='told'/></intermediateThrowEvent>" +
          flows({"s>decide", "decide>count", "count>tell", "tell>g", "g>e: sum < 100",
                 "g>refused: sum >= 100"}),
      "<error id='denied' errorCode='denied'/><escalation id='told' escalationCode='told'/>");
  text.replace(text.find("id=\"p\""), 6, "id=\"approval\" yunzhi:called=\"true\"");
  return text;
}

class House : public TestHouse {
 public:
  void deploy(std::string const& file, std::string const& xml) {
    auto const deployed =
        command([&](auto& edit) { return processes->definitions().deploy(edit, file, xml); });
    REQUIRE_MESSAGE(deployed.has_value(), deployed.error().english());
  }
  Outcome start(json::object const& fields) {
    auto outcome =
        command([&](auto& edit) { return processes->start(edit, "p", "incident", "r", fields, "anna"); });
    REQUIRE_MESSAGE(outcome.has_value(), outcome.error().english());
    record = fields;
    take(*outcome);
    return *outcome;
  }
  Outcome finish(std::string const& element) {
    auto const task = look([&](auto& reader) {
      return reader.template one<std::string>(
          "select id from process_task where element = :element and state = 'open'", element);
    });
    REQUIRE_MESSAGE(task.has_value(), element);
    auto outcome = command([&](auto& edit) { return processes->complete(edit, *task, "anna", record); });
    REQUIRE_MESSAGE(outcome.has_value(), outcome.error().english());
    take(*outcome);
    return *outcome;
  }
  std::vector<std::string> open() {
    std::vector<std::string> all;
    for (auto const& task : look([](auto& reader) { return tasks_of(reader, "r", true); }))
      all.push_back(task.element);
    return all;
  }
  std::string running() {
    return std::to_string(look([](auto& reader) {
      return reader.template one<std::int64_t>("select count(*) from process_instance where ended_at is null")
          .value();
    }));
  }
  std::string caller() {
    return look([](auto& reader) { return instance_of(reader, "r").value(); });
  }
  std::string called() {
    return look([](auto& reader) {
      return reader
          .template one<std::string>(
              "select id from process_instance where caller is not null order by id desc")
          .value();
    });
  }

  json::object record;

 private:
  void take(Outcome const& outcome) {
    for (auto const& field : outcome.fields) record[field.key()] = field.value();
  }
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a process that calls another goes on when that has ended, with what it hands back") {
  House house;
  house.each([&] {
    house.deploy("approval.bpmn", approval());
    house.deploy("purchase.bpmn", purchase());
    auto const begun = house.start({{"amount", 7}, {"approved", nullptr}, {"place", "here"}});
    CHECK(house.open() == Ids{"decide"});
    CHECK(begun.created.at(0).role == "buyer");
    CHECK(begun.created.at(0).record == "r");
    CHECK(house.running() == "2");
    auto const ended = house.finish("decide");
    CHECK(house.open() == Ids{"note", "buy"});
    CHECK(ended.fields == json::object{{"approved", 14}});
    CHECK_FALSE(ended.ended);
    CHECK(house.running() == "1");
  });
}

TEST_CASE("the own variables of a called process are not the record's, and its events rebuild them") {
  House house;
  house.each([&] {
    house.deploy("approval.bpmn", approval());
    house.deploy("purchase.bpmn", purchase());
    house.start({{"amount", 7}, {"approved", nullptr}, {"place", "here"}});
    CHECK_FALSE(house.record.contains("sum"));
    auto const called = house.called();
    auto const stored = house.look([&](auto& reader) {
      return reader.template one<std::string>("select variables from process_instance where id = :id",
                                              called);
    });
    CHECK(json::parse(stored.value()) == json::object{{"sum", 7}});
    auto const rebuilt = house.look([&](auto& reader) { return house.processes->rebuild(reader, called); });
    CHECK(rebuilt.value().variables == json::object{{"sum", 7}});
  });
}

TEST_CASE("an error that a called process ends with is caught by its caller") {
  House house;
  house.each([&] {
    house.deploy("approval.bpmn", approval());
    house.deploy("purchase.bpmn", purchase());
    house.start({{"amount", 500}, {"approved", nullptr}, {"place", "here"}});
    house.finish("decide");
    CHECK(house.open() == Ids{"note", "drop"});
    CHECK(house.record.at("approved") == 1000);
  });
}

TEST_CASE("a call that an escalation leaves has given back what it names") {
  House house;
  house.each([&] {
    house.deploy("approval.bpmn", approval());
    auto interrupted = purchase();
    interrupted.replace(interrupted.find("cancelActivity='false'"), 22, "cancelActivity='true'");
    house.deploy("purchase.bpmn", interrupted);
    house.start({{"amount", 7}, {"approved", nullptr}, {"place", "here"}});
    house.finish("decide");
    CHECK(house.open() == Ids{"note"});
    CHECK(house.record.at("approved") == 14);
    CHECK(house.running() == "1");
  });
}

TEST_CASE("given up by a timer of its caller, a called process is over and its tasks are gone") {
  House house;
  house.each([&] {
    house.deploy("approval.bpmn", approval());
    house.deploy("purchase.bpmn", purchase());
    house.start({{"amount", 7}, {"approved", nullptr}, {"place", "here"}});
    house.now += std::chrono::hours(25);
    auto const due =
        house.look([&](auto& reader) { return house.processes->due_timers(reader, house.now, 10); });
    REQUIRE(due.size() == 1);
    auto const fired =
        house.command([&](auto& edit) { return house.processes->fire(edit, due[0].id, house.record); });
    CHECK(fired.value().cancelled.at(0).element == "decide");
    CHECK(house.open() == Ids{"remind"});
    CHECK(house.running() == "1");
  });
}

TEST_CASE("a suspended process suspends what it has called") {
  House house;
  house.each([&] {
    house.deploy("approval.bpmn", approval());
    house.deploy("purchase.bpmn", purchase());
    house.start({{"amount", 7}, {"approved", nullptr}, {"place", "here"}});
    auto const caller = house.caller();
    auto const task = house.look([](auto& reader) { return tasks_of(reader, "r", true).at(0).id; });
    REQUIRE(house.command([&](auto& edit) { return house.processes->suspend(edit, caller, "anna"); })
                .has_value());
    CHECK(
        house.command([&](auto& edit) { return house.processes->complete(edit, task, "anna", house.record); })
            .error()
            .why == Why::conflict);
    REQUIRE(
        house.command([&](auto& edit) { return house.processes->resume(edit, caller, "anna"); }).has_value());
    house.finish("decide");
    CHECK(house.open() == Ids{"note", "buy"});
  });
}

TEST_CASE("which version is called is the caller's choice") {
  House house;
  house.each([&] {
    house.deploy("approval.bpmn", approval("sum * 2"));
    house.deploy("approval.bpmn", approval("sum * 3"));
    house.deploy("purchase.bpmn",
                 purchase("camunda:calledElementBinding='version' camunda:calledElementVersion='1'"));
    house.start({{"amount", 7}, {"approved", nullptr}, {"place", "here"}});
    CHECK(house.finish("decide").fields == json::object{{"approved", 14}});
  });
}

TEST_CASE("a call of a process that is not there waits for a supervisor, who is told why, and goes on then") {
  House house;
  house.each([&] {
    house.deploy("purchase.bpmn", purchase());
    auto const begun = house.start({{"amount", 7}, {"approved", nullptr}, {"place", "here"}});
    REQUIRE(begun.troubles.size() == 1);
    CHECK(begun.troubles[0].fault.english() == "no process 'approval' is deployed");
    house.deploy("approval.bpmn", approval());
    auto const caller = house.caller();
    auto const again = house.command([&](auto& edit) {
      return house.processes->retry(edit, caller, begun.troubles[0].token, house.record, "anna");
    });
    REQUIRE_MESSAGE(again.has_value(), again.error().english());
    CHECK(house.open() == Ids{"decide"});
  });
}

TEST_CASE("processes that call each other without end are refused, and nothing is kept") {
  House house;
  house.each([&] {
    auto text = bpmn("<startEvent id='s'/><callActivity id='again' calledElement='p'/>" + flow("s>again"));
    house.deploy("loop.bpmn", text);
    auto const begun = house.command(
        [&](auto& edit) { return house.processes->start(edit, "p", "incident", "r", {}, "anna"); });
    CHECK(begun.error().english() == "the processes call each other without end");
    CHECK(house.running() == "0");
  });
}

TEST_CASE("a business-rule task takes the answer of the deployed decision") {
  House house;
  house.each([&] {
    auto const table = [](std::string const& answer) {
      return R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="n">
        <inputData id="i" name="amount"/><decision id="level" name="Level"><variable name="Level"/>
        <informationRequirement><requiredInput href="#i"/></informationRequirement><decisionTable>
        <input><inputExpression><text>amount</text></inputExpression></input><output/>
        <rule><inputEntry><text>&lt; 10</text></inputEntry><outputEntry><text>")" +
             answer + R"("</text></outputEntry></rule></decisionTable></decision></definitions>)";
    };
    auto const give = [&](std::string const& answer) {
      return house.command(
          [&](auto& edit) { return house.processes->decisions().deploy(edit, "level.dmn", table(answer)); });
    };
    house.deploy("rule.bpmn", bpmn("<startEvent id='s'/><businessRuleTask id='rule' yunzhi:decision='level' "
                                   "yunzhi:result='size'/>" +
                                   task("a") + flows({"s>rule", "rule>a"})));
    auto const begun = house.start({{"amount", 7}, {"size", nullptr}});
    CHECK(begun.troubles.at(0).fault.english() == "no decision 'level' is deployed");
    CHECK(give("small").value().version == 1);
    CHECK(give("small").value().version == 1);
    CHECK(give("tiny").value().version == 2);
    auto const caller = house.caller();
    auto const again = house.command([&](auto& edit) {
      return house.processes->retry(edit, caller, begun.troubles[0].token, house.record, "anna");
    });
    CHECK(again.value().fields == json::object{{"size", "tiny"}});
    CHECK(house.open() == Ids{"a"});
    auto const wrong = house.command(
        [&](auto& edit) { return house.processes->decisions().deploy(edit, "bad.dmn", "<definitions/>"); });
    REQUIRE(wrong.has_error());
    CHECK(wrong.error().faults.front().field.starts_with("bad.dmn"));
  });
}

TEST_CASE("several processes of one file are deployed together, each by its own name") {
  House house;
  house.each([&] {
    auto text = bpmn("<startEvent id='s'/>" + task("a") + flow("s>a"));
    auto const second = "<process id=\"q\" yunzhi:record=\"incident\"><startEvent id='s2'/>" + task("b") +
                        flow("s2>b") + "</process></definitions>";
    text.replace(text.find("</definitions>"), 14, second);
    house.deploy("both.bpmn", text);
    for (auto const* key : {"p", "q"})
      CHECK(house
                .command([&](auto& edit) {
                  return house.processes->start(edit, key, "incident", "r", {}, "anna");
                })
                .has_value());
    CHECK(house.open() == Ids{"a", "b"});
  });
}

TEST_CASE("a called process that ends everything ends those that call it") {
  House house;
  house.each([&] {
    auto last = bpmn("<startEvent id='s'/>" + task("deep") +
                     "<endEvent id='e'><terminateEventDefinition xmlns:flowable='http://flowable.org/bpmn' "
                     "flowable:terminateAll='true'/></endEvent>" +
                     flows({"s>deep", "deep>e"}));
    last.replace(last.find("id=\"p\""), 6, "id=\"last\"");
    house.deploy("last.bpmn", last);
    house.deploy("p.bpmn", bpmn("<startEvent id='s'/><parallelGateway id='g'/>" + task("a") +
                                "<callActivity id='call' calledElement='last'/>" + task("z") +
                                flows({"s>g", "g>a", "g>call", "call>z"})));
    house.start({});
    CHECK(house.open() == Ids{"a", "deep"});
    CHECK(house.finish("deep").ended);
    CHECK(house.open().empty());
    CHECK(house.look([](auto& reader) {
      return reader.template one<std::int64_t>(
          "select count(*) from process_instance where status = 'ended'");
    }) == 2);
  });
}
