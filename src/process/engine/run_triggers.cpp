// Events that a token waits for: the part of Run that takes timers, messages, signals and changed
// variables to the catching, boundary and starting events they trigger.
#include <algorithm>
#include <utility>

#include "process/engine/run.hpp"
#include "process/engine/watching.hpp"

namespace yunzhi::process {
namespace {

// So many tokens looked at for a signal count as one step, so that a tangle cannot work without end.
constexpr std::size_t signal_looks_per_step = 32;

}  // namespace

// What a token waits for at its own node, and a scope for the starts of its event sub-processes.
std::vector<Index> const& Run::awaited_inside(TokenId id) const {
  static std::vector<Index> const nothing;
  auto const* token = tokens().scope(id);
  if (token == nullptr) return nothing;
  auto const* extra = token->extra.get();
  if (extra != nullptr && (extra->interrupted || extra->restored)) return nothing;
  if (id == no_token) return definition_.awaited;
  return contains_runs(*token) ? nothing : node(token->node).awaited;
}

bool Run::awaits(TokenId id, Index event) const {
  auto const* token = tokens().scope(id);
  if (token == nullptr || (id != no_token && token->state == Token::State::joining)) return false;
  auto const& inside = awaited_inside(id);
  bool const own = std::find(inside.begin(), inside.end(), event) != inside.end();
  if (own) return id == no_token || token->state != Token::State::failed;
  if (id == no_token || repeats(*token)) return false;
  auto const* extra = token->extra.get();
  return node(event).attached_to == token->node && (extra == nullptr || !extra->restored);
}

/// False when the event is not awaited.
bool Run::trigger(TokenId id, Index event) {
  if (!awaits(id, event)) return false;
  auto const& what = node(event);
  if (what.element == Element::boundary) {
    fire_boundary(id, event);
  } else if (what.element == Element::start) {
    fire_event_sub(id, event);
  } else if (find(id)->node != event) {
    fire_after_gateway(id, event);
  } else if (what.activity()) {
    bring_changes(id);
    complete_activity(id);
  } else {
    auto const scope = find(id)->scope;
    remove(id);
    leave(event, scope);
  }
  return true;
}

Result<> Run::fire() {
  auto const number = definition_.find_node(event_.element);
  if (number == nowhere || node(number).trigger != Trigger::timer || !awaits(event_.token, number))
    return refuse(Why::conflict, "", "the timer '{}' is no longer armed", event_.element);
  tell(HistoryRow::Kind::fired, number);
  trigger(event_.token, number);
  return {};
}

void Run::fire_boundary(TokenId host, Index boundary) {
  auto const scope = find(host)->scope;
  auto const* extra = find(host)->extra.get();
  auto const owner = extra == nullptr ? no_token : extra->owner;
  if (node(boundary).interrupting) {
    cancel(host);
    if (owner != no_token) undo_next(owner);
  } else {
    count_cycle(host, boundary);
  }
  arrivals_.push_back({boundary, nowhere, scope});
}

// The gateway hands over to the event that came first; its other events are no longer awaited.
void Run::fire_after_gateway(TokenId id, Index target) {
  auto const scope = find(id)->scope;
  remove(id);
  path_.push_back(node(target).incoming.front());
  if (!node(target).state.empty()) step_.effects.emplace_back(SetState{&node(target)});
  leave(target, scope);
}

// An interrupting one ends all else in its scope; the scope lives on until it is over.
void Run::fire_event_sub(TokenId scope, Index start) {
  auto const sub = node(start).scope;
  bool const interrupts = node(start).interrupting || node(start).trigger == Trigger::error;
  if (interrupts) {
    disarm(scope, awaited_inside(scope));
    cancel_scope(scope);
    std::erase_if(arrivals_, [&](Arrival const& other) { return other.scope == scope; });
    tokens().scope(scope)->extra.make().interrupted = true;
  } else {
    count_cycle(scope, start);
  }
  auto const token = wait({sub, nowhere, scope}, Token::State::inside);
  if (overflow_) return;
  if (!node(sub).state.empty()) step_.effects.emplace_back(SetState{&node(sub)});
  set_locals(token, node(sub).initial);
  arm_all(token, awaited_inside(token), true);
  arrivals_.push_back({start, nowhere, token});
}

bool Run::trigger_named(TokenId id, Trigger kind, std::string const& name) {
  auto const* token = tokens().scope(id);
  if (token == nullptr) return false;
  auto events = awaited_inside(id);
  if (id != no_token && !repeats(*token))
    events.insert(events.end(), node(token->node).boundary.begin(), node(token->node).boundary.end());
  bool any = false;
  for (auto const number : events)
    if (node(number).trigger == kind && node(number).reference == name) any = trigger(id, number) || any;
  return any;
}

// For one step when the event says which, else for all that wait.
Result<> Run::receive() {
  tell(HistoryRow::Kind::message, nowhere, event_.name);
  if (!event_.element.empty()) {
    auto const number = definition_.find_node(event_.element);
    if (number == nowhere || node(number).trigger != Trigger::message || !awaits(event_.token, number))
      return refuse(Why::conflict, "", "nobody waits for the message '{}'", event_.name);
    keep_conversation(node(number), event_.changes);
    // A receiving task brings them itself: they may be for its own outputs.
    auto const* token = find(event_.token);
    if (token == nullptr || token->node != number) bring_changes(event_.token);
    if (token != nullptr && !node(number).activity()) bring_changes(event_.token);
    trigger(event_.token, number);
    return {};
  }
  for (auto const& one : definition_.nodes)
    if (one.message_key && one.reference == event_.name) keep_conversation(one, event_.changes);
  bring_changes(no_token);
  std::vector<TokenId> all{no_token};
  for (auto const& token : tokens()) all.push_back(token.id);
  bool received = false;
  for (auto const id : all) received = trigger_named(id, Trigger::message, event_.name) || received;
  if (!received) return refuse(Why::conflict, "", "nobody waits for the message '{}'", event_.name);
  return {};
}

Result<> Run::signal() {
  tell(HistoryRow::Kind::signal, nowhere, event_.name);
  bring_changes(no_token);
  if (!signal_all(event_.name))
    return refuse(Why::conflict, "", "nobody waits for the signal '{}'", event_.name);
  return {};
}

// Everybody who waits for it now; who begins to wait because of it is not among them.
bool Run::signal_all(std::string const& name) {
  bool const awaited = std::any_of(definition_.nodes.begin(), definition_.nodes.end(), [&](Node const& one) {
    return one.trigger == Trigger::signal && one.reference == name && one.element != Element::throw_event &&
           one.element != Element::end;
  });
  if (!awaited) return false;
  steps_ += tokens().size() / signal_looks_per_step;
  std::vector<TokenId> all{no_token};
  for (auto const& token : tokens()) all.push_back(token.id);
  bool received = false;
  for (auto const id : all) received = trigger_named(id, Trigger::signal, name) || received;
  return received;
}

// It reaches those who wait for it at this moment, in this instance before who threw it goes on, and not
// where that one comes to afterwards. Who threw it ends here when one of them takes its scope over.
void Run::throw_signal(Arrival const& arrival) {
  auto const& event = node(arrival.node);
  auto const taken_over = [&] {
    auto const* scope = tokens().scope(arrival.scope);
    return scope == nullptr || (scope->extra.get() != nullptr && scope->extra.get()->interrupted);
  };
  step_.effects.emplace_back(Broadcast{&event, event.reference, {}});
  if (!signal_all(event.reference)) return leave(arrival.node, arrival.scope);
  tell(HistoryRow::Kind::signal, arrival.node, event.reference);
  if (taken_over()) return;
  auto const triggered = std::exchange(arrivals_, {});
  leave(arrival.node, arrival.scope);
  arrivals_.insert(arrivals_.end(), triggered.begin(), triggered.end());
}

Result<> Run::change() {
  tell(HistoryRow::Kind::changed, nowhere);
  bring_changes(event_.token);
  changed_ = true;
  return {};
}

// Since the condition last looked.
bool Run::sees_change(Wait& wait, TokenId id) {
  auto const& watched = *node(wait.event).watched;
  auto now = watched_in(watched, view(id));
  hide();
  bool const any = process::sees_change(watched, wait.seen, now);
  wait.seen = std::move(now);
  return any;
}

// BPMN 2.0, 10.5.5: a condition triggers when it becomes true; it must have become false before it can
// again.
bool Run::turned_true(TokenId id, Index event, bool arming) {
  auto* token = tokens().scope(id);
  if (token == nullptr) return false;
  auto& waits = token->extra.make().waits;
  auto wait = std::find_if(waits.begin(), waits.end(), [&](Wait const& one) { return one.event == event; });
  if (wait == waits.end()) wait = waits.insert(waits.end(), Wait{event, 0, false, {}});
  if (node(event).watched && !sees_change(*wait, id) && !arming) return false;
  auto const answer = value_of(*node(event).condition, id);
  bool const is_true = answer.is_bool() && answer.get_bool();
  bool const was = !arming && wait->was_true;
  wait->was_true = is_true;
  return is_true && !was;
}

bool Run::check_conditions_of(TokenId id) {
  auto const* token = tokens().scope(id);
  if (token == nullptr || token->extra.get() == nullptr) return false;
  auto const waits = token->extra.get()->waits;
  bool any = false;
  for (auto const& wait : waits) {
    if (node(wait.event).trigger != Trigger::conditional || !awaits(id, wait.event)) continue;
    if (turned_true(id, wait.event, false)) any = trigger(id, wait.event) || any;
    if (tokens().scope(id) == nullptr) break;
  }
  return any;
}

bool Run::check_conditions() {
  if (!changed_ || !definition_.conditional) return false;
  changed_ = false;
  std::vector<TokenId> all{no_token};
  for (auto const& token : tokens())
    if (token.extra.get() != nullptr && !token.extra.get()->waits.empty()) all.push_back(token.id);
  bool any = false;
  for (auto const id : all) any = check_conditions_of(id) || any;
  return any;
}

}  // namespace yunzhi::process
