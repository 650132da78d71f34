// Random block-structured processes, run to a random place and taken to a copy in which every element has
// another id: from there on the copy goes the way the original goes.
#include <random>

#include <doctest/doctest.h>

#include "process/engine/story.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

/// Draws the same process for the same seed; `letter` begins every id.
class Drawing {
 public:
  Drawing(unsigned seed, char letter) : random_(seed), letter_(letter) {}

  std::string whole() {
    auto const start = id();
    auto xml = "<startEvent id='" + start + "'/>";
    auto const inside = block(0);
    auto const end = id();
    xml += inside.xml + "<endEvent id='" + end + "'/>" + way(start, inside.begin) + way(inside.end, end);
    if (draw(2) == 0) xml += event_sub();
    return bpmn(xml, "<message id='m' name='go'/><signal id='g' name='alarm'/>");
  }

 private:
  struct Block {
    std::string xml, begin, end;
  };

  std::size_t draw(std::size_t below) { return random_() % below; }
  std::string id() { return letter_ + std::to_string(++last_); }
  std::string way(std::string const& from, std::string const& to, std::string const& condition = {}) {
    auto const text = "<sequenceFlow id='" + id() + "' sourceRef='" + from + "' targetRef='" + to + "'>";
    return text + (condition.empty() ? "" : "<conditionExpression>" + condition + "</conditionExpression>") +
           "</sequenceFlow>";
  }

  Block block(int depth) {
    switch (draw(depth < 3 ? 9 : 3)) {
      case 0:
        return waiting();
      case 1:
        return activity("userTask", " yunzhi:role='r'", repetition());
      case 2:
        return racing();
      case 3:
      case 4:
        return chain(depth);
      case 5:
        return ways("exclusiveGateway", depth);
      case 6:
        return ways("parallelGateway", depth);
      case 7:
        return ways("inclusiveGateway", depth);
      default:
        return scope(depth);
    }
  }

  std::string repetition() {
    auto const kind = draw(4);
    if (kind > 1) return {};
    return std::string("<multiInstanceLoopCharacteristics isSequential='") + (kind == 0 ? "true" : "false") +
           "'><loopCardinality>" + std::to_string(1 + draw(3)) +
           "</loopCardinality></multiInstanceLoopCharacteristics>";
  }

  // With or without a timer on its border that hands over to somebody else, or asks somebody beside.
  Block activity(std::string const& kind, std::string const& attributes, std::string const& inside) {
    auto const own = id();
    auto xml = "<" + kind + " id='" + own + "'" + attributes + ">" + inside + "</" + kind + ">";
    if (draw(3) == 0) {
      auto const event = id();
      auto const helper = id();
      xml += "<boundaryEvent id='" + event + "' attachedToRef='" + own + "' cancelActivity='" +
             (draw(2) == 0 ? "true" : "false") +
             "'><timerEventDefinition><timeCycle>R2/PT2H</timeCycle></timerEventDefinition></boundaryEvent>" +
             task(helper) + way(event, helper);
    }
    return {xml, own, own};
  }

  Block waiting() {
    auto const own = id();
    return {"<intermediateCatchEvent id='" + own +
                "'><messageEventDefinition messageRef='m'/></intermediateCatchEvent>",
            own, own};
  }

  Block racing() {
    auto const gateway = id();
    auto const message = waiting();
    auto const timer = id();
    auto const join = id();
    return {"<eventBasedGateway id='" + gateway + "'/>" + message.xml + "<intermediateCatchEvent id='" +
                timer +
                "'><timerEventDefinition><timeDuration>PT3H</timeDuration></timerEventDefinition>"
                "</intermediateCatchEvent><exclusiveGateway id='" +
                join + "'/>" + way(gateway, message.begin) + way(gateway, timer) + way(message.end, join) +
                way(timer, join),
            gateway, join};
  }

  Block chain(int depth) {
    auto first = block(depth + 1);
    auto const second = block(depth + 1);
    return {first.xml + second.xml + way(first.end, second.begin), first.begin, second.end};
  }

  Block ways(std::string const& kind, int depth) {
    auto const split = id();
    auto const join = id();
    auto const fallback = id();
    bool const chooses = kind != "parallelGateway";
    auto xml = "<" + kind + " id='" + split + "'" + (chooses ? " default='" + fallback + "'" : "") + "/><" +
               kind + " id='" + join + "'/>";
    auto const many = 2 + draw(2);
    for (std::size_t i = 0; i < many; ++i) {
      auto const inside = block(depth + 1);
      xml += inside.xml + way(inside.end, join);
      if (i == 0 && chooses)
        xml += "<sequenceFlow id='" + fallback + "' sourceRef='" + split + "' targetRef='" + inside.begin +
               "'/>";
      else
        xml += way(split, inside.begin, chooses ? "x &gt; " + std::to_string(draw(4)) : "");
    }
    return {xml, split, join};
  }

  Block scope(int depth) {
    auto const start = id();
    auto const inside = block(depth + 1);
    auto const end = id();
    auto xml = repetition() + "<startEvent id='" + start + "'/>" + inside.xml + "<endEvent id='" + end +
               "'/>" + way(start, inside.begin) + way(inside.end, end);
    if (draw(3) == 0) xml += event_sub();
    return activity("subProcess", "", xml);
  }

  std::string event_sub() {
    auto const own = id();
    auto const start = id();
    auto const helper = id();
    return "<subProcess id='" + own + "' triggeredByEvent='true'><startEvent id='" + start +
           "' isInterrupting='" + (draw(2) == 0 ? "true" : "false") +
           "'><signalEventDefinition signalRef='g'/></startEvent>" + task(helper) + way(start, helper) +
           "</subProcess>";
  }

  std::mt19937 random_;
  char letter_;
  int last_ = 0;
};

// Ids are a letter and a number, and nothing else that is saved begins so.
std::string in_other_words(std::string text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at)
    if (text[at] == 'k' && text[at + 1] >= '0' && text[at + 1] <= '9') text[at] = 'j';
  return text;
}

std::vector<std::string> in_other_words(std::vector<std::string> texts) {
  for (auto& text : texts) text = in_other_words(std::move(text));
  return texts;
}

MigrationPlan renaming(Definition const& definition) {
  MigrationPlan plan;
  for (auto const& node : definition.nodes) plan.mapping[node.id] = in_other_words(node.id);
  return plan;
}

/// What happens next; `choice` picks among the open steps of whoever it happens to.
struct Act {
  std::size_t kind;
  std::size_t choice;
  std::int64_t x;
};

void happen(Story& story, Act const& act) {
  auto const open = story.open();
  if (act.kind == 0) {
    story.advance_by("PT1H");
  } else if (act.kind == 1) {
    story.message("go");
  } else if (act.kind == 2) {
    story.signal("alarm");
  } else if (act.kind == 3 || open.empty()) {
    story.change({{"x", act.x}});
  } else {
    story.complete(open[act.choice % open.size()], {{"x", act.x}});
  }
}

// Gives whether anybody was on the way when it was migrated.
bool walk(unsigned seed) {
  auto const original = Drawing(seed, 'k').whole();
  auto const copy = Drawing(seed, 'j').whole();
  std::mt19937 random(seed);
  Story stays(original);
  Story goes(original);
  std::vector<Story*> const both{&stays, &goes};
  for (auto* story : both) story->start({{"x", 1}});
  auto const next = [&] { return Act{random() % 8, random(), static_cast<std::int64_t>(random() % 5)}; };
  auto const before = random() % 12;
  for (std::size_t i = 0; i < before && !stays.ended(); ++i) {
    auto const act = next();
    for (auto* story : both) happen(*story, act);
  }
  if (stays.ended()) return false;
  goes.migrate(copy, renaming(stays.definition()));
  REQUIRE(goes.refused() == "");
  for (int i = 0; i < 30; ++i) {
    REQUIRE(goes.saved() == in_other_words(stays.saved()));
    REQUIRE(goes.timers() == stays.timers());
    if (stays.ended()) break;
    auto const act = next();
    for (auto* story : both) happen(*story, act);
    if (act.kind != 0) REQUIRE(goes.refused() == in_other_words(stays.refused()));
  }
  CHECK(goes.ended() == stays.ended());
  CHECK(in_other_words(goes.path()) == in_other_words(stays.path()));
  return true;
}

}  // namespace

TEST_CASE("random processes taken to a copy with other ids go on as they would have gone") {
  int under_way = 0;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    INFO("seed " << seed);
    under_way += walk(seed) ? 1 : 0;
  }
  CHECK(under_way > 200);
}

TEST_CASE("random processes taken to one that is drawn otherwise are refused whole, or stand well there") {
  int taken = 0;
  int refused = 0;
  for (unsigned seed = 1; seed <= 1500; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Story story(Drawing(seed, 'k').whole());
    story.start({{"x", 1}});
    auto const next = [&] { return Act{random() % 8, random(), static_cast<std::int64_t>(random() % 5)}; };
    auto const before = random() % 8;
    for (std::size_t i = 0; i < before && !story.ended(); ++i) happen(story, next());
    if (story.ended()) continue;
    auto const stood = story.saved();
    story.migrate(Drawing(seed + 5000, 'k').whole());
    if (!story.refused().empty()) {
      ++refused;
      CHECK(story.saved() == stood);
      continue;
    }
    ++taken;
    // Each act restores the state first, and a task that is open has a token.
    for (int i = 0; i < 20 && !story.ended(); ++i) happen(story, next());
    for (auto const& [token, task] : story.tasks())
      CHECK(story.definition().find_node(task.node->id) != nowhere);
  }
  CHECK(taken > 20);
  CHECK(refused > 200);
}
