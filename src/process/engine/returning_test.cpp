#include <doctest/doctest.h>

#include "process/engine/verb_story.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

using Open = std::vector<std::string>;

std::string chain() {
  return bpmn(
      "<startEvent id='s'/><userTask id='a' yunzhi:role='r' yunzhi:state='first'/><userTask id='b' "
      "yunzhi:role='r'/><userTask id='c' yunzhi:role='r' yunzhi:state='third'/><endEvent id='e'/>" +
      flows({"s>a", "a>b", "b>c", "c>e"}));
}

// a, then b and c beside d, then x behind the join.
std::string split() {
  return bpmn("<startEvent id='s'/>" + task("a") + "<parallelGateway id='fork'/>" + task("b") + task("c") +
              task("d") + "<parallelGateway id='join'/>" + task("x") + "<endEvent id='e'/>" +
              flows({"s>a", "a>fork", "fork>b", "fork>d", "b>c", "c>join", "d>join", "join>x", "x>e"}));
}

std::string nested() {
  return bpmn("<startEvent id='s'/>" + task("a") + "<subProcess id='sub'><startEvent id='is'/>" + task("b") +
              task("c") + "<endEvent id='ie'/>" + flows({"is>b", "b>c", "c>ie"}) +
              "</subProcess><boundaryEvent id='late' attachedToRef='sub' cancelActivity='false'>"
              "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>"
              "<endEvent id='le'/>" +
              task("x") + "<endEvent id='e'/>" + flows({"s>a", "a>sub", "sub>x", "x>e", "late>le"}));
}

}  // namespace

TEST_CASE("sent back step by step, the way is gone again") {
  VerbStory story(chain());
  story.start().complete("a").complete("b").send_back("c", "cat", "a");
  CHECK(story.open() == Open{"a"});
  CHECK(story.state() == "first");
  story.complete("a");
  CHECK(story.open() == Open{"b"});
}

TEST_CASE("sent straight back, the step goes to who had sent it, with the record's state") {
  VerbStory story(chain());
  story.start().complete("a").complete("b").send_back("c", "cat", "a", true);
  CHECK(story.open() == Open{"a"});
  story.complete("a", "ann");
  CHECK(story.open() == Open{"c:cat"});
  CHECK(story.state() == "third");
  story.complete("c", "cat");
  CHECK(story.ended());
}

TEST_CASE("sent back twice in a row, each returns to its own sender") {
  VerbStory story(chain());
  story.start().complete("a").complete("b").send_back("c", "cat", "b", true);
  story.send_back("b", "bob", "a", true).complete("a", "ann");
  CHECK(story.open() == Open{"b:bob"});
  story.complete("b", "bob");
  CHECK(story.open() == Open{"c:cat"});
}

TEST_CASE("sent back inside one way of a split, the other way stays and the join still waits for both") {
  for (bool const straight : {false, true}) {
    VerbStory story(split());
    story.start().complete("a").complete("b").complete("d").send_back("c", "cat", "b", straight);
    CHECK(story.open() == Open{"b"});
    story.complete("b");
    CHECK(story.open() == (straight ? Open{"c:cat"} : Open{"c"}));
    story.complete("c", straight ? "cat" : "");
    CHECK(story.open() == Open{"x"});
  }
}

TEST_CASE("sent back before a split, the other way is cancelled; straight back it stands as it stood") {
  VerbStory story(split());
  story.start().complete("a").complete("b").send_back("c", "cat", "a");
  CHECK(story.open() == Open{"a"});
  story.complete("a");
  CHECK(story.open() == Open{"b", "d"});
  VerbStory straight(split());
  straight.start().complete("a").complete("b").complete("d").send_back("c", "cat", "a", true);
  CHECK(straight.open() == Open{"a"});
  straight.complete("a");
  CHECK(straight.open() == Open{"c:cat"});
  straight.complete("c", "cat");
  CHECK(straight.open() == Open{"x"});
}

TEST_CASE("sent back from behind a join into one of its ways, the join needs both ways again") {
  VerbStory story(split());
  story.start().complete("a").complete("b").complete("c").complete("d");
  story.send_back("x", "xia", "b", true).complete("b", "bob");
  CHECK(story.open() == Open{"x:xia"});
  VerbStory steps(split());
  steps.start().complete("a").complete("b").complete("c").complete("d").send_back("x", "xia", "b");
  CHECK(steps.open() == Open{"b"});
  steps.complete("b").complete("c");
  CHECK(steps.open() == Open{"x"});
  CHECK(steps.incidents().empty());
}

TEST_CASE("sent out of a sub-process and back, it runs on inside with its border armed anew") {
  VerbStory story(nested());
  story.start().complete("a").complete("b");
  CHECK(story.timers() == 1);
  story.send_back("c", "cat", "a", true);
  CHECK(story.open() == Open{"a"});
  CHECK(story.timers() == 0);
  story.complete("a");
  CHECK(story.open() == Open{"c:cat"});
  CHECK(story.timers() == 1);
  story.complete("c", "cat");
  CHECK(story.open() == Open{"x"});
}

TEST_CASE("sent back into a sub-process that is over, it runs again from the step") {
  VerbStory story(nested());
  story.start().complete("a").complete("b").complete("c").send_back("x", "xia", "c");
  CHECK(story.open() == Open{"c"});
  story.complete("c");
  CHECK(story.open() == Open{"x"});
}

TEST_CASE("a later step, a step beside and a gateway are nothing to send back to") {
  VerbStory story(split());
  story.start().complete("a");
  for (auto const* element : {"x", "d", "fork", "b"}) {
    story.send_back("b", "bob", element);
    CHECK(story.refused() == "/element: '" + std::string(element) + "' is no earlier step of people");
  }
  CHECK(story.open() == Open{"b", "d"});
}

TEST_CASE("withdrawn while the next step is untouched, the step is with its doer again") {
  VerbStory story(chain());
  story.start().complete("a", "ann").withdraw("a", "ann");
  CHECK(story.open() == Open{"a:ann"});
  CHECK(story.state() == "first");
  story.complete("a", "ann").complete("b").withdraw("a", "ann");
  CHECK(story.refused() == "the next step has already been touched");
  CHECK(story.open() == Open{"c"});
}

TEST_CASE("withdrawn through a split and through a join, all ways are as they were") {
  VerbStory story(split());
  story.start().complete("a", "ann").withdraw("a", "ann");
  CHECK(story.open() == Open{"a:ann"});
  story.complete("a", "ann").complete("b").complete("c", "cat").complete("d", "dan");
  CHECK(story.open() == Open{"x"});
  story.withdraw("d", "dan");
  CHECK(story.open() == Open{"d:dan"});
  story.complete("d", "dan");
  CHECK(story.open() == Open{"x"});
}

TEST_CASE("withdrawn into and out of a sub-process") {
  VerbStory story(nested());
  story.start().complete("a", "ann").withdraw("a", "ann");
  CHECK(story.open() == Open{"a:ann"});
  CHECK(story.timers() == 0);
  story.complete("a", "ann").complete("b").complete("c", "cat").withdraw("c", "cat");
  CHECK(story.open() == Open{"c:cat"});
  CHECK(story.timers() == 1);
  story.complete("c", "cat");
  CHECK(story.open() == Open{"x"});
}

TEST_CASE("a suspended process takes nothing but being resumed and cancelled") {
  VerbStory story(chain());
  story.start().suspend().complete("a");
  CHECK(story.refused() == "the process is suspended");
  story.resume().complete("a");
  CHECK(story.open() == Open{"b"});
  story.resume();
  CHECK(story.refused() == "the process is not suspended");
}

TEST_CASE("changed by hand: somebody is put before or behind any step, and taken away") {
  VerbStory story(nested());
  story.start().enter("c").drop("a");
  CHECK(story.open() == Open{"c"});
  story.complete("c");
  CHECK(story.open() == Open{"x"});
  story.enter("b", "after").drop("x");
  CHECK(story.open() == Open{"c"});
  story.drop("sub");
  CHECK(story.ended());
}

TEST_CASE("a process can be restarted from any step") {
  VerbStory story(split());
  story.enter("c");
  CHECK(story.open() == Open{"c"});
}

TEST_CASE("sent straight back inside a sub-process and from there out of it, each finds its sender again") {
  VerbStory story(nested());
  story.start().complete("a").complete("b").send_back("c", "cat", "b", true).send_back("b", "bob", "a", true);
  CHECK(story.open() == Open{"a"});
  story.complete("a").complete("b", "bob");
  CHECK(story.open() == Open{"c:cat"});
  story.complete("c", "cat");
  CHECK(story.open() == Open{"x"});
}

TEST_CASE("straight back out of a sub-process that was entered again leaves nothing of it behind") {
  VerbStory story(nested());
  story.start().complete("a").complete("b").complete("c").send_back("x", "xia", "b", true);
  CHECK(story.open() == Open{"b"});
  story.complete("b");
  CHECK(story.open() == Open{"x:xia"});
  CHECK(story.timers() == 0);
}
