#include "process/model/definition.hpp"

#include <doctest/doctest.h>

#include "process/model/bpmn_text.hpp"
#include "process/model/model.hpp"

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
  CHECK(says("<a>\n&#xd800;</a>", "&#xd800; is no character of XML"));
  CHECK(says("<a b='\x18'/>", "&#24; is no character of XML"));
  CHECK(says("<a b='&#1114112;'/>", "is no character of XML"));
  CHECK(says("<a>&#xdddddddd27;</a>", "is no character of XML"));
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

TEST_CASE("a file in another encoding is read and printed in UTF-8") {
  auto const file = [](std::string_view encoding, std::string_view name) {
    return "<?xml version=\"1.0\" encoding=\"" + std::string(encoding) +
           "\"?>\n<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\" "
           "name=\"" +
           std::string(name) + "\"><startEvent id=\"s\"/></process></definitions>\n";
  };
  auto const wide = [](std::u16string_view text, bool big) {
    std::string bytes = big ? "\xFE\xFF" : "\xFF\xFE";
    for (auto const unit : text) {
      char const halves[] = {static_cast<char>(unit >> 8U), static_cast<char>(unit & 0xFFU)};
      bytes += {halves[big ? 0 : 1], halves[big ? 1 : 0]};
    }
    return bytes;
  };
  auto const widened = [&](std::string const& ascii, std::u16string_view name, bool big) {
    std::u16string text;
    for (char const c : ascii) {
      if (c == '#')
        text += name;
      else
        text += static_cast<char16_t>(c);
    }
    return wide(text, big);
  };
  auto const printed = file("UTF-8", "Gr\xC3\xBC\xC3\x9F");
  CHECK(round_trip(printed).value() == printed);
  CHECK(round_trip("\xEF\xBB\xBF" + printed).value() == printed);
  for (auto const* name : {"ISO-8859-1", "iso-8859-1", "latin1"})
    CHECK(round_trip(file(name, "Gr\xFC\xDF")).value() == printed);
  CHECK(round_trip(file("US-ASCII", "x")).value() == file("UTF-8", "x"));
  for (bool const big : {false, true}) {
    CHECK(round_trip(widened(file("UTF-16", "Gr#"), u"\u00FC\u00DF", big)).value() == printed);
    CHECK(round_trip(widened(file("UTF-16", "#"), u"\u5DE5\U0001F600", big)).value() ==
          file("UTF-8", "\xE5\xB7\xA5\xF0\x9F\x98\x80"));
    CHECK(says(widened(file("UTF-16", "#"), u"\xD83D", big), "not valid UTF-8"));
    CHECK(says(widened("<a>#</a>", std::u16string_view(u"\0", 1), big), "not valid UTF-8"));
  }
  CHECK(says(wide(u"<a/>\xD83D", true), "not valid UTF-8"));
  CHECK(says(wide(u"<a/>", true) + "x", "not valid UTF-8"));
  CHECK(says(wide(u"<!DOCTYPE a []><a/>", true), "DOCTYPE"));
  CHECK(says(file("UTF-16", "x"), "another encoding"));
  CHECK(says(file("US-ASCII", "\xFC"), "not valid UTF-8"));
  CHECK(says(file("ISO-8859-1", std::string(3 << 20, '\xFC')), "at most 4194304 bytes"));
  auto const model = read_model(file("ISO-8859-1", "\xFC"), Strictness::run);
  REQUIRE(model.has_value());
  CHECK(model->processes[0].name == "\xC3\xBC");
  CHECK(model->processes[0].xml == file("UTF-8", "\xC3\xBC"));
}

TEST_CASE("blanks around ids and references are no part of them") {
  auto const definition = read_definition(
      bpmn("<laneSet id='l'><lane id='x' name='operator'><flowNodeRef> a\n</flowNodeRef></lane></laneSet>"
           "<startEvent id=' s '/><serviceTask id='a ' yunzhi:action='x'/><boundaryEvent id=' b' "
           "attachedToRef=' a'>"
           "<errorEventDefinition errorRef=' e '/></boundaryEvent><exclusiveGateway id='g' default=' d '/>" +
               task("c") + task("f") +
               "<sequenceFlow id='i' sourceRef='s' targetRef=' a'/><sequenceFlow id='j' sourceRef='a' "
               "targetRef='g'/>"
               "<sequenceFlow id='d' sourceRef='g ' targetRef='c'/><sequenceFlow id='k' sourceRef='b' "
               "targetRef='f'/>",
           "<error id='e ' errorCode='E1'/>"));
  REQUIRE_MESSAGE(definition.has_value(), definition.error().english());
  auto const node = [&](std::string_view id) { return definition->nodes[definition->find_node(id)]; };
  CHECK(node("a").role == "operator");
  CHECK(node("b").reference == "E1");
  CHECK(node("b").attached_to == definition->find_node("a"));
  CHECK(node("g").default_flow == definition->find_flow("d"));
}

TEST_CASE("a problem names line, column and element") {
  CHECK(problems("<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'>\n<process id='p'>\n"
                 "  <startEvent id='s'/>\n  <complexGateway id='c'/>\n</process></definitions>") ==
        "4:3: 'c': the element complexGateway is not run by this engine");
}

TEST_CASE("what would change the run and is not run is refused") {
  for (auto const* inside :
       {"<complexGateway id='x'/>", "<callChoreography id='x'/>", "<subChoreography id='x'/>"})
    CHECK(says(bpmn(inside), "is not run by this engine"));
  CHECK(says(bpmn("<userTask id='a' yunzhi:role='r'><multiInstanceLoopCharacteristics/></userTask>"),
             "'a' does not say how many"));
  CHECK(says(bpmn("<subProcess id='a' triggeredByEvent='true'/>"), "'a' has 0 start events"));
  CHECK(says(bpmn("<callActivity id='x'/>"), "'x' calls nothing"));
  CHECK(says(bpmn("<startEvent id='s'><errorEventDefinition/></startEvent>"),
             "an event of this kind starts only an event sub-process"));
  CHECK(
      says(bpmn("<startEvent id='s'/><intermediateThrowEvent id='t'><timerEventDefinition><timeDuration>PT1H"
                "</timeDuration></timerEventDefinition></intermediateThrowEvent>"),
           "does not run with this trigger"));
  CHECK(says(bpmn("<startEvent id='s'/><intermediateThrowEvent id='t'><linkEventDefinition name='L'/>"
                  "</intermediateThrowEvent>" +
                  flow("s>t")),
             "'t' links to 'L', and no catching link beside it has this name"));
  CHECK(says(bpmn("<startEvent id='s'/>" + task("a") +
                  "<boundaryEvent id='b' attachedToRef='a'><compensateEventDefinition/></boundaryEvent>" +
                  flow("s>a")),
             "'b' has no handler"));
}

TEST_CASE("words of other engines are told in ours, and what cannot be is refused when deployed") {
  auto const camunda = [](std::string_view attributes, std::string_view inside = {}) {
    return bpmn(
        "<startEvent id='s'/><userTask id='a' xmlns:camunda='http://camunda.org/schema/1.0/bpmn' "
        "xmlns:zeebe='http://camunda.org/schema/zeebe/1.0' " +
        std::string(attributes) + "><extensionElements>" + std::string(inside) +
        "</extensionElements></userTask>" + flow("s>a"));
  };
  auto const step = [&](std::string const& xml) {
    auto const definition = read_definition(xml);
    REQUIRE_MESSAGE(definition.has_value(), problems(xml));
    return definition->nodes[definition->find_node("a")];
  };
  CHECK(step(camunda("camunda:assignee='${owner}'")).form.assignee == "field:owner");
  CHECK(step(camunda("camunda:assignee='kermit'")).form.assignee == "person:kermit");
  CHECK(step(camunda("camunda:candidateGroups='sales, it'")).role == "sales");
  CHECK(step(camunda("", "<zeebe:assignmentDefinition assignee='=owner' candidateGroups='it'/>")).role ==
        "it");
  CHECK(step(camunda("camunda:assignee='a'", "<zeebe:formDefinition formId='f1'/>")).form.form == "f1");
  CHECK(step(camunda("camunda:assignee='a' camunda:dueDate='${due}'")).form.due.has_value());
  CHECK(says(camunda("camunda:assignee='a' camunda:skipExpression='${x}'"),
             "the attribute 'camunda:skipExpression' belongs to another engine and would be ignored"));
  CHECK(says(camunda("camunda:assignee='a'", "<camunda:taskListener class='x'/>"),
             "the extension 'camunda:taskListener' would be ignored"));
  auto const ignored = [](std::string_view event, std::string_view what) {
    auto const xml = bpmn(
        "<startEvent id='s'/><endEvent id='e' xmlns:camunda='http://camunda.org/schema/1.0/bpmn' "
        "xmlns:zeebe='http://camunda.org/schema/zeebe/1.0' "
        "xmlns:flowable='http://flowable.org/bpmn'>" +
            std::string(event) + "</endEvent>" + flow("s>e"),
        "<signal id='g' name='g' xmlns:flowable='http://flowable.org/bpmn' "
        "flowable:scope='processInstance'/>");
    return says(xml, what);
  };
  for (auto const* name : {"variableName", "variableEvents", "errorMessageVariable"})
    CHECK(ignored("<errorEventDefinition camunda:" + std::string(name) + "='x'/>",
                  "'e': the attribute 'camunda:" + std::string(name) + "' belongs to another engine"));
  CHECK(
      ignored("<signalEventDefinition signalRef='g'><extensionElements><camunda:in source='x' target='y'/>"
              "</extensionElements></signalEventDefinition>",
              "'e': the extension 'camunda:in' would be ignored"));
  CHECK(ignored("<signalEventDefinition signalRef='g'/>",
                "'g': the attribute 'flowable:scope' belongs to another engine"));
  CHECK(ignored("<terminateEventDefinition flowable:terminateMultiInstance='true'/>",
                "'e': the attribute 'flowable:terminateMultiInstance' belongs to another engine"));
  CHECK(
      says(bpmn("<startEvent id='s'/><userTask id='a' yunzhi:role='r'><multiInstanceLoopCharacteristics "
                "xmlns:flowable='http://flowable.org/bpmn'><extensionElements><flowable:variableAggregation "
                "target='x'/></extensionElements><loopCardinality>2</loopCardinality>"
                "</multiInstanceLoopCharacteristics></userTask>" +
                flow("s>a")),
           "'a': the extension 'flowable:variableAggregation' would be ignored"));
  CHECK(says(camunda("camunda:assignee='${service.find(x)}' yunzhi:role='r'"),
             "only a variable's name can be taken over"));
  CHECK(says(bpmn("<userTask id='a' yunzhi:asignee='field:x'/>"),
             "the attribute 'yunzhi:asignee' has no meaning on userTask"));
}

TEST_CASE("a file that can run but not be deployed says why in notes") {
  auto const model =
      read_model(bpmn("<startEvent id='s'/><userTask id='a'/>" + flow("s>a")), Strictness::run);
  REQUIRE(model.has_value());
  REQUIRE(model->notes.size() == 1);
  CHECK(model->notes[0].english().find("nobody could do it") != std::string::npos);
}

TEST_CASE("a file is printed again with everything it holds") {
  std::string const xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- why -->\n<definitions "
      "xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:x=\"urn:x\">\n  <process id=\"p\" x:y=\"1 "
      "&lt; 2\">\n"
      "    <extensionElements><x:z>  a\n b </x:z></extensionElements>\n  </process>\n</definitions>\n";
  CHECK(round_trip(xml).value() == xml);
  CHECK(round_trip("<a").has_error());
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
  CHECK(problems(timer("<timeCycle>R3/PT1H</timeCycle>")) == "fine");
  CHECK(says(timer("<timeCycle>R3</timeCycle>"), "is not a cycle as in R3/PT10M"));
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

TEST_CASE("correlation properties, keys and subscriptions that cannot be run are refused, never ignored") {
  auto const property = [](std::string_view inside) {
    return "<message id='m' name='go'/><correlationProperty id='cp'>" + std::string(inside) +
           "</correlationProperty>";
  };
  auto const retrieval = [](std::string_view message, std::string_view path) {
    return "<correlationPropertyRetrievalExpression messageRef='" + std::string(message) + "'>" +
           std::string(path) + "</correlationPropertyRetrievalExpression>";
  };
  auto const keys = [](std::string_view inside) {
    return "<collaboration id='c'>" + std::string(inside) + "</collaboration>";
  };
  std::string const key =
      "<correlationKey id='k'><correlationPropertyRef>cp</correlationPropertyRef></correlationKey>";
  auto const waiting = [](std::string_view subscription, std::string const& declarations) {
    return bpmn(std::string(subscription) +
                    "<startEvent id='s'/><intermediateCatchEvent id='w'><messageEventDefinition "
                    "messageRef='m'/></intermediateCatchEvent>" +
                    flow("s>w"),
                declarations);
  };
  auto const subscribing = [](std::string_view to, std::string_view binding) {
    return "<correlationSubscription id='cs' correlationKeyRef='" + std::string(to) + "'>" +
           std::string(binding) + "</correlationSubscription>";
  };
  auto const whole = property(retrieval("m", "<messagePath>order.id</messagePath>")) + keys(key);
  std::string const bound =
      "<correlationPropertyBinding "
      "correlationPropertyRef='cp'><dataPath>number</dataPath></correlationPropertyBinding>";
  CHECK(problems(waiting(subscribing("k", bound), whole)) == "fine");
  CHECK(says(waiting("", property(retrieval("m", "<messagePath>a</messagePath>"))),
             "'cp' belongs to no correlationKey and would be ignored"));
  CHECK(says(waiting("", property(retrieval("zz", "<messagePath>a</messagePath>")) + keys(key)),
             "'cp': a retrieval expression needs a messageRef and a messagePath"));
  CHECK(says(waiting("", property(retrieval("m", "<messagePath>a +</messagePath>")) + keys(key)),
             "'cp': the messagePath is wrong"));
  CHECK(says(waiting(subscribing("other", bound), whole),
             "a correlationSubscription refers to 'other', which is no correlationKey of the file"));
  CHECK(says(waiting(subscribing("k", "<correlationPropertyBinding correlationPropertyRef='zz'/>"), whole),
             "'k': a binding needs a correlationPropertyRef of its key and a dataPath"));
  CHECK(says(
      waiting("", whole + keys("<correlationKey id='k2'><correlationPropertyRef>cp</correlationPropertyRef>"
                               "</correlationKey>")),
      "'w': its message belongs to the correlationKeys 'k' and 'k2'; only one runs"));
  CHECK(says(waiting("", property(retrieval("m", "<messagePath>a</messagePath>")) +
                             "<correlationProperty id='half'/>" +
                             keys("<correlationKey id='k'><correlationPropertyRef>cp</correlationPropertyRef>"
                                  "<correlationPropertyRef>half</correlationPropertyRef></correlationKey>")),
             "'w': the correlationKey 'k' has properties without an expression for its message"));
}

TEST_CASE("data associations that cannot be run are refused, never ignored") {
  auto const associated = [](std::string_view association) {
    return bpmn(
        "<dataObject id='d' name='order'/><startEvent id='s'/><userTask id='a' yunzhi:role='r'>"
        "<ioSpecification id='io'><dataInput id='i' name='given'/></ioSpecification>" +
        std::string(association) + "</userTask>" + flow("s>a"));
  };
  auto const in = [](std::string_view inside) {
    return "<dataInputAssociation id='da'>" + std::string(inside) + "</dataInputAssociation>";
  };
  CHECK(problems(associated(in("<sourceRef>d</sourceRef><targetRef>i</targetRef>"))) == "fine");
  CHECK(says(associated(in("<targetRef>i</targetRef><transformation>order +</transformation>")),
             "'a': a data association is wrong"));
  CHECK(says(associated(in("<targetRef>zz</targetRef><transformation>order</transformation>")),
             "'a': a transformation needs a targetRef that stands for a variable"));
  CHECK(says(
      associated(in("<targetRef>i</targetRef><assignment><from>order</from><to>sum(x)</to></assignment>")),
      "'a': an assignment sets 'sum(x)'; it must be a variable or a path in one"));
  CHECK(says(associated(in("<targetRef>i</targetRef><transformation>order</transformation>"
                           "<assignment><from>order</from><to>i</to></assignment>")),
             "'a': a data association has assignments or a transformation, not both"));
  CHECK(says(bpmn("<dataObject id='d' name='order'/><startEvent id='s'><dataOutput id='o' name='told'/>"
                  "<dataOutputAssociation id='da'><sourceRef>o</sourceRef><targetRef>d</targetRef>"
                  "</dataOutputAssociation></startEvent>" +
                  task("a") + flow("s>a")),
             "'s': data associations of events are not run by this engine"));
}
