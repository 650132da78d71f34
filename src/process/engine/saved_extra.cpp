#include "process/engine/saved_extra.hpp"

namespace yunzhi::process {
namespace {

constexpr std::size_t most_nesting = 64;

json::array save_done(Definition const& definition, std::vector<Done> const& list) {
  json::array all;
  for (auto const& done : list) {
    json::object one{{"e", definition.nodes[done.node].id}};
    if (!done.locals.empty()) one["v"] = done.locals;
    if (!done.inside.empty()) one["i"] = save_done(definition, done.inside);
    all.push_back(std::move(one));
  }
  return all;
}

bool restore_done(Definition const& definition, json::value const& saved, std::vector<Done>& list,
                  std::size_t depth) {
  auto const* all = saved.if_array();
  if (all == nullptr || depth > most_nesting) return false;
  for (auto const& value : *all) {
    auto const* one = value.if_object();
    if (one == nullptr) return false;
    Done done;
    done.node = definition.find_node(text_of(*one, "e"));
    if (done.node == nowhere) return false;
    if (auto const* locals = one->if_contains("v")) {
      if (!locals->is_object()) return false;
      done.locals = locals->get_object();
    }
    if (auto const* inside = one->if_contains("i"))
      if (!restore_done(definition, *inside, done.inside, depth + 1)) return false;
    list.push_back(std::move(done));
  }
  return true;
}

json::object save_loop(LoopState const& loop) {
  json::object saved{{"total", loop.total}, {"started", loop.started}, {"completed", loop.completed}};
  if (!loop.items.empty()) saved["items"] = loop.items;
  if (!loop.output.empty()) saved["output"] = loop.output;
  return saved;
}

bool restore_number(json::object const& saved, std::string_view name, std::int64_t& number) {
  auto const* value = saved.if_contains(name);
  if (value == nullptr || !value->is_int64()) return false;
  number = value->get_int64();
  return true;
}

bool restore_loop(json::value const& value, LoopState& loop) {
  auto const* saved = value.if_object();
  if (saved == nullptr) return false;
  if (!restore_number(*saved, "total", loop.total) || !restore_number(*saved, "started", loop.started) ||
      !restore_number(*saved, "completed", loop.completed))
    return false;
  for (auto const& [name, list] : {std::pair("items", &loop.items), std::pair("output", &loop.output)})
    if (auto const* array = saved->if_contains(name)) {
      if (!array->is_array()) return false;
      *list = array->get_array();
    }
  return true;
}

bool restore_waits(Definition const& definition, json::value const& saved, std::vector<Wait>& waits) {
  auto const* all = saved.if_object();
  if (all == nullptr) return false;
  for (auto const& [id, value] : *all) {
    Wait wait;
    wait.event = definition.find_node(id);
    if (wait.event == nowhere) return false;
    if (auto const* watching = value.if_object()) {
      auto const* was = watching->if_contains("was");
      auto const* seen = watching->if_contains("seen");
      if (was == nullptr || !was->is_bool() || seen == nullptr || !seen->is_object()) return false;
      wait.was_true = was->get_bool();
      wait.seen = seen->get_object();
    } else if (value.is_int64()) {
      wait.left = value.get_int64();
    } else if (value.is_bool()) {
      wait.was_true = value.get_bool();
    } else {
      return false;
    }
    waits.push_back(std::move(wait));
  }
  return true;
}

bool restore_token(json::object const& saved, std::string_view name, TokenId& token) {
  auto const* value = saved.if_contains(name);
  if (value == nullptr) return true;
  if (!value->is_int64() || value->get_int64() < 0 || value->get_int64() >= UINT32_MAX) return false;
  token = static_cast<TokenId>(value->get_int64());
  return true;
}

}  // namespace

json::object save_extra(Definition const& definition, Extra const& extra) {
  json::object saved;
  if (!extra.locals.empty()) saved["locals"] = extra.locals;
  if (!extra.waits.empty()) {
    json::object waits;
    for (auto const& wait : extra.waits) {
      auto& value = waits[definition.nodes[wait.event].id];
      if (definition.nodes[wait.event].trigger == Trigger::conditional) {
        value = wait.was_true;
        if (definition.nodes[wait.event].watched)
          value = json::object{{"was", wait.was_true}, {"seen", wait.seen}};
      } else {
        value = wait.left;
      }
    }
    saved["waits"] = std::move(waits);
  }
  if (!extra.done.empty()) saved["done"] = save_done(definition, extra.done);
  if (!extra.queue.empty()) saved["queue"] = save_done(definition, extra.queue);
  if (extra.loop) saved["loop"] = save_loop(*extra.loop);
  if (extra.owner != no_token) saved["owner"] = extra.owner;
  if (extra.compensating) saved["compensating"] = true;
  if (extra.interrupted) saved["interrupted"] = true;
  if (extra.restored) saved["restored"] = true;
  return saved;
}

bool restore_extra(Definition const& definition, json::object const& saved, Extra& extra) {
  if (auto const* locals = saved.if_contains("locals")) {
    if (!locals->is_object()) return false;
    extra.locals = locals->get_object();
  }
  if (auto const* waits = saved.if_contains("waits"))
    if (!restore_waits(definition, *waits, extra.waits)) return false;
  if (auto const* done = saved.if_contains("done"))
    if (!restore_done(definition, *done, extra.done, 0)) return false;
  if (auto const* queue = saved.if_contains("queue"))
    if (!restore_done(definition, *queue, extra.queue, 0)) return false;
  if (auto const* loop = saved.if_contains("loop"))
    if (!restore_loop(*loop, extra.loop.emplace())) return false;
  extra.compensating = saved.contains("compensating");
  extra.interrupted = saved.contains("interrupted");
  extra.restored = saved.contains("restored");
  return restore_token(saved, "owner", extra.owner);
}

}  // namespace yunzhi::process
