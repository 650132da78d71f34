// Going back: the part of Performance that sends a step back and withdraws one. Tokens that have to come
// back are put in as failed, and retried: the engine then waits at them as on the first arrival, with their
// boundary events armed anew.
#include <algorithm>

#include "process/engine/delta.hpp"
#include "process/engine/performance.hpp"

namespace yunzhi::process {
namespace {

std::string_view text_at(json::value const& image, std::size_t part) {
  return image.as_array().at(part).as_string();
}
TokenId id_at(json::value const& image, std::size_t part) {
  return static_cast<TokenId>(image.as_array().at(part).as_int64());
}

// A waiting token becomes one that failed on its way in.
void await_retry(json::value& image, Definition const& definition) {
  auto& parts = image.as_array();
  if (parts[3].as_string() != "w") return;
  parts[3] = "f";
  auto const& incoming = definition.nodes[definition.find_node(text_at(image, 1))].incoming;
  if (incoming.empty() || (parts.size() > 4 && parts[4].is_string())) return;
  parts.insert(parts.begin() + 4, json::value(json::string(definition.flows[incoming.front()].id)));
}

json::object& object_in(json::object& object, std::string_view name) {
  auto& value = object[name];
  if (!value.is_object()) value.emplace_object();
  return value.get_object();
}

// Ids are never used twice, so what a token remembers of others can be renamed wherever it stands.
void rename(json::object& back, std::map<TokenId, TokenId> const& ids) {
  auto const renamed = [&](json::value& id) {
    if (auto const found = ids.find(static_cast<TokenId>(id.as_int64())); found != ids.end())
      id = std::int64_t{found->second};
  };
  for (auto& image : back.at("tokens").as_array()) renamed(image.as_array()[2]);
  for (auto& filler : back.at("fill").as_array()) renamed(filler);
  for (auto& member : back.at("kept").as_object())
    if (auto* inner = member.value().as_object().if_contains("back")) rename(inner->as_object(), ids);
}

bool ids_hold(json::array const& images, TokenId id) {
  return std::any_of(images.begin(), images.end(),
                     [&](json::value const& image) { return id_at(image, 0) == id; });
}

// What can be reached from an element without going on behind `end`.
NodeSet reached(Definition const& definition, Index from, Index end) {
  NodeSet seen(definition.nodes.size() / 64 + 1);
  std::vector<Index> todo{from};
  put(seen, from);
  while (!todo.empty()) {
    auto const here = todo.back();
    todo.pop_back();
    if (here == end) continue;
    std::vector<Index> next = definition.nodes[here].boundary;
    for (auto const flow : definition.nodes[here].outgoing) next.push_back(definition.flows[flow].to);
    if (definition.nodes[here].link != nowhere) next.push_back(definition.nodes[here].link);
    for (auto const number : next)
      if (!holds(seen, number)) {
        put(seen, number);
        todo.push_back(number);
      }
  }
  return seen;
}

}  // namespace

bool comes_before(Definition const& definition, Index element, Index place) {
  // Seen from the innermost scope that holds both.
  auto const around = [&](Index number, Index scope) {
    while (number != nowhere && definition.nodes[number].scope != scope)
      number = definition.nodes[number].scope;
    return number;
  };
  for (auto scope = definition.nodes[place].scope;; scope = definition.nodes[scope].scope) {
    auto const from = around(element, scope);
    auto const to = around(place, scope);
    if (from != nowhere && to != nowhere && from != to && holds(reached(definition, from, nowhere), to))
      return true;
    if (scope == nowhere) return false;
  }
}

Result<> Performance::send_back() {
  auto const token = open_task();
  if (!token) return token.error();
  auto const target = definition_.find_node(verb_.event.element);
  if (target == nowhere)
    return refuse(Why::invalid, "/element", "the process has no step '{}'", verb_.event.element);
  auto const element = definition_.nodes[target].element;
  bool const task = element == Element::user_task || element == Element::manual_task;
  if (!task || !comes_before(definition_, target, instance().find(*token)->node))
    return refuse(Why::invalid, "/element", "'{}' is no earlier step of people", verb_.event.element);
  if (auto const signing = signing_of(instance(), *token); signing) {
    auto const* seat = signing->find(verb_.seat);
    if (seat == nullptr || seat->state != Seat::State::open)
      return refuse(Why::conflict, "", "the task is no longer open");
  }
  auto const before = save(definition_, instance());
  auto const* sender = &node_of(*token);
  if (auto moved = move_into(target); !moved) return moved;
  note("sent_back", sender, verb_.event.element);
  if (verb_.straight_back) remember_sender(before, target);
  return {};
}

// To a step inside a sub-process that is not running any more: into the sub-process first.
Result<> Performance::move_into(Index target) {
  auto const own = instance().find(verb_.event.token)->node;
  auto const running = [&](Index scope) {
    for (auto at = definition_.nodes[own].scope;; at = definition_.nodes[at].scope) {
      if (at == scope) return true;
      if (at == nowhere) return false;
    }
  };
  std::vector<Index> way{target};
  while (!running(definition_.nodes[way.back()].scope)) way.push_back(definition_.nodes[way.back()].scope);
  auto moving = verb_.event.token;
  for (auto step = way.rbegin(); step != way.rend(); ++step) {
    auto const first = instance().next;
    auto to = event(Event::Kind::move, moving);
    to.element = definition_.nodes[*step].id;
    auto const from = seen_from(moving, definition_.nodes[*step].scope);
    if (auto moved = advance_by(std::move(to)); !moved) return moved;
    if (from != nowhere)
      if (auto filled = fill_joins(*step, from, first); !filled) return filled;
    if (std::next(step) == way.rend()) return {};
    auto const only = leave_one(*step, first);
    if (!only) return only.error();
    moving = *only;
  }
  return {};
}

// Of those who have just begun inside a sub-process, one is sent on; what the others would do is done.
Result<TokenId> Performance::leave_one(Index scope, TokenId first) {
  std::vector<TokenId> inside;
  for (auto const& token : instance().tokens)
    if (token.id >= first && definition_.nodes[token.node].scope == scope) inside.push_back(token.id);
  if (inside.empty())
    return refuse(Why::conflict, "/element", "'{}' lies in a sub-process that is not running",
                  verb_.event.element);
  for (std::size_t i = 1; i < inside.size(); ++i)
    if (auto const gone = take_out(inside[i]); !gone) return gone.error();
  return inside.front();
}

// With all inside it, for others to come in its place.
Result<> Performance::take_out(TokenId token) {
  if (instance().find(token) == nullptr) return {};
  auto drop = event(Event::Kind::drop, token);
  drop.name = "instead";
  return advance_by(std::move(drop));
}

// The element of the token, or of the sub-process around it, that lies in this scope.
Index Performance::seen_from(TokenId token, Index scope) const {
  auto number = instance().find(token)->node;
  while (number != nowhere && definition_.nodes[number].scope != scope)
    number = definition_.nodes[number].scope;
  return number;
}

// From behind a parallel join back into one of its ways: the other ways are done, and the join must not wait
// for them again. It was passed when there is no way from the target to where the token was but through it.
Result<> Performance::fill_joins(Index target, Index from, TokenId first) {
  auto const* moved = static_cast<Token const*>(nullptr);
  for (auto const& token : instance().tokens)
    if (token.id >= first && token.node == target) moved = &token;
  if (moved == nullptr) return {};
  auto const scope = moved->scope;
  auto state = parse_state(save(definition_, instance()));
  auto next = instance().next;
  for (Index join = 0; join < definition_.nodes.size(); ++join) {
    auto const& gateway = definition_.nodes[join];
    if (gateway.element != Element::parallel || gateway.incoming.size() < 2 || join == from) continue;
    auto const without = reached(definition_, target, join);
    if (!holds(without, join) || holds(without, from)) continue;
    for (auto const flow : gateway.incoming) {
      bool const there =
          std::any_of(instance().tokens.begin(), instance().tokens.end(), [&](Token const& token) {
            return token.node == join && token.flow == flow && token.scope == scope;
          });
      if (there || holds(without, definition_.flows[flow].from)) continue;
      state.at("t").as_array().push_back(
          json::array{std::int64_t{next}, gateway.id, std::int64_t{scope}, "j", definition_.flows[flow].id});
      filled_.push_back(next++);
    }
  }
  state.at("n") = std::int64_t{next};
  auto restored = restore(definition_, json::serialize(state));
  if (!restored) return refuse(Why::conflict, "", "what stood there before can no longer be brought back");
  instance() = std::move(*restored);
  return {};
}

// Everything the move took away comes back when the step sent back is done.
void Performance::remember_sender(std::string_view before, Index target) {
  auto const delta = difference(before, save(definition_, instance()));
  auto const* gone = delta.if_contains("-");
  auto const* come = delta.if_contains("+");
  auto const old = restore(definition_, before).value();
  if (gone == nullptr || come == nullptr) return;
  json::array images;
  json::object memory;
  for (auto const& image : gone->as_array()) {
    auto const id = id_at(image, 0);
    if (ids_hold(come->as_array(), id)) continue;
    images.push_back(image);
    json::object own;
    auto const holder = verb_.holders.find(id);
    if (holder != verb_.holders.end()) own["who"] = holder->second;
    if (id == verb_.event.token) own["who"] = verb_.event.actor;
    for (auto const* section : {"sign", "back"})
      if (auto const* all = old.kept.if_contains(section))
        if (auto const* value = all->as_object().if_contains(std::to_string(id)))
          if (id != verb_.event.token || section != std::string_view("sign")) own[section] = *value;
    if (!own.empty()) memory[std::to_string(id)] = std::move(own);
  }
  json::array fillers;
  for (auto const id : filled_) fillers.push_back(std::int64_t{id});
  for (auto const& token : instance().tokens)
    if (token.node == target && ids_hold(come->as_array(), token.id))
      return keep("back", token.id,
                  json::object{{"from", std::int64_t{verb_.event.token}},
                               {"tokens", std::move(images)},
                               {"fill", std::move(fillers)},
                               {"kept", std::move(memory)}});
}

Result<> Performance::return_to_sender(TokenId done) {
  auto const back = *kept("back", done);
  auto const* node = &node_of(done);
  note("returned", node);
  done_.step.history.push_back({HistoryRow::Kind::completed, node, {}, {}});
  Memory memory{back.at("kept").as_object(), static_cast<TokenId>(back.at("from").as_int64())};
  forget("back", done);
  std::vector<TokenId> instead{outermost(done, back.at("tokens").as_array())};
  for (auto const& filler : back.at("fill").as_array())
    instead.push_back(static_cast<TokenId>(filler.as_int64()));
  return bring_back(back.at("tokens").as_array(), memory, instead);
}

// The token in the scope that those coming back were taken from: the step itself, or the sub-process that was
// entered again for it.
TokenId Performance::outermost(TokenId done, json::array const& images) const {
  auto common = no_token;
  for (auto const& image : images)
    if (!ids_hold(images, id_at(image, 2))) common = id_at(image, 2);
  auto id = done;
  while (instance().find(id)->scope != common && instance().find(id)->scope != no_token)
    id = instance().find(id)->scope;
  return id;
}

Result<> Performance::bring_back(json::array const& images, Memory const& memory,
                                 std::vector<TokenId> const& instead) {
  auto state = parse_state(save(definition_, instance()));
  auto next = instance().next;
  std::map<TokenId, TokenId> ids;
  std::vector<std::pair<TokenId, TokenId>> to_wake;  // new id, old id
  for (auto image : images) {
    auto const old = id_at(image, 0);
    auto const waits = text_at(image, 3) == "w";
    auto const inside = text_at(image, 3) == "i";
    await_retry(image, definition_);
    auto const scope = ids.find(id_at(image, 2));
    if (scope != ids.end()) image.as_array()[2] = std::int64_t{scope->second};
    image.as_array()[0] = std::int64_t{next};
    ids[old] = next;
    if (waits || inside) to_wake.emplace_back(next, old);
    state.at("t").as_array().push_back(std::move(image));
    ++next;
  }
  state.at("n") = std::int64_t{next};
  auto restored = restore(definition_, json::serialize(state));
  if (!restored) return refuse(Why::conflict, "", "what stood there before can no longer be brought back");
  instance() = std::move(*restored);
  for (auto const id : instead)
    if (auto gone = take_out(id); !gone) return gone;
  std::stable_sort(to_wake.begin(), to_wake.end(), [&](auto const& left, auto const& right) {
    return (left.second == memory.last) < (right.second == memory.last);
  });
  for (auto const& [id, old] : to_wake) {
    auto const* own = memory.images_kept.if_contains(std::to_string(old));
    auto remembered = own == nullptr ? json::object() : own->as_object();
    if (auto* back = remembered.if_contains("back")) rename(back->as_object(), ids);
    returning_ = own == nullptr ? nullptr : &remembered;
    auto const& node = node_of(id);
    if (!node.state.empty()) done_.step.effects.emplace_back(SetState{&node});
    auto woken = advance_by(event(Event::Kind::retry, id));
    returning_ = nullptr;
    if (!woken) return woken;
  }
  return {};
}

Result<> Performance::check_untouched() const {
  auto const touched = refuse(Why::conflict, "", "the next step has already been touched");
  auto const now = parse_state(save(definition_, instance()));
  auto const& tokens = now.at("t").as_array();
  if (auto const* come = verb_.delta.if_contains("+"))
    for (auto const& image : come->as_array()) {
      if (std::find(tokens.begin(), tokens.end(), image) == tokens.end()) return touched;
      auto const signing = signing_of(instance(), id_at(image, 0));
      if (signing && signing->signatures() > 0) return touched;
      auto const& node = definition_.nodes[definition_.find_node(text_at(image, 1))];
      bool const waits = text_at(image, 3) == "w";
      bool const harmless = node.element == Element::user_task || node.element == Element::manual_task ||
                            node.element == Element::receive_task || node.element == Element::catch_event ||
                            node.element == Element::event_gateway;
      if (waits && !harmless)
        return refuse(Why::conflict, "", "'{}' has already begun and cannot be taken back", node.id);
    }
  return {};
}

Result<> Performance::withdraw_vote() {
  auto const token = verb_.event.token;
  auto signing = signing_of(instance(), token);
  if (auto taken = signing->unsign(verb_.seat); !taken) return taken;
  note("withdrawn", &node_of(token));
  return settle_signing(token, std::move(*signing));
}

Result<> Performance::withdraw() {
  if (instance().ended()) return refuse(Why::conflict, "", "the process has ended");
  if (instance().find(verb_.event.token) != nullptr && signing_of(instance(), verb_.event.token))
    return withdraw_vote();
  if (auto untouched = check_untouched(); !untouched) return untouched;
  auto const* gone = verb_.delta.if_contains("-");
  auto const* come = verb_.delta.if_contains("+");
  if (gone == nullptr || !ids_hold(gone->as_array(), verb_.event.token))
    return refuse(Why::conflict, "", "there is no step to take back");
  std::vector<TokenId> instead;
  json::array images;
  auto const changed = [&](TokenId id) {
    return come != nullptr && ids_hold(come->as_array(), id) && ids_hold(gone->as_array(), id);
  };
  for (auto const& image : gone->as_array())
    if (!changed(id_at(image, 0))) images.push_back(image);
  if (come != nullptr)
    for (auto const& image : come->as_array())
      if (!changed(id_at(image, 0))) instead.push_back(id_at(image, 0));
  std::sort(instead.begin(), instead.end());
  if (auto put = put_back(gone->as_array(), instead); !put) return put;
  note("withdrawn", nullptr);
  return bring_back(images, memory_of_withdrawn(images), instead);
}

// Tokens that stayed but changed (a count of a loop) are as they were.
Result<> Performance::put_back(json::array const& images, std::vector<TokenId> const& instead) {
  auto state = parse_state(save(definition_, instance()));
  for (auto& token : state.at("t").as_array())
    for (auto const& image : images)
      if (id_at(image, 0) == id_at(token, 0) &&
          !std::binary_search(instead.begin(), instead.end(), id_at(token, 0)))
        token = image;
  auto restored = restore(definition_, json::serialize(state));
  if (!restored) return refuse(Why::conflict, "", "what stood there before can no longer be brought back");
  instance() = std::move(*restored);
  return {};
}

Performance::Memory Performance::memory_of_withdrawn(json::array const& images) const {
  Memory memory;
  memory.last = verb_.event.token;
  object_in(memory.images_kept, std::to_string(verb_.event.token))["who"] = verb_.event.actor;
  auto const* members = verb_.delta.if_contains("m");
  auto const* kept = members == nullptr ? nullptr : members->as_object().if_contains("k");
  if (kept == nullptr || !kept->at(0).is_object()) return memory;
  for (auto const* section : {"sign", "back"})
    if (auto const* all = kept->at(0).as_object().if_contains(section))
      for (auto const& member : all->as_object())
        if (ids_hold(images, static_cast<TokenId>(std::stoul(std::string(member.key())))))
          object_in(memory.images_kept, member.key())[section] = member.value();
  return memory;
}

}  // namespace yunzhi::process
