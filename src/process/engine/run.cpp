#include "process/engine/run.hpp"

#include "base/limits.hpp"

namespace yunzhi::process {

Result<Step> Run::go() {
  if (auto const begun = begin(); !begun) {
    given_ = std::move(step_.instance);
    return begun.error();
  }
  settle();
  if (overflow_)
    return refuse(Why::conflict, "", "the process would wait in more than {} places at once",
                  limits::process_tokens);
  report_stuck();
  forget_passing();
  if (!step_.history.empty()) step_.history.front().path = std::move(path_);
  if (step_.instance.ended()) {
    disarm(no_token, definition_.awaited);
    bool const cancelled = event_.kind == Event::Kind::cancel || event_.kind == Event::Kind::drop;
    step_.effects.emplace_back(Ended{cancelled, error_, failed_, everything_});
    if (!cancelled) tell(HistoryRow::Kind::ended, nowhere, error_);
  }
  return std::move(step_);
}

// Inclusive joins, the ends of sub-processes and conditions depend on where everybody else is, so they are
// looked at only when nobody moves any more.
void Run::settle() {
  do {
    while (!arrivals_.empty()) {
      auto const arrival = arrivals_.back();
      arrivals_.pop_back();
      bool const scope_gone = arrival.scope != no_token && find(arrival.scope) == nullptr;
      if (!scope_gone) arrive(arrival);
    }
  } while (!overflow_ && (join_some() || complete_scopes() || check_conditions()));
}

void Run::arrive(Arrival const& arrival) {
  auto const& here = node(arrival.node);
  if (++steps_ > limits::process_steps)
    return fail(arrival, {"", "'{}' was reached in a loop that never waits", {here.id}});
  if (!here.state.empty()) step_.effects.emplace_back(SetState{&here});
  switch (here.element) {
    case Element::start:
    case Element::boundary:
      return leave(arrival.node, arrival.scope);
    case Element::throw_event:
      return throw_event(arrival);
    case Element::end:
      return finish(arrival);
    case Element::catch_event:
      if (here.trigger == Trigger::link) return leave(arrival.node, arrival.scope);
      return wait_for_event(arrival);
    case Element::event_gateway:
      return wait_for_event(arrival);
    case Element::exclusive:
      return choose_one(arrival.node, arrival.scope);
    case Element::parallel:
      return join_all(arrival);
    case Element::inclusive:
      if (here.incoming.size() < 2) return choose_some(arrival.node, arrival.scope);
      wait(arrival, Token::State::joining);
      return;
    default:
      return enter(arrival);
  }
}

void Run::take(Index flow, TokenId scope) {
  path_.push_back(flow);
  arrivals_.push_back({definition_.flows[flow].to, flow, scope});
}

// The last pushed is the first to go on, so ways are pushed in reverse: the first drawn runs first.
void Run::take_all(Node const& from, TokenId scope) {
  for (auto flow = from.outgoing.rbegin(); flow != from.outgoing.rend(); ++flow) take(*flow, scope);
  if (from.outgoing.empty()) touch(scope);
}

void Run::leave(Index number, TokenId scope) {
  auto const& from = node(number);
  switch (from.element) {
    case Element::exclusive:
      return choose_one(number, scope);
    case Element::inclusive:
      return choose_some(number, scope);
    case Element::parallel:
      return take_all(from, scope);
    default:
      break;
  }
  bool choice = false;
  for (auto const flow : from.outgoing) choice = choice || definition_.flows[flow].condition.has_value();
  choice ? choose_some(number, scope) : take_all(from, scope);
}

void Run::choose_one(Index number, TokenId scope) {
  auto const& gateway = node(number);
  if (gateway.outgoing.empty()) return touch(scope);
  for (auto const flow : gateway.outgoing) {
    auto const& condition = definition_.flows[flow].condition;
    if (flow == gateway.default_flow) continue;
    if (!condition) return take(flow, scope);
    auto const answer = decide(*condition, scope);
    if (!answer) return fail({number, nowhere, scope}, answer.error().faults.front());
    if (*answer) return take(flow, scope);
  }
  if (gateway.default_flow != nowhere) return take(gateway.default_flow, scope);
  fail({number, nowhere, scope},
       {"", "no condition behind '{}' holds, and it has no default flow", {gateway.id}});
}

void Run::choose_some(Index number, TokenId scope) {
  auto const& from = node(number);
  if (from.outgoing.empty()) return touch(scope);
  std::vector<Index> chosen;
  for (auto const flow : from.outgoing) {
    auto const& condition = definition_.flows[flow].condition;
    if (flow == from.default_flow) continue;
    if (!condition) {
      chosen.push_back(flow);
      continue;
    }
    auto const answer = decide(*condition, scope);
    if (!answer) return fail({number, nowhere, scope}, answer.error().faults.front());
    if (*answer) chosen.push_back(flow);
  }
  if (chosen.empty() && from.default_flow != nowhere) chosen.push_back(from.default_flow);
  if (chosen.empty())
    return fail({number, nowhere, scope},
                {"", "no condition behind '{}' holds, and it has no default flow", {from.id}});
  for (auto flow = chosen.rbegin(); flow != chosen.rend(); ++flow) take(*flow, scope);
}

void Run::throw_event(Arrival const& arrival) {
  auto const& event = node(arrival.node);
  switch (event.trigger) {
    case Trigger::message:
      send(arrival.node, arrival.scope);
      break;
    case Trigger::signal:
      return throw_signal(arrival);
    case Trigger::compensation:
      return compensate(arrival);
    case Trigger::escalation:
      return escalate(arrival, event.reference);
    case Trigger::link:
      arrivals_.push_back({event.link, nowhere, arrival.scope});
      return;
    default:
      break;
  }
  leave(arrival.node, arrival.scope);
}

void Run::finish(Arrival const& arrival) {
  auto const& end = node(arrival.node);
  touch(arrival.scope);
  switch (end.trigger) {
    case Trigger::error:
      return raise_error(arrival, end.reference);
    case Trigger::cancel:
      return cancel_transaction(arrival);
    case Trigger::terminate:
      if (end.ends_all) return end_everything();
      cancel_scope(arrival.scope);
      std::erase_if(arrivals_, [&](Arrival const& other) { return other.scope == arrival.scope; });
      return;
    case Trigger::none:
      return;
    default:
      return throw_event(arrival);
  }
}

void Run::end_everything() {
  cancel_scope(no_token);
  arrivals_.clear();
  everything_ = true;
}

// A sub-process is over when nothing is left inside.
bool Run::complete_scopes() {
  while (!touched_.empty()) {
    auto const id = touched_.back();
    touched_.pop_back();
    auto const* token = id == no_token ? nullptr : find(id);
    if (token == nullptr || token->state != Token::State::inside || token->first_child != no_token) continue;
    if (contains_runs(*token)) continue;
    auto const* extra = token->extra.get();
    if (extra != nullptr && extra->compensating) continue;
    if (node(token->node).ad_hoc) {
      after_ad_hoc(id);
      if (auto const* still = find(id);
          still != nullptr && still->first_child == no_token && arrivals_.empty())
        complete_activity(id);
    } else {
      complete_activity(id);
    }
    return true;
  }
  return false;
}

// Work that was asked for and given up within the same step is nobody's.
void Run::forget_passing() {
  std::erase_if(step_.effects, [&](Effect const& effect) {
    auto const* work = std::get_if<Call>(&effect);
    auto const* process = std::get_if<CallProcess>(&effect);
    return (work != nullptr && find(work->token) == nullptr) ||
           (process != nullptr && find(process->token) == nullptr);
  });
}

// Nobody waits for anything outside, yet the process is not over: joins wait for ways no token is on.
void Run::report_stuck() {
  if (tokens().empty() || tokens().movable() != 0) return;
  for (auto const& token : tokens())
    if (token.state == Token::State::joining)
      return report(
          token.id, token.node,
          {"", "'{}' waits for a way that nobody is on; move the token or cancel", {node(token.node).id}});
}

void Run::touch(TokenId scope) {
  if (touched_.empty() || touched_.back() != scope) touched_.push_back(scope);
  if (definition_.joining_scopes.empty()) return;
  if (to_join_.empty() || to_join_.back() != scope) to_join_.push_back(scope);
}

void Run::tell(HistoryRow::Kind kind, Index at, std::string text) {
  step_.history.push_back({kind, at == nowhere ? nullptr : &node(at), std::move(text), {}});
}

}  // namespace yunzhi::process
