// Waiting, failing and removing: the part of Run that makes and takes away tokens.
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
  step_.instance.tokens.push_back(std::move(token));
  if (step_.instance.tokens.size() > limits::process_tokens) {
    overflow_ = true;
    arrivals_.clear();
  }
  return step_.instance.next - 1;
}

void Run::wait_for_person(Arrival const& arrival) {
  auto const& task = node(arrival.node);
  auto const token = wait(arrival, Token::State::waiting);
  CreateTask create{token, &task, {}, {}};
  constexpr std::string_view field_rule = "field:";
  if (task.form.assignee.starts_with(field_rule))
    create.assignee = text_of(event_.fields, std::string_view(task.form.assignee).substr(field_rule.size()));
  std::optional<Fault> fault;
  if (create.assignee.empty() && task.role.empty())
    fault =
        Fault{"", "nobody can do '{}': the field of its rule '{}' is empty", {task.id, task.form.assignee}};
  if (task.form.due) {
    auto due = timer_moment(*task.form.due, event_.fields, event_.moment);
    if (due) create.due = *due;
    if (!due) fault = due.error().faults.front();
  }
  step_.effects.emplace_back(std::move(create));
  if (fault) report(token, arrival.node, std::move(*fault));
  arm_boundary(token);
}

void Run::wait_for_service(Arrival const& arrival) {
  auto const& task = node(arrival.node);
  if (task.action == "notify" || task.action == "escalate") {
    step_.effects.emplace_back(Tell{&task});
    return leave(arrival.node, arrival.scope);
  }
  auto const token = wait(arrival, Token::State::waiting);
  step_.effects.emplace_back(Call{token, &task});
  arm_boundary(token);
}

void Run::wait_for_event(Arrival const& arrival) {
  auto const token = wait(arrival, Token::State::waiting);
  if (node(arrival.node).trigger == Trigger::timer)
    if (auto const armed = arm(token, arrival.node); !armed) {
      remove(token);
      return fail(arrival, armed.error().faults.front());
    }
  arm_boundary(token);
}

void Run::wait_at_event_gateway(Arrival const& arrival) {
  auto const token = wait(arrival, Token::State::waiting);
  for (auto const flow : node(arrival.node).outgoing) {
    auto const target = definition_.flows[flow].to;
    if (node(target).trigger != Trigger::timer) continue;
    if (auto const armed = arm(token, target); !armed) {
      remove(token);
      return fail(arrival, armed.error().faults.front());
    }
  }
}

void Run::enter_sub_process(Arrival const& arrival) {
  auto const token = wait(arrival, Token::State::inside);
  if (overflow_) return;
  arm_boundary(token);
  arrivals_.push_back({definition_.start_of(arrival.node), nowhere, token});
}

Result<> Run::arm(TokenId token, Index number) {
  auto const& event = node(number);
  auto when = timer_moment(event.timer, event_.fields, event_.moment);
  if (!when) return when.error();
  if (event.timer.form == TimerRule::Form::cycle && event.timer.repeats > 0)
    if (auto* host = find(token)) host->cycles.emplace_back(number, event.timer.repeats);
  step_.effects.emplace_back(StartTimer{token, &event, *when});
  return {};
}

void Run::arm_boundary(TokenId token) {
  auto const* host = find(token);
  if (host == nullptr) return;
  for (auto const number : node(host->node).boundary)
    if (node(number).trigger == Trigger::timer)
      if (auto const armed = arm(token, number); !armed) report(token, number, armed.error().faults.front());
}

// A cycle starts anew until its firings are used up.
void Run::count_cycle(TokenId host_id, Index boundary) {
  auto const& rule = node(boundary).timer;
  auto* host = find(host_id);
  if (rule.form != TimerRule::Form::cycle || host == nullptr) return;
  if (rule.repeats > 0) {
    auto const left = std::find_if(host->cycles.begin(), host->cycles.end(),
                                   [&](auto const& cycle) { return cycle.first == boundary; });
    if (left == host->cycles.end()) return;
    if (--left->second <= 0) {
      host->cycles.erase(left);
      return;
    }
  }
  step_.effects.emplace_back(StartTimer{host_id, &node(boundary), {std::nullopt, rule.duration}});
}

void Run::fail(Arrival const& arrival, Fault fault) {
  auto const token = wait(arrival, Token::State::failed);
  report(token, arrival.node, std::move(fault));
}

void Run::report(TokenId token, Index number, Fault fault) {
  tell(HistoryRow::Kind::incident, number, fault.english());
  step_.effects.emplace_back(Incident{token, &node(number), std::move(fault)});
}

// The error event on the border of an activity that takes this code; one that names the code comes first.
Index Run::catcher(Index activity, std::string const& code) const {
  Index any = nowhere;
  for (auto const number : node(activity).boundary) {
    auto const& event = node(number);
    if (event.trigger != Trigger::error) continue;
    if (event.reference == code) return number;
    if (event.reference.empty()) any = number;
  }
  return any;
}

// An error ends the sub-process it happens in, and those around it until one has a catcher.
void Run::raise(Arrival const& from, std::string const& code) {
  for (auto scope = from.scope; scope != no_token;) {
    auto const host = *find(scope);
    if (auto const number = catcher(host.node, code); number != nowhere) {
      cancel(scope);
      arrivals_.push_back({number, nowhere, host.scope});
      return;
    }
    scope = host.scope;
  }
  fail(from, {"", "the error '{}' of '{}' is caught nowhere", {code, node(from.node).id}});
}

bool Run::has_timers(Index number) const {
  auto const& here = node(number);
  auto const timer = [&](Index other) { return node(other).trigger == Trigger::timer; };
  if (here.element == Element::catch_event) return here.trigger == Trigger::timer;
  if (here.element == Element::event_gateway)
    return std::any_of(here.outgoing.begin(), here.outgoing.end(),
                       [&](Index flow) { return timer(definition_.flows[flow].to); });
  return std::any_of(here.boundary.begin(), here.boundary.end(), timer);
}

void Run::remove(TokenId id) {
  auto* token = find(id);
  if (token == nullptr) return;
  if (token->state != Token::State::joining && has_timers(token->node))
    step_.effects.emplace_back(CancelTimers{id, nullptr});
  step_.instance.tokens.erase(step_.instance.tokens.begin() + (token - step_.instance.tokens.data()));
}

void Run::cancel(TokenId id) {
  auto const* token = find(id);
  if (token == nullptr) return;
  auto const& here = node(token->node);
  bool const task = here.element == Element::user_task || here.element == Element::manual_task;
  if (task && token->state == Token::State::waiting) step_.effects.emplace_back(CancelTask{id, &here});
  bool const scope = token->state == Token::State::inside;
  remove(id);
  if (scope) cancel_scope(id);
}

void Run::cancel_scope(TokenId scope) {
  std::vector<TokenId> inside;
  for (auto const& token : step_.instance.tokens)
    if (token.scope == scope) inside.push_back(token.id);
  for (auto const id : inside) cancel(id);
}

}  // namespace yunzhi::process
