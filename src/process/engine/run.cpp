#include "process/engine/run.hpp"

#include "base/limits.hpp"

namespace yunzhi::process {

Result<Step> Run::go() {
  if (auto const begun = begin(); !begun) return begun.error();
  settle();
  if (overflow_)
    return refuse(Why::conflict, "", "the process would wait in more than {} places at once",
                  limits::process_tokens);
  report_stuck();
  if (!step_.history.empty()) step_.history.front().path = std::move(path_);
  if (step_.instance.ended()) {
    bool const cancelled = event_.kind == Event::Kind::cancel;
    step_.effects.emplace_back(Ended{cancelled});
    if (!cancelled) tell(HistoryRow::Kind::ended, nowhere);
  }
  return std::move(step_);
}

// Inclusive joins and the ends of sub-processes depend on where everybody else is, so they are looked at
// only when nobody moves any more.
void Run::settle() {
  do {
    while (!arrivals_.empty()) {
      auto const arrival = arrivals_.back();
      arrivals_.pop_back();
      bool const scope_gone = arrival.scope != no_token && find(arrival.scope) == nullptr;
      if (!scope_gone) arrive(arrival);
    }
  } while (!overflow_ && (join_some() || complete_scopes()));
}

void Run::arrive(Arrival const& arrival) {
  auto const& here = node(arrival.node);
  if (++steps_ > limits::process_steps)
    return fail(arrival, {"", "'{}' was reached in a loop that never waits", {here.id}});
  if (!here.state.empty()) step_.effects.emplace_back(SetState{&here});
  switch (here.element) {
    case Element::start:
    case Element::throw_event:
    case Element::boundary:
      return leave(arrival.node, arrival.scope);
    case Element::end:
      return finish(arrival);
    case Element::user_task:
    case Element::manual_task:
      return wait_for_person(arrival);
    case Element::service_task:
      return wait_for_service(arrival);
    case Element::script_task:
      return compute(arrival);
    case Element::receive_task:
    case Element::catch_event:
      return wait_for_event(arrival);
    case Element::exclusive:
      return choose_one(arrival.node, arrival.scope);
    case Element::parallel:
      return join_all(arrival);
    case Element::inclusive:
      if (here.incoming.size() < 2) return choose_some(arrival.node, arrival.scope);
      wait(arrival, Token::State::joining);
      return;
    case Element::event_gateway:
      return wait_at_event_gateway(arrival);
    case Element::sub_process:
      return enter_sub_process(arrival);
  }
}

void Run::take(Index flow, TokenId scope) {
  path_.push_back(flow);
  arrivals_.push_back({definition_.flows[flow].to, flow, scope});
}

// The last pushed is the first to go on, so ways are pushed in reverse: the first drawn runs first.
void Run::take_all(Node const& from, TokenId scope) {
  for (auto flow = from.outgoing.rbegin(); flow != from.outgoing.rend(); ++flow) take(*flow, scope);
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
  for (auto const flow : gateway.outgoing) {
    auto const& condition = definition_.flows[flow].condition;
    if (flow == gateway.default_flow) continue;
    if (!condition) return take(flow, scope);
    auto const answer = condition->decide(event_.fields, event_.moment);
    if (!answer) return fail({number, nowhere, scope}, answer.error().faults.front());
    if (*answer) return take(flow, scope);
  }
  if (gateway.default_flow != nowhere) return take(gateway.default_flow, scope);
  fail({number, nowhere, scope},
       {"", "no condition behind '{}' holds, and it has no default flow", {gateway.id}});
}

void Run::choose_some(Index number, TokenId scope) {
  auto const& from = node(number);
  std::vector<Index> chosen;
  for (auto const flow : from.outgoing) {
    auto const& condition = definition_.flows[flow].condition;
    if (flow == from.default_flow) continue;
    if (!condition) {
      chosen.push_back(flow);
      continue;
    }
    auto const answer = condition->decide(event_.fields, event_.moment);
    if (!answer) return fail({number, nowhere, scope}, answer.error().faults.front());
    if (*answer) chosen.push_back(flow);
  }
  if (chosen.empty() && from.default_flow != nowhere) chosen.push_back(from.default_flow);
  if (chosen.empty())
    return fail({number, nowhere, scope},
                {"", "no condition behind '{}' holds, and it has no default flow", {from.id}});
  for (auto flow = chosen.rbegin(); flow != chosen.rend(); ++flow) take(*flow, scope);
}

// A parallel join goes on when a token waits on each of its incoming flows; two on one flow are one and
// one that stays for the next round.
void Run::join_all(Arrival const& arrival) {
  auto const& gateway = node(arrival.node);
  if (gateway.incoming.size() < 2) return take_all(gateway, arrival.scope);
  wait(arrival, Token::State::joining);
  std::vector<TokenId> joined;
  for (auto const flow : gateway.incoming) {
    auto const& tokens = step_.instance.tokens;
    auto const found = std::find_if(tokens.begin(), tokens.end(), [&](Token const& token) {
      return token.node == arrival.node && token.flow == flow && token.scope == arrival.scope &&
             token.state == Token::State::joining;
    });
    if (found == tokens.end()) return;
    joined.push_back(found->id);
  }
  for (auto const id : joined) remove(id);
  take_all(gateway, arrival.scope);
}

// BPMN 2.0, 10.5.3: the join waits while some token could still reach an incoming flow that is empty,
// unless that token could as well reach one that is not.
bool Run::ready(Token const& at_join) const {
  auto const& gateway = node(at_join.node);
  auto const& reach = definition_.reach.at(at_join.node);
  auto const& tokens = step_.instance.tokens;
  std::vector<bool> filled(gateway.incoming.size());
  for (std::size_t i = 0; i < filled.size(); ++i)
    filled[i] = std::any_of(tokens.begin(), tokens.end(), [&](Token const& token) {
      return token.node == at_join.node && token.scope == at_join.scope && token.flow == gateway.incoming[i];
    });
  return std::none_of(tokens.begin(), tokens.end(), [&](Token const& token) {
    if (token.scope != at_join.scope || token.node == at_join.node) return false;
    bool reaches_empty = false;
    bool reaches_filled = false;
    for (std::size_t i = 0; i < filled.size(); ++i)
      if (holds(reach[i], token.node)) (filled[i] ? reaches_filled : reaches_empty) = true;
    return reaches_empty && !reaches_filled;
  });
}

bool Run::join_some() {
  auto const& tokens = step_.instance.tokens;
  auto const found = std::find_if(tokens.begin(), tokens.end(), [&](Token const& token) {
    return token.state == Token::State::joining && node(token.node).element == Element::inclusive &&
           ready(token);
  });
  if (found == tokens.end()) return false;
  auto const gateway = found->node;
  auto const scope = found->scope;
  for (auto const flow : node(gateway).incoming) {
    auto const at = std::find_if(tokens.begin(), tokens.end(), [&](Token const& token) {
      return token.node == gateway && token.scope == scope && token.flow == flow &&
             token.state == Token::State::joining;
    });
    if (at != tokens.end()) remove(at->id);
  }
  choose_some(gateway, scope);
  return true;
}

void Run::finish(Arrival const& arrival) {
  auto const& end = node(arrival.node);
  if (end.trigger == Trigger::error) return raise(arrival, end.reference);
  if (end.trigger != Trigger::terminate) return;
  cancel_scope(arrival.scope);
  std::erase_if(arrivals_, [&](Arrival const& other) { return other.scope == arrival.scope; });
}

// A sub-process is over when nothing is left inside.
bool Run::complete_scopes() {
  auto const& tokens = step_.instance.tokens;
  auto const over = std::find_if(tokens.begin(), tokens.end(), [&](Token const& token) {
    return token.state == Token::State::inside &&
           std::none_of(tokens.begin(), tokens.end(),
                        [&](Token const& other) { return other.scope == token.id; });
  });
  if (over == tokens.end()) return false;
  auto const number = over->node;
  auto const scope = over->scope;
  remove(over->id);
  leave(number, scope);
  return true;
}

void Run::compute(Arrival const& arrival) {
  auto const& task = node(arrival.node);
  auto value = task.script->evaluate(event_.fields, event_.moment).to_json();
  event_.fields[task.result] = value;
  step_.effects.emplace_back(SetField{&task, std::move(value)});
  leave(arrival.node, arrival.scope);
}

// Nobody waits for anything outside, yet the process is not over: joins wait for ways no token is on.
void Run::report_stuck() {
  auto const& tokens = step_.instance.tokens;
  if (tokens.empty()) return;
  for (auto const& token : tokens)
    if (token.state == Token::State::waiting || token.state == Token::State::failed) return;
  auto const at = std::find_if(tokens.begin(), tokens.end(),
                               [](Token const& token) { return token.state == Token::State::joining; });
  if (at == tokens.end()) return;
  report(at->id, at->node,
         {"", "'{}' waits for a way that nobody is on; move the token or cancel", {node(at->node).id}});
}

void Run::tell(HistoryRow::Kind kind, Index at, std::string text) {
  step_.history.push_back({kind, at == nowhere ? nullptr : &node(at), std::move(text), {}});
}

}  // namespace yunzhi::process
