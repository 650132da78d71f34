// Random verbs on random processes: whatever people do, no token is lost, no join waits for ever, every task
// stands on its token, and the events rebuild the instance (the story checks the last two after each act).
#include <random>

#include <doctest/doctest.h>

#include "process/engine/verb_story.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

using Random = std::mt19937;

struct Way {
  std::string first;
  std::string last;
};

// Draws a random block and gives its two ends.
class Drawing {
 public:
  explicit Drawing(Random& random) : random_(random) {}

  Way block(int depth, std::string& xml) {
    auto const shape = depth == 0 ? 0U : draw(6);
    auto const id = "n" + std::to_string(names_++);
    if (shape == 0) return step(id, xml);
    if (shape == 1) return inside(id, depth, xml);
    if (shape == 2) return sequence(depth, xml);
    constexpr char const* gateways[] = {"parallelGateway", "exclusiveGateway", "inclusiveGateway"};
    return gateway(gateways[shape - 3], id, depth, xml);
  }
  unsigned draw(unsigned below) { return static_cast<unsigned>(random_() % below); }

  std::vector<std::string> steps;
  json::object fields;

 private:
  Way step(std::string const& id, std::string& xml) {
    steps.push_back(id);
    if (draw(4) == 0) {
      xml += "<userTask id='" + id +
             "' yunzhi:role='operator' yunzhi:sign='any' yunzhi:signers='field:board' yunzhi:result='ok'/>";
    } else {
      xml += task(id);
    }
    if (draw(3) == 0)
      xml += "<boundaryEvent id='" + id + "b' attachedToRef='" + id +
             "' cancelActivity='false'><timerEventDefinition><timeDuration>PT1H</timeDuration>"
             "</timerEventDefinition></boundaryEvent><endEvent id='" +
             id + "x'/>" + flow(id + "b>" + id + "x");
    return {id, id};
  }
  Way inside(std::string const& id, int depth, std::string& xml) {
    std::string content;
    auto const way = block(depth - 1, content);
    xml += "<subProcess id='" + id + "'><startEvent id='" + id + "s'/>" + content +
           flow(id + "s>" + way.first) + "<endEvent id='" + id + "t'/>" + flow(way.last + ">" + id + "t") +
           "</subProcess>";
    return {id, id};
  }
  Way sequence(int depth, std::string& xml) {
    auto const one = block(depth - 1, xml);
    auto const two = block(depth - 1, xml);
    xml += flow(one.last + ">" + two.first);
    return {one.first, two.last};
  }
  Way gateway(std::string const& element, std::string const& id, int depth, std::string& xml) {
    bool const chooses = element != "parallelGateway";
    xml += "<" + element + " id='" + id + "s'" + (chooses ? " default='" + id + "s_" + id + "w1'" : "") +
           "/><" + element + " id='" + id + "j'/>";
    for (int i = 0; i < 2; ++i) {
      auto const way = block(depth - 1, xml);
      auto const door = id + "w" + std::to_string(i);
      fields[id] = draw(2) == 0;
      xml += "<intermediateThrowEvent id='" + door + "'/>" +
             flow(id + "s>" + door + (chooses && i == 0 ? ": " + id : "")) + flow(door + ">" + way.first) +
             flow(way.last + ">" + id + "j");
    }
    return {id + "s", id + "j"};
  }

  Random& random_;
  int names_ = 0;
};

class Walk {
 public:
  explicit Walk(unsigned seed) : random_(seed), drawing_(random_) {
    std::string xml = "<startEvent id='s'/>";
    auto const way = drawing_.block(4, xml);
    story_.emplace(bpmn(xml + flow("s>" + way.first) + "<endEvent id='e'/>" + flow(way.last + ">e")));
    drawing_.fields["board"] = json::array{"ann", "bob"};
    story_->start(drawing_.fields);
  }

  void go() {
    for (int step = 0; step < 60 && !story_->ended(); ++step) act();
    for (int step = 0; step < 5'000 && !story_->ended(); ++step) complete();
    REQUIRE(story_->ended());
    REQUIRE(story_->incidents().empty());
  }

 private:
  VerbStory::Open any() {
    auto const& tasks = story_->tasks();
    REQUIRE_FALSE(tasks.empty());
    auto chosen = tasks.begin();
    std::advance(chosen, drawing_.draw(static_cast<unsigned>(tasks.size())));
    return chosen->second;
  }
  static std::string who(VerbStory::Open const& task) { return task.who.starts_with("@") ? "zoe" : task.who; }
  void complete() {
    auto const task = any();
    auto const signing = signing_of(story_->instance(), task.token);
    bool const votes = signing && signing->votes();
    story_->complete(task.element, who(task), votes ? Vote::approve : Vote::none);
    REQUIRE(story_->refused().empty());
    last_ = {task.element, who(task)};
  }
  void act() {
    auto const task = any();
    auto const person = "p" + std::to_string(drawing_.draw(1000));
    constexpr Seat::Place places[] = {Seat::Place::before, Seat::Place::after, Seat::Place::beside};
    switch (drawing_.draw(8)) {
      case 0:
      case 1: {
        auto const target = drawing_.steps[drawing_.draw(static_cast<unsigned>(drawing_.steps.size()))];
        story_->send_back(task.element, who(task), target, drawing_.draw(2) == 0);
        break;
      }
      case 2:
        story_->add_sign(task.element, who(task), places[drawing_.draw(3)], {person});
        break;
      case 3:
        story_->remove_sign(task.element, who(task));
        break;
      case 4:
        if (!last_.first.empty()) story_->withdraw(last_.first, last_.second);
        break;
      case 5:
        story_->suspend().resume();
        break;
      default:
        complete();
    }
  }

  Random random_;
  Drawing drawing_;
  std::optional<VerbStory> story_;
  std::pair<std::string, std::string> last_;
};

}  // namespace

TEST_CASE("random verbs on random processes lose no token, and every process still comes to its end") {
  for (unsigned seed = 1; seed <= 600; ++seed) {
    INFO("seed " << seed);
    Walk(seed).go();
  }
}
