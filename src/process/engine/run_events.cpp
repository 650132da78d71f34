// What came from outside: the part of Run that checks an event against where the instance stands.
#include "process/engine/run.hpp"

namespace yunzhi::process {

Result<> Run::begin() {
  if (event_.kind != Event::Kind::start && step_.instance.ended())
    return refuse(Why::conflict, "", "the process has ended");
  switch (event_.kind) {
    case Event::Kind::start:
      return start();
    case Event::Kind::complete:
      return complete();
    case Event::Kind::timer:
      return fire();
    case Event::Kind::message:
      return receive();
    case Event::Kind::called:
      return called();
    case Event::Kind::fail:
      return fail_service();
    case Event::Kind::move:
      return move();
    case Event::Kind::retry:
      return retry();
    case Event::Kind::cancel:
      return cancel_all();
  }
  return {};
}

Result<> Run::start() {
  auto const number = definition_.start_of(nowhere, event_.name);
  if (number == nowhere)
    return refuse(Why::invalid, "", "the process '{}' has no start event of this kind", definition_.key);
  if (step_.instance.next != 1) return refuse(Why::conflict, "", "the process has already started");
  tell(HistoryRow::Kind::started, number);
  arrivals_.push_back({number, nowhere, no_token});
  return {};
}

Result<> Run::complete() {
  auto const* token = find(event_.token);
  bool const open =
      token != nullptr && token->state == Token::State::waiting &&
      (node(token->node).element == Element::user_task || node(token->node).element == Element::manual_task);
  if (!open) return refuse(Why::conflict, "", "the task is no longer open");
  auto const done = *token;
  tell(HistoryRow::Kind::completed, done.node);
  remove(done.id);
  leave(done.node, done.scope);
  return {};
}

Result<> Run::fire() {
  auto const number = definition_.find_node(event_.element);
  auto const* token = find(event_.token);
  auto const idle = refuse(Why::conflict, "", "the timer '{}' is no longer armed", event_.element);
  if (number == nowhere || token == nullptr || node(number).trigger != Trigger::timer) return idle;
  auto const at = *token;
  if (node(number).attached_to == at.node) {
    tell(HistoryRow::Kind::fired, number);
    fire_boundary(at.id, number);
    return {};
  }
  if (at.state != Token::State::waiting) return idle;
  bool const after_gateway = node(at.node).element == Element::event_gateway &&
                             definition_.flows[node(number).incoming.front()].from == at.node;
  if (at.node != number && !after_gateway) return idle;
  tell(HistoryRow::Kind::fired, number);
  if (after_gateway) {
    fire_after_gateway(at.id, number);
  } else {
    remove(at.id);
    leave(number, at.scope);
  }
  return {};
}

void Run::fire_boundary(TokenId host, Index boundary) {
  auto const scope = find(host)->scope;
  if (node(boundary).interrupting) {
    cancel(host);
  } else {
    count_cycle(host, boundary);
  }
  arrivals_.push_back({boundary, nowhere, scope});
}

// The gateway hands over to the event that came first; its other events are no longer awaited.
void Run::fire_after_gateway(TokenId token, Index target) {
  auto const scope = find(token)->scope;
  remove(token);
  path_.push_back(node(target).incoming.front());
  if (!node(target).state.empty()) step_.effects.emplace_back(SetState{&node(target)});
  leave(target, scope);
}

Index Run::awaited_target(Index gateway, std::string_view message) const {
  for (auto const flow : node(gateway).outgoing) {
    auto const& target = node(definition_.flows[flow].to);
    if (target.trigger == Trigger::message && target.reference == message) return definition_.flows[flow].to;
  }
  return nowhere;
}

bool Run::receive_at(TokenId id) {
  auto const* token = find(id);
  if (token == nullptr) return false;
  auto const at = *token;
  auto const& here = node(at.node);
  if (at.state == Token::State::waiting && here.trigger == Trigger::message &&
      here.reference == event_.name) {
    remove(id);
    leave(at.node, at.scope);
    return true;
  }
  if (at.state == Token::State::waiting && here.element == Element::event_gateway)
    if (auto const target = awaited_target(at.node, event_.name); target != nowhere) {
      fire_after_gateway(id, target);
      return true;
    }
  if (at.state == Token::State::joining) return false;
  for (auto const number : here.boundary) {
    if (node(number).trigger != Trigger::message || node(number).reference != event_.name) continue;
    fire_boundary(id, number);
    return true;
  }
  return false;
}

Result<> Run::receive() {
  std::vector<TokenId> all;
  for (auto const& token : step_.instance.tokens) all.push_back(token.id);
  tell(HistoryRow::Kind::message, nowhere, event_.name);
  bool received = false;
  for (auto const id : all) received = receive_at(id) || received;
  if (!received) return refuse(Why::conflict, "", "nobody waits for the message '{}'", event_.name);
  return {};
}

Result<> Run::called() {
  auto const* token = find(event_.token);
  if (token == nullptr || token->state != Token::State::waiting ||
      node(token->node).element != Element::service_task)
    return refuse(Why::conflict, "", "the service is no longer awaited");
  auto const done = *token;
  tell(HistoryRow::Kind::called, done.node);
  remove(done.id);
  leave(done.node, done.scope);
  return {};
}

Result<> Run::fail_service() {
  auto* token = find(event_.token);
  if (token == nullptr || token->state != Token::State::waiting ||
      node(token->node).element != Element::service_task)
    return refuse(Why::conflict, "", "the service is no longer awaited");
  auto const failed = *token;
  tell(HistoryRow::Kind::failed, failed.node, event_.name);
  if (auto const number = catcher(failed.node, event_.name); number != nowhere) {
    cancel(failed.id);
    arrivals_.push_back({number, nowhere, failed.scope});
    return {};
  }
  for (auto scope = failed.scope; scope != no_token; scope = find(scope)->scope)
    if (catcher(find(scope)->node, event_.name) != nowhere) {
      raise({failed.node, nowhere, failed.scope}, event_.name);
      return {};
    }
  token->state = Token::State::failed;
  token->flow = node(failed.node).incoming.front();
  report(failed.id, failed.node, {"", "'{}' failed with '{}'", {node(failed.node).id, event_.name}});
  return {};
}

// What would run again from `target`: everything reachable from it, but not past the first join that the
// moved token has still before it. Inside one way of a split the other ways stay as they are; a move to
// before the split takes them along.
NodeSet Run::rerun_from(Index target, Index current) const {
  auto const join = [&](Index number) {
    auto const element = node(number).element;
    return node(number).incoming.size() > 1 &&
           (element == Element::parallel || element == Element::inclusive);
  };
  auto const walk = [&](Index from, auto&& stops) {
    NodeSet seen(definition_.nodes.size() / 64 + 1);
    std::vector<Index> todo{from};
    put(seen, from);
    while (!todo.empty()) {
      auto const here = todo.back();
      todo.pop_back();
      if (stops(here)) continue;
      std::vector<Index> next = node(here).boundary;
      for (auto const flow : node(here).outgoing) next.push_back(definition_.flows[flow].to);
      for (auto const number : next)
        if (!holds(seen, number)) {
          put(seen, number);
          todo.push_back(number);
        }
    }
    return seen;
  };
  auto const ahead = walk(current, join);
  auto again = walk(target, [&](Index number) { return join(number) && holds(ahead, number); });
  return again;
}

Result<> Run::move() {
  auto const number = definition_.find_node(event_.element);
  if (number == nowhere)
    return refuse(Why::invalid, "/element", "the process has no step '{}'", event_.element);
  auto const& target = node(number);
  if ((!target.activity() && target.element != Element::catch_event) || target.incoming.empty())
    return refuse(Why::invalid, "/element", "'{}' is no step one can go to", event_.element);
  auto const* token = find(event_.token);
  while (token != nullptr && node(token->node).scope != target.scope)
    token = token->scope == no_token ? nullptr : find(token->scope);
  if (token == nullptr)
    return refuse(Why::conflict, "/element", "'{}' lies in a sub-process that is not running",
                  event_.element);
  auto const moved = *token;
  auto const again = rerun_from(number, moved.node);
  tell(HistoryRow::Kind::moved, number, node(find(event_.token)->node).id);
  std::vector<TokenId> gone{moved.id};
  for (auto const& other : step_.instance.tokens) {
    if (other.scope != moved.scope || other.id == moved.id) continue;
    bool const join = other.state == Token::State::joining;
    auto const position = join ? definition_.flows[other.flow].from : other.node;
    if (holds(again, position)) gone.push_back(other.id);
  }
  for (auto const id : gone) cancel(id);
  arrivals_.push_back({number, target.incoming.front(), moved.scope});
  return {};
}

Result<> Run::retry() {
  auto const* token = find(event_.token);
  if (token == nullptr) return refuse(Why::conflict, "", "there is nothing to try again");
  auto const again = *token;
  tell(HistoryRow::Kind::retried, again.node);
  if (again.state != Token::State::failed) {
    if (has_timers(again.node)) step_.effects.emplace_back(CancelTimers{again.id, nullptr});
    find(again.id)->cycles.clear();
    arm_boundary(again.id);
    return {};
  }
  remove(again.id);
  if (again.flow == nowhere && node(again.node).element != Element::end) {
    leave(again.node, again.scope);
  } else {
    arrivals_.push_back({again.node, again.flow, again.scope});
  }
  return {};
}

Result<> Run::cancel_all() {
  tell(HistoryRow::Kind::cancelled, nowhere);
  cancel_scope(no_token);
  return {};
}

}  // namespace yunzhi::process
