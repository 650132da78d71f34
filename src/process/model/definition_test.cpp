#include "process/model/definition.hpp"

#include <doctest/doctest.h>

#include "process/model/bpmn_text.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

// All problems of a file, one per line, or "fine".
std::string problems(std::string const& xml) {
  auto const definition = read_definition(xml);
  return definition ? "fine" : definition.error().english();
}

bool says(std::string const& xml, std::string_view part) {
  auto const all = problems(xml);
  bool const found = all.find(part) != std::string::npos;
  if (!found) MESSAGE(all);
  return found;
}

std::string const fine =
    bpmn("<startEvent id='s'/>" + task("a") + "<endEvent id='e'/>" + flows({"s>a", "a>e"}));

}  // namespace

TEST_CASE("what is drawing only passes") {
  CHECK(problems(fine) == "fine");
  CHECK(problems(
            bpmn("<startEvent id='s'><documentation>x</documentation><outgoing>s_a</outgoing></startEvent>" +
                 task("a") +
                 "<textAnnotation id='n'><text>hi</text></textAnnotation><association id='as' sourceRef='a' "
                 "targetRef='n'/><group id='g'/><dataObject id='o'/>" +
                 flow("s>a"))) == "fine");
}

TEST_CASE("any prefix will do as long as it is declared") {
  CHECK(problems(
            "<x:definitions xmlns:x='http://www.omg.org/spec/BPMN/20100524/MODEL'><x:process id='p'>"
            "<x:startEvent id='s'/><x:endEvent id='e'/><x:sequenceFlow id='f' sourceRef='s' targetRef='e'/>"
            "</x:process></x:definitions>") == "fine");
  CHECK(says("<x:definitions><x:process id='p'/></x:definitions>",
             "the prefix of 'x:definitions' is not declared"));
  CHECK(says("<definitions><process id='p'/></definitions>", "not BPMN 2.0"));
  CHECK(says(bpmn("<startEvent id='s' zz:a='1'/>"), "the prefix of 'zz:a' is not declared"));
}

TEST_CASE("hostile files are refused before they are understood") {
  CHECK(says("<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "DOCTYPE"));
  CHECK(says("", "not well-formed"));
  CHECK(says("<a><b></a>", "not well-formed"));
  CHECK(says("\xFF\xFE<\0a\0", "not valid UTF-8"));
  CHECK(says(std::string("<a>\0</a>", 8), "not valid UTF-8"));
  CHECK(says("<?xml version='1.0' encoding='GBK'?><a/>", "another encoding"));
  CHECK(says("<a b='1' b='2'/>", "the attribute 'b' twice"));
  CHECK(says(std::string(5 << 20, ' '), "at most 4194304 bytes"));
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  CHECK(says(deep, "at most 64 deep"));
  std::string many = "<a>";
  for (int i = 0; i < 200'000; ++i) many += "<b/>";
  CHECK(says(many + "</a>", "more than 200000 elements"));
  std::string wide = "<a";
  for (int i = 0; i < 300; ++i) wide += " b" + std::to_string(i) + "=''";
  CHECK(says(wide + "/>", "more than 100 attributes"));
}

TEST_CASE("a problem names line, column and element") {
  CHECK(problems("<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'>\n<process id='p'>\n"
                 "  <startEvent id='s'/>\n  <complexGateway id='c'/>\n</process></definitions>") ==
        "4:3: 'c': the element complexGateway is not run by this engine");
}

TEST_CASE("what would change the run and is not run is refused") {
  for (auto const* inside : {"<businessRuleTask id='x'/>", "<callActivity id='x'/>", "<transaction id='x'/>",
                             "<adHocSubProcess id='x'/>", "<task id='x'/>", "<sendTask id='x'/>"})
    CHECK(says(bpmn(inside), "is not run by this engine"));
  CHECK(says(bpmn("<userTask id='a' yunzhi:role='r'><multiInstanceLoopCharacteristics/></userTask>"),
             "'a': multiInstanceLoopCharacteristics is not run by this engine"));
  CHECK(says(bpmn("<subProcess id='a' triggeredByEvent='true'/>"), "triggeredByEvent is not supported"));
  CHECK(says(bpmn("<startEvent id='s'><signalEventDefinition/></startEvent>"),
             "signalEventDefinition is not run"));
  CHECK(says(bpmn("<startEvent id='s'><timerEventDefinition><timeDate>2026-12-01T00:00:00Z</timeDate>"
                  "</timerEventDefinition></startEvent>"),
             "does not run with this trigger"));
  CHECK(
      says(bpmn("<userTask id='a' xmlns:camunda='http://camunda.org/schema/1.0/bpmn' camunda:assignee='x'/>"),
           "belongs to another engine and would be ignored"));
  CHECK(says(bpmn("<serviceTask id='a' yunzhi:action='x'><extensionElements><z:taskDefinition "
                  "xmlns:z='http://camunda.org/schema/zeebe/1.0'/></extensionElements></serviceTask>"),
             "the extension 'z:taskDefinition' would be ignored"));
  CHECK(says(bpmn("<userTask id='a' yunzhi:asignee='field:x'/>"),
             "the attribute 'yunzhi:asignee' has no meaning on userTask"));
}

TEST_CASE("ways that cannot be walked are refused") {
  CHECK(says(bpmn("<endEvent id='e'/>"), "'p' has no start event"));
  CHECK(says(bpmn("<startEvent id='s'/><startEvent id='t'/>"), "'p' has 2 start events without trigger"));
  CHECK(says(bpmn("<startEvent id='s'/>"), "'s': no flow leaves it"));
  CHECK(says(bpmn("<startEvent id='s'/>" + task("a") + task("b") + flows({"s>a", "b>b"})),
             "'b' is never reached from a start"));
  CHECK(says(bpmn("<startEvent id='s'/>" + task("a") + flows({"s>a", "a>zz"})),
             "its targetRef 'zz' is not in this process"));
  CHECK(says(bpmn("<startEvent id='s'/>" + task("a") + task("a") + flow("s>a")), "the id 'a' is used twice"));
  CHECK(says(bpmn("<startEvent id='s'/><endEvent/>"), "needs an id"));
  CHECK(says(bpmn("<startEvent id='s'/><subProcess id='p2'><startEvent id='ss'/>" + task("b") + flow("ss>b") +
                  "</subProcess>" + flows({"s>p2", "s>b"})),
             "'s_b' crosses the border of a sub-process"));
}

TEST_CASE("choices must be complete and conditions must read") {
  auto const choice = [](std::string_view attributes, std::initializer_list<std::string_view> ways) {
    return bpmn("<startEvent id='s'/><exclusiveGateway id='g' " + std::string(attributes) + "/>" + task("a") +
                task("b") + flow("s>g") + flows(ways));
  };
  CHECK(problems(choice("default='g_b'", {"g>a: x", "g>b"})) == "fine");
  CHECK(says(choice("", {"g>a: x", "g>b"}), "'g_b' leaves the gateway 'g' and needs a condition"));
  CHECK(says(choice("default='s_g'", {"g>a: x", "g>b: y"}), "its default flow 's_g' does not leave it"));
  CHECK(
      says(choice("default='g_b'", {"g>a: x", "g>b: y"}), "is the default flow and must have no condition"));
  CHECK(says(choice("default='g_b'", {"g>a: x >", "g>b"}),
             "'g_a': the condition is wrong: 1:4: a value is expected here"));
  CHECK(says(bpmn("<startEvent id='s'/>" + task("a") + flow("s>a: x")), "'s' does not choose"));
}

TEST_CASE("a step needs somebody, and its required fields must be on its form") {
  CHECK(says(bpmn("<startEvent id='s'/><userTask id='a'/>" + flow("s>a")), "'a': nobody could do it"));
  CHECK(problems(
            bpmn("<laneSet id='l'><lane id='x' name='operator'><flowNodeRef>a</flowNodeRef></lane></laneSet>"
                 "<startEvent id='s'/><userTask id='a'/>" +
                 flow("s>a"))) == "fine");
  CHECK(says(bpmn("<userTask id='a' yunzhi:fields='x' yunzhi:required='x, y'/>"),
             "'a' requires the field 'y'"));
  CHECK(says(bpmn("<userTask id='a' yunzhi:assignee='bob'/>"), "it must read field:<name>"));
  CHECK(says(bpmn("<userTask id='a' yunzhi:role='r' yunzhi:due='PT'/>"), "yunzhi:due is wrong"));
}

TEST_CASE("timers say one time, and events wait for one declared thing") {
  auto const timer = [](std::string_view inside) {
    return bpmn("<startEvent id='s'/><intermediateCatchEvent id='t'><timerEventDefinition>" +
                std::string(inside) + "</timerEventDefinition></intermediateCatchEvent>" + flow("s>t"));
  };
  CHECK(problems(timer("<timeDuration>PT1H</timeDuration>")) == "fine");
  CHECK(problems(timer("<timeDate>2026-12-01T00:00:00Z</timeDate>")) == "fine");
  CHECK(says(timer(""), "exactly one timeDuration"));
  CHECK(says(timer("<timeDuration>PX</timeDuration>"), "is not a duration"));
  CHECK(says(timer("<timeCycle>R3/PT1H</timeCycle>"), "a cycle runs only on a boundary event"));
  CHECK(says(timer("<timeDuration> </timeDuration>"), "the timer says no time"));
  CHECK(says(bpmn("<startEvent id='s'><messageEventDefinition/></startEvent>"),
             "waits for a message that the file does not name"));
  CHECK(says(
      bpmn("<startEvent id='s'/>" + task("a") + "<boundaryEvent id='b' attachedToRef='a'/>" + flow("s>a")),
      "does not run with this trigger"));
}

TEST_CASE("the roles of nested lanes and of sub-processes reach their steps") {
  auto const definition = read_definition(bpmn(
      "<laneSet id='l'><lane id='x' yunzhi:role='outer'><flowNodeRef>sub</flowNodeRef><childLaneSet id='c'>"
      "<lane id='y' yunzhi:role='inner'><flowNodeRef>b</flowNodeRef></lane></childLaneSet></lane></laneSet>"
      "<startEvent id='s'/><subProcess id='sub'><startEvent id='ss'/><userTask id='a'/>" +
      flow("ss>a") + "</subProcess><userTask id='b'/>" + flows({"s>sub", "sub>b"})));
  REQUIRE(definition.has_value());
  CHECK(definition->nodes[definition->find_node("a")].role == "outer");
  CHECK(definition->nodes[definition->find_node("b")].role == "inner");
}
