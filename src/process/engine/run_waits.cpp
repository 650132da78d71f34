// Waiting and removing: the part of Run that makes tokens and takes them away.
#include <algorithm>

#include "base/limits.hpp"
#include "process/engine/run.hpp"

namespace yunzhi::process {

TokenId Run::wait(Arrival const& arrival, Token::State state) {
  Token token;
  token.id = step_.instance.next++;
  token.node = arrival.node;
  token.scope = arrival.scope;
  token.state = state;
  if (state == Token::State::joining || state == Token::State::failed) token.flow = arrival.flow;
  if (arrival.owner != no_token) token.extra.make().owner = arrival.owner;
  tokens().add(std::move(token));
  touch(arrival.scope);
  if (tokens().size() > limits::process_tokens) {
    overflow_ = true;
    arrivals_.clear();
  }
  return step_.instance.next - 1;
}

// A catching event, or a gateway that waits for the first of several.
void Run::wait_for_event(Arrival const& arrival) {
  auto const token = wait(arrival, Token::State::waiting);
  for (auto const event : node(arrival.node).awaited)
    if (auto const armed = arm(token, event); !armed) {
      remove(token);
      return fail(arrival, armed.error().faults.front());
    } else if (find(token) == nullptr) {
      return;
    }
}

// Makes known outside what the token waits for. A condition that holds already triggers at once.
Result<> Run::arm(TokenId token, Index number) {
  auto const& event = node(number);
  switch (event.trigger) {
    case Trigger::timer: {
      auto when = timer_moment(event.timer, view(token), event_.moment);
      hide();
      if (!when) return when.error();
      if (when->repeats > 0)
        tokens().scope(token)->extra.make().waits.push_back({number, when->repeats, false, {}});
      step_.effects.emplace_back(StartTimer{token, &event, *when});
      return {};
    }
    case Trigger::message:
      step_.effects.emplace_back(Subscribe{token, &event, event.reference, correlation_key(event, token)});
      return {};
    case Trigger::signal:
      step_.effects.emplace_back(Subscribe{token, &event, event.reference, nullptr});
      return {};
    case Trigger::conditional:
      if (turned_true(token, number, true)) trigger(token, number);
      return {};
    default:
      return {};
  }
}

void Run::arm_all(TokenId token, std::vector<Index> const& events, bool report_faults) {
  for (auto const number : events) {
    if (tokens().scope(token) == nullptr) return;
    if (auto const armed = arm(token, number); !armed && report_faults)
      report(token, number, armed.error().faults.front());
  }
}

json::value Run::correlation_key(Node const& event, TokenId token) {
  return event.correlation ? value_of(*event.correlation, token) : json::value();
}

// A cycle starts anew until its firings are used up.
void Run::count_cycle(TokenId id, Index number) {
  auto const& event = node(number);
  auto* token = tokens().scope(id);
  if (event.trigger != Trigger::timer || event.timer.form != TimerRule::Form::cycle || token == nullptr)
    return;
  if (auto* extra = token->extra.get()) {
    auto const wait = std::find_if(extra->waits.begin(), extra->waits.end(),
                                   [&](Wait const& one) { return one.event == number; });
    if (wait != extra->waits.end() && --wait->left <= 0) {
      extra->waits.erase(wait);
      return;
    }
  }
  auto when = timer_moment(event.timer, view(id), event_.moment);
  hide();
  if (when) step_.effects.emplace_back(StartTimer{id, &event, *when});
}

void Run::disarm(TokenId id, std::vector<Index> const& events) {
  bool timers = false;
  bool names = false;
  for (auto const number : events) {
    timers = timers || node(number).trigger == Trigger::timer;
    names = names || node(number).trigger == Trigger::message || node(number).trigger == Trigger::signal;
  }
  if (timers) step_.effects.emplace_back(CancelTimers{id, nullptr});
  if (names) step_.effects.emplace_back(Unsubscribe{id, nullptr});
}

void Run::disarm_token(Token const& token) {
  if (token.state == Token::State::joining) return;
  auto const* extra = token.extra.get();
  if (extra != nullptr && extra->restored) return;
  auto events = awaited_inside(token.id);
  if (!repeats(token))
    events.insert(events.end(), node(token.node).boundary.begin(), node(token.node).boundary.end());
  disarm(token.id, events);
}

void Run::remove(TokenId id) {
  auto const* token = find(id);
  if (token == nullptr) return;
  if (!node(token->node).awaited.empty() || !node(token->node).boundary.empty()) disarm_token(*token);
  touch(token->scope);
  tokens().remove(id);
}

void Run::cancel(TokenId id) {
  auto const* token = find(id);
  if (token == nullptr) return;
  auto const& here = node(token->node);
  if (token->state == Token::State::waiting && here.person())
    step_.effects.emplace_back(CancelTask{id, &here});
  if (token->state == Token::State::waiting && here.element == Element::call_activity)
    step_.effects.emplace_back(CancelCalled{id, &here});
  auto const inside = tokens().children(id);
  for (auto const child : inside) cancel(child);
  remove(id);
}

void Run::cancel_scope(TokenId scope) {
  for (auto const id : tokens().children(scope)) cancel(id);
}

}  // namespace yunzhi::process
