#include <doctest/doctest.h>

#include "record/rows.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

// An errand that waits before its work for the message or signal its result names, and says so at the end.
std::string waiting_errand(std::string const& waits, std::string const& says) {
  auto text = errand_process();
  auto const replace = [&](std::string_view from, std::string const& to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("<bpmn:process",
          "<bpmn:message id=\"parts\" name=\"parts\" /><bpmn:signal id=\"power\" name=\"power\" "
          "/><bpmn:process");
  replace("<bpmn:startEvent id=\"noted\" />", "<bpmn:startEvent id=\"noted\" />" + waits + says);
  replace("sourceRef=\"noted\" targetRef=\"work\"", "sourceRef=\"wait\" targetRef=\"work\"");
  replace(
      "<bpmn:sequenceFlow id=\"f1\"",
      "<bpmn:sequenceFlow id=\"f0\" sourceRef=\"noted\" targetRef=\"wait\" /><bpmn:sequenceFlow id=\"f1\"");
  replace("targetRef=\"done\"", "targetRef=\"say\"");
  replace("<bpmn:sequenceFlow id=\"f7\"",
          "<bpmn:sequenceFlow id=\"f8\" sourceRef=\"say\" targetRef=\"done\" /><bpmn:sequenceFlow id=\"f7\"");
  return text;
}

std::string const waits_for_message =
    "<bpmn:intermediateCatchEvent id=\"wait\"><bpmn:messageEventDefinition "
    "yunzhi:correlation=\"title\" messageRef=\"parts\" /></bpmn:intermediateCatchEvent>";
std::string const says_message =
    "<bpmn:intermediateThrowEvent id=\"say\"><bpmn:messageEventDefinition "
    "yunzhi:correlation=\"result\" messageRef=\"parts\" /></bpmn:intermediateThrowEvent>";
std::string const waits_for_signal =
    "<bpmn:intermediateCatchEvent id=\"wait\"><bpmn:signalEventDefinition signalRef=\"power\" "
    "/></bpmn:intermediateCatchEvent>";
std::string const says_signal =
    "<bpmn:intermediateThrowEvent id=\"say\"><bpmn:signalEventDefinition signalRef=\"power\" "
    "/></bpmn:intermediateThrowEvent>";

Plan plan_of(std::string const& process) {
  auto plan = errand_plan();
  plan.processes = {{"errand.bpmn", process}};
  return plan;
}

std::string const waits_for_condition =
    "<bpmn:intermediateCatchEvent id=\"wait\"><bpmn:conditionalEventDefinition><bpmn:condition>note = "
    "\"go\"</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>";

struct Errands : ErrandWorkshop {
  using ErrandWorkshop::ErrandWorkshop;

  Lifecycle::Delivery send(process::Sent const& message) {
    auto const done = command([&](store::Edit& edit) {
      return lifecycle().deliver(edit, message, {"errand", ""});
    });
    REQUIRE_MESSAGE(done.has_value(), wrong(done));
    return *done;
  }
};

using Names = std::vector<std::string>;
using Delivery = Lifecycle::Delivery;

}  // namespace

TEST_CASE("a message goes to the process that waits for it with its key, and to no other") {
  Errands house(plan_of(waiting_errand(waits_for_message, says_message)));
  house.each_with_people([&] {
    auto const bulbs = house.errand("bulbs");
    auto const wires = house.errand("wires");
    CHECK(house.send({"", "parts", "wires", {{"size", 3}}}) == Delivery::taken);
    CHECK(house.steps(bulbs).empty());
    CHECK(house.steps(wires) == Names{"work"});
    auto const record = house.look([&](store::Reader& reader) {
      auto const& module = *house.modules().find("errand");
      return fetch(reader, module.kind, module.fields, wires);
    });
    CHECK(record.at("size") == 3);
  });
}

TEST_CASE("a message nobody waits for is kept for whoever comes to wait for it, once, and not for ever") {
  Errands house(plan_of(waiting_errand(waits_for_message, says_message)));
  house.each_with_people([&] {
    CHECK(house.send({"", "parts", "bulbs", {}}) == Delivery::kept);
    CHECK(house.steps(house.errand("bulbs")) == Names{"work"});
    CHECK(house.steps(house.errand("bulbs")).empty());
    CHECK(house.send({"", "parts", "tape", {}}) == Delivery::kept);
    house.now += std::chrono::hours(24 * 8);
    CHECK(house.steps(house.errand("tape")).empty());
  });
}

TEST_CASE("what one process says moves another record on in the same command") {
  for (bool const signal : {false, true}) {
    Errands house(plan_of(signal ? waiting_errand(waits_for_signal, says_signal)
                                 : waiting_errand(waits_for_message, says_message)));
    house.each_with_people([&] {
      auto const first = house.errand("first");
      auto const second = house.errand("second");
      if (signal)
        REQUIRE(house
                    .command([&](store::Edit& edit) {
                      return house.lifecycle().with_instance(
                          edit, house.chief,
                          *edit.one<std::string>("select id from process_instance where record = :r", first),
                          [&](json::object const& record) {
                            return house.processes().signal(
                                edit,
                                *edit.one<std::string>("select id from process_instance where record = :r",
                                                       first),
                                "power", record, "tester");
                          });
                    })
                    .has_value());
      else
        CHECK(house.send({"", "parts", "first", {}}) == Delivery::taken);
      CHECK(house.steps(second).empty());
      REQUIRE(house.finish(house.worker, first, "work", {{"result", "second"}}).has_value());
      auto const done = house.finish(house.chief, first, "check", {{"approved", true}});
      REQUIRE_MESSAGE(done.has_value(), wrong(done));
      CHECK(house.steps(second) == Names{"work"});
    });
  }
}

TEST_CASE("a signal reaches who waits when it is thrown, and not its thrower further on") {
  auto text = errand_process();
  auto const replace = [&](std::string_view from, std::string const& to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("<bpmn:process", "<bpmn:signal id=\"power\" name=\"power\" /><bpmn:process");
  replace("<bpmn:startEvent id=\"noted\" />",
          "<bpmn:startEvent id=\"noted\" />" + waits_for_signal + says_signal);
  replace("sourceRef=\"noted\" targetRef=\"work\"", "sourceRef=\"wait\" targetRef=\"work\"");
  replace("<bpmn:sequenceFlow id=\"f1\"",
          "<bpmn:sequenceFlow id=\"f0\" sourceRef=\"noted\" targetRef=\"say\" /><bpmn:sequenceFlow id=\"f8\" "
          "sourceRef=\"say\" targetRef=\"wait\" /><bpmn:sequenceFlow id=\"f1\"");
  Errands house(plan_of(text));
  house.each_with_people([&] {
    auto const first = house.errand("first");
    CHECK(house.steps(first).empty());
    auto const second = house.errand("second");
    CHECK(house.steps(first) == Names{"work"});
    CHECK(house.steps(second).empty());
  });
}

TEST_CASE("who edits a record wakes its process that waits for a condition, and no other") {
  Errands house(plan_of(waiting_errand(waits_for_condition, says_signal)));
  house.each_with_people([&] {
    auto const first = house.errand("first");
    auto const second = house.errand("second");
    auto const note = [&](std::string const& text) {
      auto const edited = house.edit(house.chief, "errand", first, {{"note", text}});
      REQUIRE_MESSAGE(edited.has_value(), wrong(edited));
      CHECK(text_of(*edited, "note") == text);
    };
    note("wait");
    CHECK(house.steps(first).empty());
    note("go");
    CHECK(house.steps(first) == Names{"work"});
    CHECK(house.steps(second).empty());
    note("go on");
    CHECK(house.steps(first) == Names{"work"});
  });
}

TEST_CASE("a message that a process throws before it waits for it itself is kept for it") {
  auto const saying = std::string(
      "<bpmn:intermediateThrowEvent id=\"say\"><bpmn:messageEventDefinition yunzhi:correlation=\"title\" "
      "messageRef=\"parts\" /></bpmn:intermediateThrowEvent>");
  auto const replace = [](std::string& text, std::string_view from, std::string const& to) {
    text.replace(text.find(from), from.size(), to);
  };
  auto const with = [&](std::string const& flows) {
    auto text = errand_process();
    replace(text, "<bpmn:process", "<bpmn:message id=\"parts\" name=\"parts\" /><bpmn:process");
    replace(text, "<bpmn:startEvent id=\"noted\" />",
            "<bpmn:startEvent id=\"noted\" />" + saying + waits_for_message + flows);
    return text;
  };
  auto at_once = with(
      "<bpmn:sequenceFlow id=\"w1\" sourceRef=\"noted\" targetRef=\"say\" /><bpmn:sequenceFlow id=\"w2\" "
      "sourceRef=\"say\" targetRef=\"wait\" />");
  replace(at_once, "sourceRef=\"noted\" targetRef=\"work\"", "sourceRef=\"wait\" targetRef=\"work\"");
  auto later = with(
      "<bpmn:sequenceFlow id=\"w1\" sourceRef=\"noted\" targetRef=\"say\" /><bpmn:sequenceFlow id=\"w2\" "
      "sourceRef=\"work\" targetRef=\"wait\" />");
  replace(later, "sourceRef=\"noted\" targetRef=\"work\"", "sourceRef=\"say\" targetRef=\"work\"");
  replace(later, "sourceRef=\"work\" targetRef=\"check\"", "sourceRef=\"wait\" targetRef=\"check\"");
  for (auto const* drawing : {&at_once, &later}) {
    Errands house(plan_of(*drawing));
    house.each_with_people([&] {
      auto const bulbs = house.errand("bulbs");
      auto const wires = house.errand("wires");
      CHECK(house.steps(bulbs) == Names{"work"});
      auto const worked = house.finish(house.worker, bulbs, "work", {{"result", "changed"}});
      REQUIRE_MESSAGE(worked.has_value(), wrong(worked));
      CHECK(house.steps(bulbs) == Names{"check"});
      CHECK(house.steps(wires) == Names{"work"});
    });
  }
}

TEST_CASE("a message from outside is told apart by what it carries, also one that is kept") {
  auto text = waiting_errand(
      "<bpmn:correlationSubscription id=\"own\" correlationKeyRef=\"key\"><bpmn:correlationPropertyBinding "
      "correlationPropertyRef=\"errand\"><bpmn:dataPath>title</bpmn:dataPath>"
      "</bpmn:correlationPropertyBinding></bpmn:correlationSubscription><bpmn:intermediateCatchEvent "
      "id=\"wait\"><bpmn:messageEventDefinition messageRef=\"parts\" /></bpmn:intermediateCatchEvent>",
      says_signal);
  text.replace(text.find("<bpmn:process"), 0,
               "<bpmn:correlationProperty id=\"errand\"><bpmn:correlationPropertyRetrievalExpression "
               "messageRef=\"parts\"><bpmn:messagePath>part.errand</bpmn:messagePath>"
               "</bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>"
               "<bpmn:collaboration id=\"all\"><bpmn:correlationKey id=\"key\">"
               "<bpmn:correlationPropertyRef>errand</bpmn:correlationPropertyRef></bpmn:correlationKey>"
               "</bpmn:collaboration>");
  Errands house(plan_of(text));
  house.each_with_people([&] {
    auto const bulbs = house.errand("bulbs");
    CHECK(house.send({"", "parts", nullptr, {{"part", {{"errand", "wires"}}}}}) == Delivery::kept);
    CHECK(house.steps(bulbs).empty());
    CHECK(house.steps(house.errand("wires")) == Names{"work"});
    CHECK(house.send({"", "parts", nullptr, {{"part", {{"errand", "bulbs"}}}}}) == Delivery::taken);
    CHECK(house.steps(bulbs) == Names{"work"});
  });
}
