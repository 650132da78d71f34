#include "process/engine/migration.hpp"

#include <doctest/doctest.h>

#include "process/engine/story.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

using Ids = std::vector<std::string>;

std::string sub(std::string const& id, std::string const& inside, std::string const& attributes = "") {
  return "<subProcess id='" + id + "' " + attributes + "><startEvent id='" + id + "_s'/>" + inside +
         "<endEvent id='" + id + "_e'/></subProcess>";
}

// s > box(box_s > a > b > box_e) > c > e
std::string boxed(std::string const& box = "box", std::string const& a = "a", std::string const& border = "",
                  std::string const& attributes = "", std::string const& inside = "") {
  return bpmn("<startEvent id='s'/>" +
              sub(box, inside + task(a) + task("b") + flows({box + "_s>" + a, a + ">b", "b>" + box + "_e"}),
                  attributes) +
              border + task("c") + "<endEvent id='e'/>" + flows({"s>" + box, box + ">c", "c>e"}));
}

std::string plain() {
  return bpmn("<startEvent id='s'/>" + task("a") + task("b") + task("c") + "<endEvent id='e'/>" +
              flows({"s>a", "a>b", "b>c", "c>e"}));
}

std::string timer(std::string const& id, std::string const& on, std::string const& after,
                  std::string const& to) {
  return "<boundaryEvent id='" + id + "' attachedToRef='" + on + "'><timerEventDefinition><timeDuration>" +
         after + "</timeDuration></timerEventDefinition></boundaryEvent>" + task(to) + flow(id + ">" + to);
}

std::string repeated(std::string const& id, std::string const& loop) {
  return bpmn("<startEvent id='s'/><userTask id='" + id + "' yunzhi:role='r'>" + loop +
              "</userTask><endEvent id='e'/>" + flows({"s>" + id, id + ">e"}));
}

constexpr char const* three =
    "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
    "</multiInstanceLoopCharacteristics>";
constexpr char const* three_in_turn =
    "<multiInstanceLoopCharacteristics isSequential='true'><loopCardinality>3</loopCardinality>"
    "</multiInstanceLoopCharacteristics>";

std::string forked(std::string const& first, std::string const& second, std::string const& around = "") {
  auto const inside = [&](std::string const& begin, std::string const& end) {
    return "<parallelGateway id='split'/>" + task(first) + task(second) + "<parallelGateway id='join'/>" +
           flows({begin + ">split", "split>" + first, "split>" + second, first + ">join", second + ">join",
                  "join>" + end});
  };
  if (around.empty()) return bpmn("<startEvent id='s'/><endEvent id='end'/>" + inside("s", "end"));
  return bpmn("<startEvent id='s'/><endEvent id='end'/>" + sub(around, inside(around + "_s", around + "_e")) +
              flows({"s>" + around, around + ">end"}));
}

}  // namespace

TEST_CASE("who works inside a sub-process goes on inside the one it has become") {
  Story story(boxed());
  story.start().migrate(boxed("crate", "first"), {{{"box", "crate"}, {"a", "first"}}});
  CHECK(story.refused().empty());
  CHECK(story.open() == Ids{"first"});
  CHECK(story.complete("first").complete("b").complete("c").ended());
}

TEST_CASE(
    "a sub-process that comes to stand around a step is entered for it, with its events and variables") {
  Story story(plain());
  story.start().migrate(boxed("box", "a", timer("late", "box", "PT1H", "hurry"), "",
                              "<dataObject id='d' name='size' yunzhi:value='3'/>"));
  CHECK(story.refused().empty());
  CHECK(story.open() == Ids{"a"});
  CHECK(story.timers() == 1);
  CHECK(story.saved().find("\"size\":3") != std::string::npos);
  Story other(plain());
  other.start().migrate(boxed("box", "a", timer("late", "box", "PT1H", "hurry"))).advance_by("PT2H");
  CHECK(other.open() == Ids{"hurry"});
  CHECK(story.complete("a").complete("b").complete("c").ended());
}

TEST_CASE("steps side by side come into one sub-process, not into one each") {
  Story story(forked("a", "b"));
  story.start().migrate(forked("a", "b", "box"));
  CHECK(story.refused().empty());
  CHECK(story.open() == Ids{"a", "b"});
  CHECK(story.complete("a").complete("b").ended());
}

TEST_CASE("a sub-process that is no longer there leaves what ran inside to what was around it") {
  Story story(boxed("box", "a", timer("late", "box", "PT1H", "hurry")));
  story.start().migrate(plain());
  CHECK(story.refused().empty());
  CHECK(story.timers() == 0);
  CHECK(story.complete("a").complete("b").complete("c").ended());
}

TEST_CASE("what would be lost with a sub-process keeps it from going") {
  Story variables(boxed("box", "a", "", "", "<dataObject id='d' name='size' yunzhi:value='3'/>"));
  variables.start().migrate(plain());
  CHECK(variables.refused() == "box: 'box' has no counterpart, and its own variables would be lost");
  Story repeated(boxed("box", "a", "", "", three));
  repeated.start().migrate(plain());
  CHECK(repeated.refused() == "box: 'box' has no counterpart, and what runs inside cannot do without it");
}

TEST_CASE("a step cannot come into a sub-process that runs already, nor out of its own") {
  auto const beside = bpmn("<startEvent id='s'/><parallelGateway id='split'/>" +
                           sub("box", task("a") + flows({"box_s>a", "a>box_e"})) + task("b") +
                           flows({"s>split", "split>box", "split>b"}));
  auto const together =
      bpmn("<startEvent id='s'/>" + sub("box", task("a") + task("b") + flows({"box_s>a", "a>b", "b>box_e"})) +
           flows({"s>box"}));
  Story story(beside);
  story.start().migrate(together);
  CHECK(story.refused() == "b: 'b' would come into 'box', which runs already");
  auto const elsewhere =
      bpmn("<startEvent id='s'/>" + sub("box", task("z") + flows({"box_s>z", "z>box_e"})) +
           sub("other", task("a") + flows({"other_s>a", "a>other_e"})) + flows({"s>box", "box>other"}));
  Story moved(boxed());
  moved.start().migrate(elsewhere);
  CHECK(moved.refused() == "a: 'a' cannot become 'a', which lies in another sub-process");
  CHECK(moved.open() == Ids{"a"});
}

TEST_CASE("runs of a repeated step go on counting, and the kind of repetition stays") {
  Story story(repeated("a", three));
  story.start().complete("a").migrate(repeated("each", three), {{{"a", "each"}}});
  CHECK(story.refused().empty());
  CHECK(story.open() == Ids{"each", "each"});
  CHECK(story.complete("each").complete("each").ended());
  Story turned(repeated("a", three));
  turned.start().migrate(repeated("a", three_in_turn));
  CHECK(turned.refused() == "a: 'a' cannot become 'a', which is repeated in another way");
  Story alone(repeated("a", ""));
  alone.start().migrate(repeated("a", three));
  CHECK(alone.refused() == "a: 'a' cannot become 'a', which is repeated in another way");
}

TEST_CASE("who waits at a join waits there on the same way") {
  Story story(forked("a", "b"));
  story.start().complete("a").migrate(forked("x", "y"), {{{"a", "x"}, {"b", "y"}}});
  CHECK(story.refused().empty());
  CHECK(story.open() == Ids{"y"});
  CHECK(story.complete("y").ended());
  Story lost(forked("a", "b"));
  lost.start().complete("a").migrate(forked("x", "b"), {});
  CHECK(lost.refused() ==
        "join: 'join' cannot become 'join': nothing there corresponds to the flow 'a_join' that somebody "
        "came by");
}

TEST_CASE("events on the border are kept, given up or begun, and keep their time unless they are renewed") {
  auto const with = [](std::string const& id, std::string const& after) {
    return boxed("box", "a", timer(id, "box", after, "hurry"));
  };
  Story kept(with("late", "PT2H"));
  kept.start().advance_by("PT1H").migrate(with("slow", "PT9H"), {{{"late", "slow"}}}).advance_by("PT1H");
  CHECK(kept.open() == Ids{"hurry"});
  Story renewed(with("late", "PT2H"));
  renewed.start()
      .advance_by("PT1H")
      .migrate(with("slow", "PT9H"), {{{"late", "slow"}}, {"slow"}})
      .advance_by("PT8H");
  CHECK(renewed.open() == Ids{"a"});
  CHECK(renewed.advance_by("PT1H").open() == Ids{"hurry"});
  Story gone(with("late", "PT2H"));
  gone.start().migrate(boxed());
  CHECK(gone.timers() == 0);
  Story come(boxed());
  come.start().migrate(with("late", "PT2H"));
  CHECK(come.timers() == 1);
}

TEST_CASE("who waits for a message waits for it by its new name") {
  auto const waiting = [](std::string const& name) {
    return bpmn(
        "<startEvent id='s'/><intermediateCatchEvent id='c'><messageEventDefinition "
        "messageRef='m'/></intermediateCatchEvent><endEvent id='e'/>" +
            flows({"s>c", "c>e"}),
        "<message id='m' name='" + name + "'/>");
  };
  Story story(waiting("old"));
  story.start().migrate(waiting("new")).message("old");
  CHECK(story.refused() == "nobody waits for the message 'old'");
  CHECK(story.message("new").ended());
}

TEST_CASE("a condition that holds in the new version triggers as the process comes there") {
  auto const waiting = [](std::string const& condition) {
    return bpmn("<startEvent id='s'/>" + task("a") +
                "<boundaryEvent id='b' attachedToRef='a'><conditionalEventDefinition><condition>" +
                condition + "</condition></conditionalEventDefinition></boundaryEvent>" + task("c") +
                flows({"s>a", "b>c"}));
  };
  Story story(waiting("x &gt; 10"));
  story.start({{"x", 7}}).migrate(waiting("x &gt; 5"));
  CHECK(story.open() == Ids{"c"});
}

TEST_CASE("an event sub-process under way goes on, and the new version's are waited for") {
  auto const with = [](std::string const& handler, std::string const& more) {
    return bpmn("<startEvent id='s'/>" + task("a") + flow("s>a") + "<subProcess id='" + handler +
                    "' triggeredByEvent='true'><startEvent id='" + handler +
                    "_s' isInterrupting='false'><signalEventDefinition "
                    "signalRef='g'/></startEvent>" +
                    task("h") + flow(handler + "_s>h") + "</subProcess>" + more,
                "<signal id='g' name='alarm'/><signal id='g2' name='fire'/>");
  };
  Story story(with("on", ""));
  story.start().signal("alarm").migrate(
      with("upon",
           "<subProcess id='f' triggeredByEvent='true'><startEvent id='fs' isInterrupting='true'>"
           "<signalEventDefinition signalRef='g2'/></startEvent>" +
               task("run") + flow("fs>run") + "</subProcess>"),
      {{{"on", "upon"}, {"on_s", "upon_s"}}});
  CHECK(story.refused().empty());
  CHECK(story.open() == Ids{"a", "h"});
  CHECK(story.signal("alarm").open() == Ids{"a", "h", "h"});
  CHECK(story.signal("fire").open() == Ids{"run"});
  CHECK(story.complete("run").ended());
}

TEST_CASE("what was done can still be undone, or it does not go") {
  auto const undoing = [](std::string const& a, bool handler) {
    return bpmn("<startEvent id='s'/>" + task(a) +
                (handler ? "<boundaryEvent id='u' attachedToRef='" + a +
                               "'><compensateEventDefinition/></boundaryEvent><userTask id='back' "
                               "isForCompensation='true' yunzhi:role='r'/>"
                               "<association id='as' sourceRef='u' targetRef='back'/>"
                         : "") +
                task("b") + "<endEvent id='e'><compensateEventDefinition/></endEvent>" +
                flows({"s>" + a, a + ">b", "b>e"}));
  };
  Story story(undoing("a", true));
  story.start().complete("a").migrate(undoing("first", true), {{{"a", "first"}}}).complete("b");
  CHECK(story.open() == Ids{"back"});
  Story lost(undoing("a", true));
  lost.start().complete("a").migrate(undoing("a", false));
  CHECK(lost.refused() == "a: what was done at 'a' could not be undone in the new version");
}

TEST_CASE("a plan is checked before anybody goes by it") {
  Story story(plain());
  story.start();
  auto const refused = [&](MigrationPlan const& plan) { return story.migrate(plain(), plan).refused(); };
  CHECK(refused({{{"nobody", "a"}}}) == "/mapping/nobody: the process has no step 'nobody'");
  CHECK(refused({{{"a", "nobody"}}}) ==
        "/mapping/a: 'a' has no counterpart: the new version has no step 'nobody'");
  CHECK(refused({{{"a", "e"}}}) == "/mapping/a: 'a' cannot become 'e', which is of another kind");
  CHECK(refused({{}, {"a"}}) == "/renewed: 'a' is no event of the new version that waits");
}
