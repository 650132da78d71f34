#include "process/engine/moving.hpp"

#include <algorithm>

namespace yunzhi::process {
namespace {

bool contains(std::vector<Index> const& list, Index one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

Result<Migrated> Moving::go() {
  places_[no_token] = {};
  for (auto const& token : old_.tokens) place(token);
  auto const& root = *old_.tokens.scope(no_token);
  auto& fresh_root = *done_.instance.tokens.scope(no_token);
  if (root.extra.get() != nullptr) take_extra(root, fresh_root);
  bool const interrupted = root.extra.get() != nullptr && root.extra.get()->interrupted;
  if (!interrupted) take_waits(no_token, no_token, pairing_.from.awaited, pairing_.to.awaited);
  take_memory();
  if (!refusal_.faults.empty()) return std::move(refusal_);
  std::sort(tokens_.begin(), tokens_.end(),
            [](Token const& left, Token const& right) { return left.id < right.id; });
  done_.instance.tokens.expect(tokens_.size());
  for (auto& token : tokens_) {
    if (auto const found = waits_.find(token.id); found != waits_.end())
      token.extra.make().waits = std::move(found->second);
    done_.instance.tokens.add(std::move(token));
  }
  if (auto const found = waits_.find(no_token); found != waits_.end())
    done_.instance.tokens.scope(no_token)->extra.make().waits = std::move(found->second);
  return std::move(done_);
}

void Moving::refuse_token(Token const& token, std::string text, std::vector<std::string> arguments) {
  refusal_.faults.push_back({pairing_.from.nodes[token.node].id, std::move(text), std::move(arguments)});
}

// Whoever stands in what cannot go is not asked: the reason is told once.
void Moving::place(Token const& token) {
  auto const around = places_.find(token.scope);
  if (around == places_.end()) return;
  auto const target = pairing_.target(token.node);
  if (target == nowhere) return dissolve(token, around->second);
  if (auto fault = pairing_.mismatch(token.node, target)) {
    refusal_.faults.push_back(std::move(*fault));
    return;
  }
  if (auto const place = enclosed(token, target, around->second)) move(token, target, *place);
}

// A sub-process that the new version does not have: what is inside stands in what was around it.
void Moving::dissolve(Token const& token, Place around) {
  auto const& node = pairing_.from.nodes[token.node];
  bool const plain = node.element == Element::sub_process && token.state == Token::State::inside;
  if (!plain)
    return refuse_token(token, "'{}' has no counterpart: the new version has no step '{}'",
                        {node.id, node.id});
  auto const* extra = token.extra.get();
  bool const own = node.event_sub || node.ad_hoc || node.loop.kind != Loop::Kind::none;
  if (own || (extra != nullptr && (extra->compensating || extra->interrupted || extra->restored)))
    return refuse_token(token, "'{}' has no counterpart, and what runs inside cannot do without it",
                        {node.id});
  if (extra != nullptr && !extra->locals.empty())
    return refuse_token(token, "'{}' has no counterpart, and its own variables would be lost", {node.id});
  if (extra != nullptr && !extra->done.empty())
    return refuse_token(token, "'{}' has no counterpart, and what was done inside could not be undone",
                        {node.id});
  take_waits(token.id, around.id, awaited(token, node), {});
  places_[token.id] = around;
}

// The token to stand in, with the sub-processes that came to be around its element entered for it.
std::optional<Moving::Place> Moving::enclosed(Token const& token, Index target, Place around) {
  auto const& to = pairing_.to.nodes;
  if (repeated(token)) {
    if (around.node == target) return around;
  } else {
    std::vector<Index> between;
    auto scope = to[target].scope;
    for (; scope != around.node && scope != nowhere; scope = to[scope].scope) between.push_back(scope);
    if (scope == around.node) {
      std::optional<Place> place = around;
      for (auto next = between.rbegin(); next != between.rend() && place; ++next)
        place = enter(token, *next, *place);
      return place;
    }
  }
  refuse_token(token, "'{}' cannot become '{}', which lies in another sub-process",
               {pairing_.from.nodes[token.node].id, to[target].id});
  return std::nullopt;
}

std::optional<Moving::Place> Moving::enter(Token const& token, Index scope, Place around) {
  auto const& node = pairing_.to.nodes[scope];
  auto const& here = pairing_.from.nodes[token.node];
  auto const known = entered_.find({around.id, scope});
  if (known != entered_.end()) return Place{known->second, scope};
  if (node.event_sub || node.ad_hoc || node.handler || node.loop.kind != Loop::Kind::none) {
    refuse_token(token, "'{}' cannot be put into '{}', which is no plain sub-process", {here.id, node.id});
    return std::nullopt;
  }
  if (brought_.contains({around.id, scope})) {
    refuse_token(token, "'{}' would come into '{}', which runs already", {here.id, node.id});
    return std::nullopt;
  }
  Token fresh;
  fresh.id = done_.instance.next++;
  fresh.node = scope;
  fresh.scope = around.id;
  fresh.state = Token::State::inside;
  entered_[{around.id, scope}] = fresh.id;
  done_.arrival.entered.push_back(fresh.id);
  tokens_.push_back(std::move(fresh));
  return Place{tokens_.back().id, scope};
}

void Moving::move(Token const& token, Index target, Place around) {
  if (token.state == Token::State::inside && !repeated(token)) {
    if (entered_.contains({around.id, target}))
      return refuse_token(token, "others would come into '{}', which runs already",
                          {pairing_.to.nodes[target].id});
    brought_.emplace(std::pair(around.id, target), token.id);
  }
  Token fresh;
  // What stands around a token has the smaller id.
  fresh.id = around.id < token.id ? token.id : done_.instance.next++;
  fresh.node = target;
  fresh.scope = around.id;
  fresh.state = token.state;
  if (fresh.id != token.id) done_.renumbered[token.id] = fresh.id;
  places_[token.id] = {fresh.id, target};
  take_flow(token, fresh);
  if (token.extra.get() != nullptr) take_extra(token, fresh);
  take_waits(token.id, fresh.id, awaited(token, pairing_.from.nodes[token.node]),
             awaited(token, pairing_.to.nodes[target]));
  tokens_.push_back(std::move(fresh));
}

// The events a token waits for at its element: on its border, and inside.
std::vector<Index> Moving::awaited(Token const& token, Node const& node) const {
  auto const* extra = token.extra.get();
  bool const restored = extra != nullptr && extra->restored;
  if (token.state == Token::State::joining || restored) return {};
  std::vector<Index> events;
  if (!repeated(token)) events = node.boundary;
  bool const closed = token.state == Token::State::failed || runs_inside(pairing_.from, old_, token) ||
                      (extra != nullptr && extra->interrupted);
  if (!closed) events.insert(events.end(), node.awaited.begin(), node.awaited.end());
  return events;
}

// A join knows by which flow somebody came; what failed is tried again from one.
void Moving::take_flow(Token const& token, Token& fresh) {
  if (token.flow == nowhere) return;
  auto const& node = pairing_.to.nodes[fresh.node];
  auto const flow = pairing_.target_flow(token.flow);
  if (flow != nowhere && pairing_.to.flows[flow].to == fresh.node) {
    fresh.flow = flow;
  } else if (token.state == Token::State::joining) {
    refuse_token(token,
                 "'{}' cannot become '{}': nothing there corresponds to the flow '{}' that somebody came by",
                 {pairing_.from.nodes[token.node].id, node.id, pairing_.from.flows[token.flow].id});
  } else if (!node.incoming.empty()) {
    fresh.flow = node.incoming.front();
  }
}

void Moving::take_extra(Token const& token, Token& fresh) {
  auto const& had = *token.extra.get();
  auto& has = fresh.extra.make();
  has.locals = had.locals;
  has.compensating = had.compensating;
  has.interrupted = had.interrupted;
  has.restored = had.restored;
  has.done = take_done(had.done);
  has.queue = take_done(had.queue);
  if (had.loop) take_loop(token, has);
  if (had.owner == no_token) return;
  auto const owner = places_.find(had.owner);
  if (owner != places_.end()) has.owner = owner->second.id;
}

std::vector<Done> Moving::take_done(std::vector<Done> const& list) {
  std::vector<Done> taken;
  for (auto const& done : list) {
    if (auto fault = pairing_.cannot_undo(done.node)) {
      refusal_.faults.push_back(std::move(*fault));
      continue;
    }
    taken.push_back({pairing_.target(done.node), done.locals, take_done(done.inside)});
  }
  return taken;
}

// An ad-hoc sub-process remembers by id what it has to begin.
void Moving::take_loop(Token const& token, Extra& extra) {
  extra.loop = token.extra.get()->loop;
  if (!pairing_.from.nodes[token.node].ad_hoc || runs_inside(pairing_.from, old_, token)) return;
  for (auto& item : extra.loop->items) {
    auto const old = pairing_.from.find_node(item.as_string());
    auto const fresh = pairing_.target(old);
    if (fresh == nowhere)
      return refuse_token(token, "'{}' has no counterpart: the new version has no step '{}'",
                          {pairing_.from.nodes[old].id, pairing_.from.nodes[old].id});
    item = json::string(pairing_.to.nodes[fresh].id);
  }
}

// Events that wait for the same go on waiting; the others are no longer waited for, or begin to be.
void Moving::take_waits(TokenId old, TokenId fresh, std::vector<Index> const& before,
                        std::vector<Index> const& after) {
  auto const* had = old_.tokens.scope(old)->extra.get();
  std::vector<Index> kept;
  std::vector<Wait> waits;
  for (auto const event : before) {
    if (!pairing_.from.nodes[event].awaited_event()) continue;
    auto const target = pairing_.target(event);
    if (target == nowhere || !contains(after, target) || !pairing_.waits_alike(event, target)) {
      done_.gone.push_back({old, pairing_.from.nodes[event].id});
      continue;
    }
    kept.push_back(target);
    if (had == nullptr) continue;
    for (auto const& wait : had->waits)
      if (wait.event == event) {
        waits.push_back(wait);
        waits.back().event = target;
      }
  }
  for (auto const event : after)
    if (pairing_.to.nodes[event].awaited_event() && !contains(kept, event))
      done_.arrival.awaited.push_back({fresh, pairing_.to.nodes[event].id});
  if (!waits.empty()) waits_[fresh] = std::move(waits);
}

// Signatures and the like follow their token. Where somebody waits to have a step back as it stood, nothing
// around it may have changed.
void Moving::take_memory() {
  done_.instance.kept = old_.kept;
  for (auto const* section : {"sign", "back"}) {
    auto* all = done_.instance.kept.if_contains(section);
    if (all == nullptr) continue;
    json::object renamed;
    for (auto& member : all->as_object()) {
      auto const id = static_cast<TokenId>(std::stoul(std::string(member.key())));
      auto const place = places_.find(id);
      if (place == places_.end()) continue;
      auto const* token = old_.find(id);
      auto* back = std::string_view(section) == "back" ? &member.value().as_object() : nullptr;
      if (back != nullptr && (!done_.renumbered.empty() || !rename_back(*back)))
        refuse_token(*token, "'{}' was sent back, and who sent it could not have it back as it stood",
                     {pairing_.from.nodes[token->node].id});
      renamed[std::to_string(place->second.id)] = std::move(member.value());
    }
    *all = std::move(renamed);
  }
}

bool Moving::rename_back(json::object& back) const {
  if (!pairing_.rename(back.at("tokens").as_array())) return false;
  for (auto& member : back.at("kept").as_object())
    if (auto* inner = member.value().as_object().if_contains("back"))
      if (!rename_back(inner->as_object())) return false;
  return true;
}

}  // namespace yunzhi::process
