// Random block-structured processes, walked along random paths by the engine and by a reference that knows
// blocks and nothing of tokens. Both must agree on what is open after every step. The story saves and
// restores the state before each event, so a state that loses something disagrees too.
#include <random>

#include <doctest/doctest.h>

#include "process/engine/story.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

enum class Shape { task, sequence, exclusive, parallel, inclusive, loop, inside };

struct Block {
  Shape shape = Shape::task;
  std::string id;
  std::vector<Block> children;
  std::size_t position = 0;   // of a sequence
  std::vector<bool> running;  // of the children
};

using Random = std::mt19937;

std::size_t draw(Random& random, std::size_t below) {
  return random() % below;
}

Block grow(Random& random, int depth, int& names) {
  Block block;
  block.shape = depth == 0 ? Shape::task : static_cast<Shape>(draw(random, 7));
  block.id = "n" + std::to_string(names++);
  if (block.shape == Shape::task) return block;
  bool const one = block.shape == Shape::loop || block.shape == Shape::inside;
  auto const count = one ? 1 : 2 + draw(random, 2);
  for (std::size_t i = 0; i < count; ++i) block.children.push_back(grow(random, depth - 1, names));
  block.running.resize(count);
  return block;
}

// The drawing.

struct Ends {
  std::string first;
  std::string last;
};

Ends draw_block(Block const& block, std::string& xml);

std::string chosen(Block const& block, std::size_t child) {
  return block.id + "_" + std::to_string(child);
}

Ends draw_gateways(Block const& block, std::string_view element, bool conditions, std::string& xml) {
  auto const last_way = block.id + "s_" + block.id + "w" + std::to_string(block.children.size() - 1);
  xml += "<" + std::string(element) + " id='" + block.id + "s'" +
         (conditions ? " default='" + last_way + "'" : "") + "/><" + std::string(element) + " id='" +
         block.id + "j'/>";
  for (std::size_t i = 0; i < block.children.size(); ++i) {
    auto const ends = draw_block(block.children[i], xml);
    auto const way = block.id + "w" + std::to_string(i);
    bool const condition = conditions && i + 1 < block.children.size();
    xml += "<intermediateThrowEvent id='" + way + "'/>";
    xml += flow(block.id + "s>" + way + (condition ? ": " + chosen(block, i) : ""));
    xml += flow(way + ">" + ends.first) + flow(ends.last + ">" + block.id + "j");
  }
  return {block.id + "s", block.id + "j"};
}

Ends draw_block(Block const& block, std::string& xml) {
  switch (block.shape) {
    case Shape::task:
      xml += task(block.id);
      return {block.id, block.id};
    case Shape::sequence: {
      Ends whole;
      for (auto const& child : block.children) {
        auto const ends = draw_block(child, xml);
        if (!whole.last.empty()) xml += flow(whole.last + ">" + ends.first);
        if (whole.first.empty()) whole.first = ends.first;
        whole.last = ends.last;
      }
      return whole;
    }
    case Shape::exclusive:
      return draw_gateways(block, "exclusiveGateway", true, xml);
    case Shape::parallel:
      return draw_gateways(block, "parallelGateway", false, xml);
    case Shape::inclusive:
      return draw_gateways(block, "inclusiveGateway", true, xml);
    case Shape::loop: {
      auto const ends = draw_block(block.children[0], xml);
      xml += "<exclusiveGateway id='" + block.id + "b'/><exclusiveGateway id='" + block.id + "e' default='" +
             block.id + "e_" + block.id + "o'/><intermediateThrowEvent id='" + block.id + "o'/>" +
             flow(block.id + "b>" + ends.first) + flow(ends.last + ">" + block.id + "e") +
             flow(block.id + "e>" + block.id + "b: " + chosen(block, 0)) +
             flow(block.id + "e>" + block.id + "o");
      return {block.id + "b", block.id + "o"};
    }
    case Shape::inside: {
      std::string content;
      auto const ends = draw_block(block.children[0], content);
      xml += "<subProcess id='" + block.id + "'><startEvent id='" + block.id + "s'/>" + content +
             flow(block.id + "s>" + ends.first) + "<endEvent id='" + block.id + "t'/>" +
             flow(ends.last + ">" + block.id + "t") + "</subProcess>";
      return {block.id, block.id};
    }
  }
  return {};
}

// The reference.

bool says(json::object const& fields, std::string const& name) {
  return fields.at(name).get_bool();
}

void enter(Block& block, json::object const& fields) {
  block.position = 0;
  std::fill(block.running.begin(), block.running.end(), false);
  if (block.shape == Shape::task) return;
  auto const last = block.children.size() - 1;
  bool any = false;
  for (std::size_t i = 0; i <= last; ++i) {
    bool go = block.shape == Shape::parallel || i == 0;
    if (block.shape == Shape::exclusive) go = !any && (i == last || says(fields, chosen(block, i)));
    if (block.shape == Shape::inclusive) go = i == last ? !any : says(fields, chosen(block, i));
    if (!go) continue;
    any = true;
    block.running[i] = true;
    enter(block.children[i], fields);
  }
}

void open_tasks(Block const& block, std::vector<std::string>& ids) {
  if (block.shape == Shape::task) ids.push_back(block.id);
  for (std::size_t i = 0; i < block.children.size(); ++i)
    if (block.running[i]) open_tasks(block.children[i], ids);
}

// Whether the block is over after the task, which must be open in it.
bool finish(Block& block, std::string const& id, json::object const& fields) {
  if (block.shape == Shape::task) return true;
  for (std::size_t i = 0; i < block.children.size(); ++i) {
    std::vector<std::string> open;
    if (block.running[i]) open_tasks(block.children[i], open);
    if (std::find(open.begin(), open.end(), id) == open.end()) continue;
    if (!finish(block.children[i], id, fields)) return false;
    block.running[i] = false;
    bool const next = block.shape == Shape::sequence && i + 1 < block.children.size();
    bool const again = block.shape == Shape::loop && says(fields, chosen(block, 0));
    if (!next && !again) break;
    auto const other = next ? i + 1 : i;
    block.running[other] = true;
    enter(block.children[other], fields);
    return false;
  }
  return std::none_of(block.running.begin(), block.running.end(), [](bool one) { return one; });
}

void set_fields(Block const& block, Random& random, json::object& fields) {
  for (std::size_t i = 0; i < block.children.size(); ++i) {
    fields[chosen(block, i)] = draw(random, 3) == 0;
    set_fields(block.children[i], random, fields);
  }
}

void walk(unsigned seed) {
  Random random(seed);
  int names = 0;
  auto root = grow(random, 4, names);
  std::string xml = "<startEvent id='s'/>";
  auto const ends = draw_block(root, xml);
  Story story(bpmn(xml + flow("s>" + ends.first) + "<endEvent id='e'/>" + flow(ends.last + ">e")));
  json::object fields;
  set_fields(root, random, fields);
  story.start(fields);
  enter(root, fields);
  bool over = false;
  for (int step = 0; step < 400 && !over; ++step) {
    std::vector<std::string> expected;
    open_tasks(root, expected);
    std::sort(expected.begin(), expected.end());
    REQUIRE(story.open() == expected);
    REQUIRE(story.incidents().empty());
    auto const next = expected[draw(random, expected.size())];
    set_fields(root, random, fields);
    over = finish(root, next, fields);
    story.complete(next, fields);
    REQUIRE(story.refused().empty());
  }
  CHECK(story.ended() == over);
}

}  // namespace

TEST_CASE("random processes on random paths go where their blocks say") {
  for (unsigned seed = 1; seed <= 400; ++seed) {
    INFO("seed " << seed);
    walk(seed);
  }
}
