#include "process/engine/signing.hpp"

#include <doctest/doctest.h>

#include "process/engine/verb_story.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

using Open = std::vector<std::string>;
using Place = Seat::Place;

std::string signed_step(std::string const& policy, std::string const& signers = "field:board") {
  return bpmn(
      "<startEvent id='s'/><userTask id='sum' yunzhi:role='operator' yunzhi:signers='" + signers +
      "' yunzhi:result='approved' " + policy +
      "/><exclusiveGateway id='g'/><userTask id='file' yunzhi:role='clerk'/><userTask id='again' "
      "yunzhi:role='operator'/><endEvent id='e'/><endEvent id='f'/>" +
      flows({"s>sum", "sum>g", "g>file: approved = true", "g>again: approved = false", "file>e", "again>f"}));
}

json::object board() {
  return {{"board", json::array{"ann", "bob", "cat"}}};
}

}  // namespace

TEST_CASE("counter-sign by all: it goes on when everybody approved, and one rejection is enough to reject") {
  VerbStory story(signed_step("yunzhi:sign='all'"));
  story.start(board());
  CHECK(story.open() == Open{"sum:ann", "sum:bob", "sum:cat"});
  story.complete("sum", "ann", Vote::approve).complete("sum", "cat", Vote::approve);
  CHECK(story.open() == Open{"sum:bob"});
  story.complete("sum", "bob", Vote::approve);
  CHECK(story.open() == Open{"file"});
  CHECK(story.fields().at("approved") == true);
  VerbStory rejected(signed_step("yunzhi:sign='all'"));
  rejected.start(board()).complete("sum", "bob", Vote::reject);
  CHECK(rejected.open() == Open{"again"});
  CHECK(rejected.fields().at("approved") == false);
}

TEST_CASE("counter-sign by any: the first approval decides, and only rejections by everybody reject") {
  VerbStory story(signed_step("yunzhi:sign='any'"));
  story.start(board()).complete("sum", "ann", Vote::reject);
  CHECK(story.open() == Open{"sum:bob", "sum:cat"});
  story.complete("sum", "bob", Vote::approve);
  CHECK(story.open() == Open{"file"});
}

TEST_CASE("counter-sign by ratio decides as soon as the share is reached, or out of reach") {
  VerbStory story(signed_step("yunzhi:sign='ratio' yunzhi:share='2/3'"));
  story.start(board()).complete("sum", "ann", Vote::approve).complete("sum", "bob", Vote::approve);
  CHECK(story.open() == Open{"file"});
  VerbStory rejected(signed_step("yunzhi:sign='ratio' yunzhi:share='2/3'"));
  rejected.start(board()).complete("sum", "ann", Vote::reject).complete("sum", "bob", Vote::reject);
  CHECK(rejected.open() == Open{"again"});
}

TEST_CASE("counter-sign by weight counts weights, not heads") {
  VerbStory story(signed_step("yunzhi:sign='weighted' yunzhi:share='60%'", "field:head=3,field:board"));
  story.start({{"head", "zoe"}, {"board", json::array{"ann", "bob"}}});
  story.complete("sum", "zoe", Vote::approve);
  CHECK(story.open() == Open{"file"});
  VerbStory other(signed_step("yunzhi:sign='weighted' yunzhi:share='60%'", "field:head=3,field:board"));
  other.start({{"head", "zoe"}, {"board", json::array{"ann", "bob"}}});
  other.complete("sum", "ann", Vote::approve).complete("sum", "bob", Vote::approve);
  CHECK(other.open() == Open{"sum:zoe"});
}

TEST_CASE("a veto rejects at once, and an approval waits until nobody can veto any more") {
  VerbStory story(signed_step("yunzhi:sign='any' yunzhi:veto='true'"));
  story.start(board()).complete("sum", "ann", Vote::approve);
  CHECK(story.open() == Open{"sum:bob", "sum:cat"});
  story.complete("sum", "bob", Vote::reject);
  CHECK(story.open() == Open{"again"});
}

TEST_CASE("everybody who holds a role signs, or one of them for the role") {
  VerbStory story(signed_step("yunzhi:sign='all'", "holders:board,role:chief"));
  story.holders["board"] = {"ann", "bob"};
  story.start();
  CHECK(story.open() == Open{"sum", "sum:ann", "sum:bob"});
  story.complete("sum", "zoe", Vote::approve);
  CHECK(story.open() == Open{"sum:ann", "sum:bob"});
}

TEST_CASE("nobody to sign is told, and the step goes to the role of its lane") {
  VerbStory story(signed_step("yunzhi:sign='all'"));
  story.start();
  CHECK(story.open() == Open{"sum"});
  REQUIRE(story.incidents().size() == 1);
  CHECK(story.incidents()[0] == "nobody is found to sign 'sum'");
  story.complete("sum", "ann", Vote::approve);
  CHECK(story.open() == Open{"file"});
}

TEST_CASE("a vote must be given where there is one, and nowhere else") {
  VerbStory story(signed_step("yunzhi:sign='all'"));
  story.start(board()).complete("sum", "ann");
  CHECK(story.refused() == "/vote: must be one of approve, reject");
  story.complete("sum", "ann", Vote::approve).complete("sum", "bob", Vote::approve);
  story.complete("sum", "cat", Vote::approve).complete("file", "", Vote::approve);
  CHECK(story.refused() == "/vote: this step is not voted on");
}

TEST_CASE("added before: the asker waits for those asked, and then has the step again") {
  VerbStory story(bpmn("<startEvent id='s'/>" + task("a") + "<endEvent id='e'/>" + flows({"s>a", "a>e"})));
  story.start().add_sign("a", "ann", Place::before, {"bob", "cat"});
  CHECK(story.open() == Open{"a:bob", "a:cat"});
  story.complete("a", "bob");
  CHECK(story.open() == Open{"a:cat"});
  story.complete("a", "cat");
  CHECK(story.open() == Open{"a:ann"});
  story.complete("a", "ann");
  CHECK(story.ended());
}

TEST_CASE("added after: the step goes on only when those asked have signed behind the asker") {
  VerbStory story(bpmn("<startEvent id='s'/>" + task("a") + "<endEvent id='e'/>" + flows({"s>a", "a>e"})));
  story.start().add_sign("a", "ann", Place::after, {"bob"});
  CHECK(story.open() == Open{"a"});
  story.complete("a", "ann");
  CHECK(story.open() == Open{"a:bob"});
  story.complete("a", "bob");
  CHECK(story.ended());
}

TEST_CASE("added beside: both are needed, in any order, and who was added may add in turn") {
  VerbStory story(bpmn("<startEvent id='s'/>" + task("a") + "<endEvent id='e'/>" + flows({"s>a", "a>e"})));
  story.start().add_sign("a", "ann", Place::beside, {"bob"}).add_sign("a", "bob", Place::before, {"cat"});
  CHECK(story.open() == Open{"a", "a:cat"});
  story.complete("a", "ann").complete("a", "cat").complete("a", "bob");
  CHECK(story.ended());
}

TEST_CASE("a signer added to a counter-sign votes with the others; one added before only advises") {
  VerbStory story(signed_step("yunzhi:sign='ratio' yunzhi:share='50%'"));
  story.start({{"board", json::array{"ann", "bob"}}});
  story.add_sign("sum", "ann", Place::beside, {"cat", "dan"}).add_sign("sum", "bob", Place::before, {"eve"});
  story.complete("sum", "eve", Vote::reject).complete("sum", "ann", Vote::approve);
  CHECK(story.open() == Open{"sum:bob", "sum:cat", "sum:dan"});
  story.complete("sum", "dan", Vote::approve);
  CHECK(story.open() == Open{"file"});
}

TEST_CASE("a signature taken away is not missed, and the last one cannot be taken") {
  VerbStory story(signed_step("yunzhi:sign='all'"));
  story.start(board()).complete("sum", "ann", Vote::approve).complete("sum", "bob", Vote::approve);
  story.remove_sign("sum", "cat");
  CHECK(story.open() == Open{"file"});
  VerbStory last(signed_step("yunzhi:sign='all'"));
  last.start({{"board", "ann"}}).remove_sign("sum", "ann");
  CHECK(last.refused() == "somebody has to sign; this is the last signature");
  CHECK(last.open() == Open{"sum:ann"});
}

TEST_CASE("taking away who was asked before gives the step back to the asker") {
  VerbStory story(bpmn("<startEvent id='s'/>" + task("a") + "<endEvent id='e'/>" + flows({"s>a", "a>e"})));
  story.start().add_sign("a", "ann", Place::before, {"bob"}).remove_sign("a", "bob");
  CHECK(story.open() == Open{"a:ann"});
  story.complete("a", "ann");
  CHECK(story.ended());
}

TEST_CASE("a signature can be taken back while the vote is open") {
  VerbStory story(signed_step("yunzhi:sign='all'"));
  story.start(board()).complete("sum", "ann", Vote::approve).withdraw("sum", "ann");
  CHECK(story.open() == Open{"sum:ann", "sum:bob", "sum:cat"});
}

TEST_CASE("a timer on the border of a signed step ends the whole vote") {
  VerbStory story(bpmn(
      "<startEvent id='s'/><userTask id='sum' yunzhi:role='r' yunzhi:sign='all' yunzhi:signers='field:board' "
      "yunzhi:result='ok'/><boundaryEvent id='late' attachedToRef='sum'><timerEventDefinition>"
      "<timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>" +
      task("x") + "<endEvent id='e'/><endEvent id='f'/>" + flows({"s>sum", "sum>e", "late>x", "x>f"})));
  story.start(board()).complete("sum", "ann", Vote::approve).timer("sum", "late");
  CHECK(story.open() == Open{"x"});
  CHECK(story.instance().kept.empty());
}

TEST_CASE("what a policy says wrongly is told with what would be right") {
  auto const wrong = [](std::string const& policy, std::string const& signers = "field:board") {
    return read_definition(signed_step(policy, signers)).error().english();
  };
  CHECK(wrong("yunzhi:sign='most'").find("it must be all, any, ratio or weighted") != std::string::npos);
  CHECK(wrong("yunzhi:sign='ratio'").find("need one that reads 2/3 or 60%") != std::string::npos);
  CHECK(wrong("yunzhi:sign='ratio' yunzhi:share='3/2'").find("yunzhi:share is '3/2'") != std::string::npos);
  CHECK(wrong("yunzhi:sign='all'", "somebody").find("each must read field:<name>") != std::string::npos);
  CHECK(wrong("").find("has no meaning without yunzhi:sign") != std::string::npos);
}
