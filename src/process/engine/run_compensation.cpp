// Compensation: the part of Run that undoes finished activities, the last first (BPMN 2.0, 13.5.5). Who
// compensates holds a queue of what is left; each handler is owned by it and lets it go on.
#include <algorithm>

#include "process/engine/run.hpp"

namespace yunzhi::process {

// The scope an activity is drawn in, among those around a token.
TokenId Run::scope_around(Index activity, TokenId inside) const {
  auto const wanted = node(activity).scope;
  while (inside != no_token && find(inside)->node != wanted) inside = find(inside)->scope;
  return inside;
}

// The scopes whose activities are meant: that of the named activity, else the one the event stands in; an
// event sub-process speaks for the scope it took over as well, whose activities were done before its own.
std::vector<TokenId> Run::compensated_scopes(Arrival const& arrival) const {
  auto const& reference = node(arrival.node).reference;
  if (!reference.empty()) return {scope_around(definition_.find_node(reference), arrival.scope)};
  auto const* around = arrival.scope == no_token ? nullptr : find(arrival.scope);
  if (around != nullptr && node(around->node).event_sub) return {around->scope, arrival.scope};
  return {arrival.scope};
}

void Run::compensate(Arrival const& arrival) {
  auto const& event = node(arrival.node);
  tell(HistoryRow::Kind::compensated, arrival.node, event.reference);
  std::vector<Done> queue;
  auto const meant = [&](Done const& done) {
    return event.reference.empty() || node(done.node).id == event.reference;
  };
  for (auto const scope : compensated_scopes(arrival)) {
    auto* extra = tokens().scope(scope)->extra.get();
    if (extra == nullptr) continue;
    for (auto& done : extra->done)
      if (meant(done)) queue.push_back(done);
    std::erase_if(extra->done, meant);
  }
  auto const holder = wait({arrival.node, nowhere, arrival.scope}, Token::State::undoing);
  auto& extra = find(holder)->extra.make();
  extra.compensating = true;
  extra.queue = std::move(queue);
  if (!event.waits) leave(arrival.node, arrival.scope);
  undo_next(holder);
}

void Run::undo_next(TokenId holder) {
  auto* token = find(holder);
  if (token == nullptr) return;
  auto& queue = token->extra.make().queue;
  if (queue.empty()) return undone(holder);
  auto done = std::move(queue.back());
  queue.pop_back();
  undo(holder, std::move(done));
}

// By its handler; a sub-process by the event sub-process it has for this, else by undoing what is inside.
void Run::undo(TokenId holder, Done done) {
  auto const scope = scope_around(done.node, holder);
  auto const& activity = node(done.node);
  if (activity.compensation != nowhere)
    return arrivals_.push_back({activity.compensation, nowhere, scope, holder});
  if (activity.element != Element::sub_process) return undo_next(holder);
  auto const again = wait({done.node, nowhere, scope, holder}, Token::State::inside);
  if (overflow_) return;
  auto& extra = find(again)->extra.make();
  extra.restored = true;
  extra.locals = std::move(done.locals);
  if (activity.compensation_start == nowhere) {
    extra.compensating = true;
    extra.queue = std::move(done.inside);
    return undo_next(again);
  }
  extra.done = std::move(done.inside);
  auto const start = activity.compensation_start;
  auto const sub = wait({node(start).scope, nowhere, again}, Token::State::inside);
  arrivals_.push_back({start, nowhere, sub});
}

// Nothing is left to undo: who compensates goes on.
void Run::undone(TokenId holder) {
  auto const token = *find(holder);
  auto const& here = node(token.node);
  auto const& extra = *token.extra.get();
  if (extra.restored) {
    remove(holder);
    return undo_next(extra.owner);
  }
  if (here.element == Element::sub_process) {
    auto const event = catcher(here.boundary, Trigger::cancel, {});
    auto const host = carrier(holder);
    auto const scope = find(host)->scope;
    cancel(host);
    if (event != nowhere) return arrivals_.push_back({event, nowhere, scope});
    return leave(token.node, scope);
  }
  remove(holder);
  if (here.waits) leave(token.node, token.scope);
}

// A cancelled transaction ends what still runs in it, undoes what was done, and leaves by its cancel event.
void Run::cancel_transaction(Arrival const& arrival) {
  auto scope = arrival.scope;
  while (scope != no_token && !node(find(scope)->node).transaction) scope = find(scope)->scope;
  if (scope == no_token)
    return fail(arrival, {"", "'{}' cancels a transaction, but stands in none", {node(arrival.node).id}});
  tell(HistoryRow::Kind::compensated, find(scope)->node);
  disarm(scope, awaited_inside(scope));
  cancel_scope(scope);
  std::erase_if(arrivals_, [&](Arrival const& other) { return other.scope == scope; });
  auto& extra = find(scope)->extra.make();
  extra.interrupted = true;
  extra.compensating = true;
  extra.queue = std::move(extra.done);
  extra.done.clear();
  undo_next(scope);
}

}  // namespace yunzhi::process
