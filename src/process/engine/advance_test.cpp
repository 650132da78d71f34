#include "process/engine/advance.hpp"

#include <doctest/doctest.h>

#include "process/engine/story.hpp"

using namespace yunzhi;
using namespace yunzhi::process;
using Ids = std::vector<std::string>;

TEST_CASE("a step waits for its person and the process ends after the last one") {
  Story story(bpmn("<startEvent id='s'/>" + task("a") + "<endEvent id='e' yunzhi:state='closed'/>" +
                   flows({"s>a", "a>e"})));
  story.start();
  CHECK(story.open() == Ids{"a"});
  CHECK_FALSE(story.ended());
  story.complete("a");
  CHECK(story.ended());
  CHECK(story.state() == "closed");
  CHECK(story.path() == Ids{"s_a", "a_e"});
  story.complete("a");
  CHECK(story.refused() == "the process has ended");
}

TEST_CASE("a task that is no longer open cannot be completed twice") {
  Story story(bpmn("<startEvent id='s'/>" + task("a") + task("b") + flows({"s>a", "a>b"})));
  story.start().complete("a").complete("a");
  CHECK(story.refused() == "the task is no longer open");
  CHECK(story.open() == Ids{"b"});
}

TEST_CASE("an exclusive gateway takes the first way whose condition holds, else the default") {
  auto const model = bpmn("<startEvent id='s'/><exclusiveGateway id='g' default='g_c'/>" + task("a") +
                          task("b") + task("c") + flows({"s>g", "g>a: n > 10", "g>b: n > 5", "g>c"}));
  CHECK(Story(model).start({{"n", 20}}).open() == Ids{"a"});
  CHECK(Story(model).start({{"n", 7}}).open() == Ids{"b"});
  CHECK(Story(model).start({{"n", 1}}).open() == Ids{"c"});
}

TEST_CASE("an empty variable stops a gateway with its name, and a retry goes on when it is filled in") {
  Story story(bpmn("<startEvent id='s'/><exclusiveGateway id='g' default='g_b'/>" + task("a") + task("b") +
                   flows({"s>g", "g>a: priority = \"p1\"", "g>b"})));
  story.start();
  CHECK(story.open().empty());
  CHECK(story.incidents() ==
        Ids{"the condition 'priority = \"p1\"' has no answer because 'priority' is empty"});
  story.retry("g", {{"priority", "p1"}});
  CHECK(story.open() == Ids{"a"});
}

TEST_CASE("a gateway without a way that holds and without default is an incident") {
  Story story(bpmn("<startEvent id='s'/><exclusiveGateway id='g'/>" + task("a") + task("b") +
                   flows({"s>g", "g>a: n = 1", "g>b: n = 2"})));
  story.start({{"n", 3}});
  CHECK(story.incidents() == Ids{"no condition behind 'g' holds, and it has no default flow"});
}

TEST_CASE("a parallel join waits for all of its ways and counts flows, not tokens") {
  Story story(bpmn("<startEvent id='s'/><parallelGateway id='f'/><parallelGateway id='j'/>" + task("a") +
                   task("b") + task("c") + "<endEvent id='e'/>" +
                   flows({"s>f", "f>a", "f>b", "a>j", "b>j", "j>c", "c>e"})));
  story.start();
  CHECK(story.open() == Ids{"a", "b"});
  story.complete("b");
  CHECK(story.open() == Ids{"a"});
  story.complete("a");
  CHECK(story.open() == Ids{"c"});
  CHECK(story.complete("c").ended());
}

TEST_CASE("an inclusive join waits exactly for the ways that were taken") {
  auto const model =
      bpmn("<startEvent id='s'/><inclusiveGateway id='f' default='f_c'/><inclusiveGateway id='j'/>" +
           task("a") + task("b") + task("c") + task("d") +
           flows({"s>f", "f>a: x", "f>b: y", "f>c", "a>j", "b>j", "c>j", "j>d"}));
  Story both(model);
  both.start({{"x", true}, {"y", true}});
  CHECK(both.open() == Ids{"a", "b"});
  both.complete("a");
  CHECK(both.open() == Ids{"b"});
  CHECK(both.complete("b").open() == Ids{"d"});
  Story one(model);
  one.start({{"x", false}, {"y", true}}).complete("b");
  CHECK(one.open() == Ids{"d"});
  Story none(model);
  none.start({{"x", false}, {"y", false}});
  CHECK(none.open() == Ids{"c"});
}

TEST_CASE("an inclusive join inside a loop waits for a way that leads back to it") {
  Story story(
      bpmn("<startEvent id='s'/><inclusiveGateway id='f' default='f_b'/><inclusiveGateway id='j'/>"
           "<exclusiveGateway id='g' default='g_j'/>" +
           task("a") + task("b") + task("c") +
           flows({"s>f", "f>a: true", "f>b", "a>g", "g>a: again", "g>j", "b>j", "j>c"})));
  story.start({{"again", true}});
  CHECK(story.open() == Ids{"a"});
  story.complete("a");
  CHECK(story.open() == Ids{"a"});
  story.complete("a", {{"again", false}});
  CHECK(story.open() == Ids{"c"});
}

TEST_CASE("a join that can never be completed is reported, not left in silence") {
  Story story(bpmn("<startEvent id='s'/><exclusiveGateway id='g' default='g_b'/><parallelGateway id='j'/>" +
                   task("a") + task("b") + task("c") +
                   flows({"s>g", "g>a: false", "g>b", "a>j", "b>j", "j>c"})));
  story.start().complete("b");
  CHECK(story.incidents() == Ids{"'j' waits for a way that nobody is on; move the token or cancel"});
}

TEST_CASE("an interrupting timer takes the task away; its completion in time disarms the timer") {
  auto const model =
      bpmn("<startEvent id='s'/>" + task("a") + task("late") +
           "<boundaryEvent id='t' attachedToRef='a'><timerEventDefinition>"
           "<timeDuration>PT2H</timeDuration></timerEventDefinition></boundaryEvent><endEvent id='e'/>" +
           flows({"s>a", "a>e", "t>late", "late>e"}));
  Story late(model);
  late.start().advance_by("PT1H");
  CHECK(late.open() == Ids{"a"});
  late.advance_by("PT1H");
  CHECK(late.open() == Ids{"late"});
  CHECK(late.complete("late").ended());
  Story in_time(model);
  in_time.start().complete("a");
  CHECK(in_time.ended());
  CHECK(in_time.timers() == 0);
}

TEST_CASE("a timer that does not interrupt escalates beside the open task, a cycle as often as it says") {
  Story story(bpmn("<startEvent id='s'/>" + task("a") +
                   "<boundaryEvent id='t' attachedToRef='a' cancelActivity='false'><timerEventDefinition>"
                   "<timeCycle>R3/PT1H</timeCycle></timerEventDefinition></boundaryEvent>"
                   "<serviceTask id='n' yunzhi:action='escalate'/>" +
                   flows({"s>a", "t>n"})));
  story.start().advance_by("PT30M");
  CHECK(story.told().empty());
  story.advance_by("PT10H");
  CHECK(story.told() == Ids{"escalate", "escalate", "escalate"});
  CHECK(story.open() == Ids{"a"});
  CHECK(story.complete("a").ended());
}

TEST_CASE("a timer may be computed from the record") {
  Story story(
      bpmn("<startEvent id='s'/><intermediateCatchEvent id='t'><timerEventDefinition><timeDuration>"
           "if priority = \"p1\" then \"PT15M\" else \"PT2H\"</timeDuration></timerEventDefinition>"
           "</intermediateCatchEvent>" +
           task("a") + flows({"s>t", "t>a"})));
  story.start({{"priority", "p1"}}).advance_by("PT14M");
  CHECK(story.open().empty());
  CHECK(story.advance_by("PT1M").open() == Ids{"a"});
}

TEST_CASE("an event-based gateway follows the event that comes first") {
  auto const model = bpmn(
      "<startEvent id='s'/><eventBasedGateway id='g'/><intermediateCatchEvent id='m'>"
      "<messageEventDefinition messageRef='msg'/></intermediateCatchEvent>"
      "<intermediateCatchEvent id='t'><timerEventDefinition><timeDuration>PT1H</timeDuration>"
      "</timerEventDefinition></intermediateCatchEvent>" +
          task("answered") + task("silent") + flows({"s>g", "g>m", "g>t", "m>answered", "t>silent"}),
      "<message id='msg' name='answer'/>");
  CHECK(Story(model).start().advance_by("PT1H").open() == Ids{"silent"});
  Story answered(model);
  answered.start().message("answer");
  CHECK(answered.open() == Ids{"answered"});
  CHECK(answered.timers() == 0);
  answered.message("answer");
  CHECK(answered.refused() == "nobody waits for the message 'answer'");
}

TEST_CASE("a process can be started by a message and interrupted by one") {
  Story story(bpmn("<startEvent id='s'><messageEventDefinition messageRef='m1'/></startEvent>" + task("a") +
                       task("b") +
                       "<boundaryEvent id='x' attachedToRef='a'><messageEventDefinition "
                       "messageRef='m2'/></boundaryEvent>" +
                       flows({"s>a", "x>b"}),
                   "<message id='m1' name='begin'/><message id='m2' name='stop'/>"));
  story.start();
  CHECK_FALSE(story.refused().empty());
  story.start({}, "begin");
  CHECK(story.open() == Ids{"a"});
  CHECK(story.message("stop").open() == Ids{"b"});
}

TEST_CASE("a sub-process ends when nothing is left inside") {
  Story story(bpmn("<startEvent id='s'/><subProcess id='sub'><startEvent id='ss'/><parallelGateway id='f'/>" +
                   task("a") + task("b") + flows({"ss>f", "f>a", "f>b"}) + "</subProcess>" + task("c") +
                   flows({"s>sub", "sub>c"})));
  story.start();
  CHECK(story.open() == Ids{"a", "b"});
  CHECK(story.complete("a").open() == Ids{"b"});
  CHECK(story.complete("b").open() == Ids{"c"});
}

TEST_CASE("a terminate end ends its own sub-process only") {
  Story story(bpmn("<startEvent id='s'/><subProcess id='sub'><startEvent id='ss'/><parallelGateway id='f'/>" +
                   task("a") + task("b") + "<endEvent id='stop'><terminateEventDefinition/></endEvent>" +
                   flows({"ss>f", "f>a", "f>b", "a>stop"}) + "</subProcess>" + task("c") +
                   flows({"s>sub", "sub>c"})));
  CHECK(story.start().complete("a").open() == Ids{"c"});
}

TEST_CASE("an error end is caught on the border of its sub-process") {
  auto const model = [](std::string_view code) {
    return bpmn(
        "<startEvent id='s'/><subProcess id='sub'><startEvent id='ss'/><parallelGateway id='f'/>" +
            task("a") + task("b") + "<endEvent id='bad'><errorEventDefinition errorRef='e1'/></endEvent>" +
            flows({"ss>f", "f>a", "f>b", "a>bad"}) +
            "</subProcess><boundaryEvent id='x' attachedToRef='sub'><errorEventDefinition errorRef='" +
            std::string(code) + "'/></boundaryEvent>" + task("mend") + flows({"s>sub", "x>mend"}),
        "<error id='e1' errorCode='broken'/><error id='e2' errorCode='other'/>");
  };
  CHECK(Story(model("e1")).start().complete("a").open() == Ids{"mend"});
  CHECK(Story(model("")).start().complete("a").open() == Ids{"mend"});
  Story uncaught(model("e2"));
  uncaught.start().complete("a");
  CHECK(uncaught.open() == Ids{"b"});
  CHECK(uncaught.incidents() == Ids{"the error 'broken' of 'bad' is caught nowhere"});
}

TEST_CASE("a service is called once and its failure goes to its error event, or to a person") {
  auto const model = bpmn(
      "<startEvent id='s'/><serviceTask id='v' yunzhi:action='backup.run'/>"
      "<boundaryEvent id='x' attachedToRef='v'><errorEventDefinition errorRef='e'/></boundaryEvent>" +
          task("a") + task("mend") + flows({"s>v", "v>a", "x>mend"}),
      "<error id='e' errorCode='full'/>");
  Story story(model);
  CHECK(story.start().called_actions() == Ids{"backup.run"});
  CHECK(story.called("v").open() == Ids{"a"});
  CHECK(Story(model).start().fail("v", "full").open() == Ids{"mend"});
  Story other(model);
  other.start().fail("v", "timeout");
  CHECK(other.incidents() == Ids{"'v' failed with 'timeout'"});
  CHECK(other.retry("v").called_actions() == Ids{"backup.run", "backup.run"});
  CHECK(other.called("v").open() == Ids{"a"});
}

TEST_CASE("a script sets a field that the next gateway reads") {
  Story story(bpmn(
      "<startEvent id='s'/><scriptTask id='x' scriptFormat='feel' yunzhi:result='score'><script>impact * 2"
      "</script></scriptTask><exclusiveGateway id='g' default='g_b'/>" +
      task("a") + task("b") + flows({"s>x", "x>g", "g>a: score > 5", "g>b"})));
  story.start({{"impact", 3}});
  CHECK(story.open() == Ids{"a"});
  CHECK(story.fields().at("score") == 6);
}

TEST_CASE("a loop that never waits is stopped") {
  Story story(bpmn("<startEvent id='s'/><exclusiveGateway id='g' default='g_h'/><exclusiveGateway id='h'/>" +
                   task("a") + flows({"s>g", "g>a: false", "g>h", "h>g"})));
  story.start();
  REQUIRE(story.incidents().size() == 1);
  CHECK(story.incidents()[0].find("in a loop that never waits") != std::string::npos);
}

TEST_CASE("the modelled loop sends a step back") {
  Story story(bpmn("<startEvent id='s'/>" + task("repair") + task("confirm") +
                   "<exclusiveGateway id='g' default='g_repair'/>"
                   "<endEvent id='e'/>" +
                   flows({"s>repair", "repair>confirm", "confirm>g", "g>e: ok", "g>repair"})));
  story.start().complete("repair").complete("confirm", {{"ok", false}});
  CHECK(story.open() == Ids{"repair"});
  CHECK(story.complete("repair").complete("confirm", {{"ok", true}}).ended());
}

TEST_CASE("a move to before a split takes the other ways along, one within a way leaves them") {
  auto const model =
      bpmn("<startEvent id='s'/>" + task("first") + "<parallelGateway id='f'/><parallelGateway id='j'/>" +
           task("a1") + task("a2") + task("b") + task("last") +
           flows({"s>first", "first>f", "f>a1", "a1>a2", "a2>j", "f>b", "b>j", "j>last"}));
  Story before(model);
  before.start().complete("first").complete("a1").move("a2", "first");
  CHECK(before.open() == Ids{"first"});
  CHECK(before.complete("first").complete("a1").complete("a2").complete("b").open() == Ids{"last"});
  Story within(model);
  within.start().complete("first").complete("a1").complete("b").move("a2", "a1");
  CHECK(within.open() == Ids{"a1"});
  CHECK(within.complete("a1").complete("a2").open() == Ids{"last"});
}

TEST_CASE("a move out of a sub-process ends it") {
  Story story(bpmn("<startEvent id='s'/>" + task("first") + "<subProcess id='sub'><startEvent id='ss'/>" +
                   task("a") + flows({"ss>a"}) + "</subProcess>" + task("c") +
                   flows({"s>first", "first>sub", "sub>c"})));
  story.start().complete("first").move("a", "first");
  CHECK(story.open() == Ids{"first"});
  story.move("first", "a");
  CHECK(story.refused() == "/element: 'a' lies in a sub-process that is not running");
  CHECK(story.complete("first").complete("a").open() == Ids{"c"});
}

TEST_CASE("a cancelled process leaves no task and no timer") {
  Story story(
      bpmn("<startEvent id='s'/><subProcess id='sub'><startEvent id='ss'/>" + task("a") + flows({"ss>a"}) +
           "</subProcess><boundaryEvent id='t' attachedToRef='sub'><timerEventDefinition><timeDuration>PT1H"
           "</timeDuration></timerEventDefinition></boundaryEvent>" +
           task("b") + flows({"s>sub", "t>b"})));
  story.start().cancel();
  CHECK(story.ended());
  CHECK(story.open().empty());
  CHECK(story.timers() == 0);
}

TEST_CASE("the assignee comes from the record, else the task is for the role, else it is an incident") {
  auto const model = [](std::string_view role) {
    return bpmn("<startEvent id='s'/><userTask id='a' yunzhi:assignee='field:owner' " + std::string(role) +
                "/>" + flow("s>a"));
  };
  CHECK(Story(model("")).start({{"owner", "p-1"}}).tasks().begin()->second.assignee == "p-1");
  CHECK(Story(model("yunzhi:role='operator'")).start().incidents().empty());
  CHECK(Story(model("")).start().incidents().size() == 1);
}

TEST_CASE("a saved state that does not fit its definition is refused") {
  Story story(bpmn("<startEvent id='s'/>" + task("a") + flow("s>a")));
  story.start();
  CHECK(story.saved() == R"({"n":2,"t":[[1,"a",0,"w"]]})");
  for (auto const* bad : {"", "[]", "{}", R"({"n":2,"t":[[1,"b",0,"w"]]})", R"({"n":1,"t":[[1,"a",0,"w"]]})",
                          R"({"n":3,"t":[[2,"a",1,"w"]]})", R"({"n":3,"t":[[1,"a",0,"q"]]})"})
    CHECK(restore(story.definition(), bad).has_error());
}
