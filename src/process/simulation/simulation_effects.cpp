// What the engine asks for, done in memory. What concerns other instances waits until the step is over.
#include <algorithm>

#include "process/simulation/simulation.hpp"

namespace yunzhi::process {
namespace {

Event event_of(Event::Kind kind, TokenId token, std::string name) {
  Event event;
  event.kind = kind;
  event.token = token;
  event.name = std::move(name);
  event.actor = "simulation";
  return event;
}

}  // namespace

void Simulation::apply(Running& running, SetField const& set) {
  running.fields[set.name] = set.value;
}

void Simulation::apply(Running& running, StartTimer const& timer) {
  Awaited awaited;
  awaited.order = next_++;
  awaited.instance = running.id;
  awaited.version = running.version;
  awaited.token = timer.token;
  awaited.node = definition_of(running).find_node(timer.node->id);
  awaited.due = due(timer.when, timer.node->timer, now_);
  // A moment that has passed fires at once, behind whatever is under way.
  if (awaited.due > now_) {
    timers_.push_back(std::move(awaited));
    return;
  }
  auto const order = awaited.order;
  timers_.push_back(std::move(awaited));
  pending_.emplace_back([this, order] {
    auto const found =
        std::find_if(timers_.begin(), timers_.end(), [&](Awaited const& one) { return one.order == order; });
    if (found == timers_.end()) return;
    auto timer_due = std::move(*found);
    timers_.erase(found);
    fire(std::move(timer_due));
  });
}

void Simulation::apply(Running& running, Subscribe const& subscribe) {
  Awaited awaited;
  awaited.order = next_++;
  awaited.instance = running.id;
  awaited.version = running.version;
  awaited.token = subscribe.token;
  awaited.node = definition_of(running).find_node(subscribe.node->id);
  awaited.name = subscribe.name;
  awaited.key = subscribe.key;
  subscriptions_.push_back(awaited);
  if (subscribe.node->trigger == Trigger::message) deliver_early(awaited);
}

void Simulation::drop(std::vector<Awaited>& list, Running const& running, TokenId token, Node const* node) {
  auto const number = node == nullptr ? nowhere : definition_of(running).find_node(node->id);
  std::erase_if(list, [&](Awaited const& one) {
    return one.instance == running.id && one.token == token && (node == nullptr || one.node == number);
  });
}

void Simulation::apply(Running& running, CancelTimers const& cancel) {
  drop(timers_, running, cancel.token, cancel.node);
}

void Simulation::apply(Running& running, Unsubscribe const& cancel) {
  drop(subscriptions_, running, cancel.token, cancel.node);
}

void Simulation::apply(Running&, Send const& sent) {
  pending_.emplace_back([this, message = Message{sent.name, sent.key, sent.variables}] { deliver(message); });
}

void Simulation::apply(Running& running, Broadcast const& signal) {
  pending_.emplace_back([this, name = signal.name, id = running.id] { broadcast(name, {}, id); });
}

void Simulation::apply(Running& running, CallProcess const& called) {
  pending_.emplace_back([this, id = running.id, what = called] { call(id, what); });
}

void Simulation::apply(Running& running, CancelCalled const& cancel) {
  for (auto& [number, child] : instances_) {
    if (child.caller != running.id || child.caller_token != cancel.token || child.over) continue;
    child.caller = 0;
    pending_.emplace_back([this, gone = number] {
      if (instances_.at(gone).over) return;
      tell_step(gone, event_of(Event::Kind::cancel, no_token, {}));
    });
  }
}

// A service whose result is scripted answers at once.
void Simulation::apply(Running& running, Call const& work) {
  auto const* result = scripted_.if_contains(work.node->id);
  if (result == nullptr || !result->is_object()) return;
  pending_.emplace_back([this, id = running.id, token = work.token, answer = result->get_object()] {
    auto event = event_of(answer.contains("error") ? Event::Kind::fail : Event::Kind::called, token,
                          text_of(answer, "error"));
    if (auto const* brought = answer.if_contains("variables"); brought != nullptr && brought->is_object())
      event.changes = brought->get_object();
    tell_step(id, std::move(event));
  });
}

void Simulation::apply(Running& running, Escalate const& escalation) {
  if (running.caller == 0) return;
  pending_.emplace_back([this, caller = running.caller, token = running.caller_token, code = escalation.code,
                         brought = escalation.variables] {
    if (instances_.at(caller).instance.find(token) == nullptr) return;
    auto event = event_of(Event::Kind::escalated, token, code);
    event.changes = brought;
    tell_step(caller, std::move(event));
  });
}

void Simulation::apply(Running& running, CreateTask const& create) {
  SimulatedTask task;
  task.instance = running.id;
  task.token = create.token;
  task.element = create.node->id;
  task.holding.role = create.role;
  if (!create.assignee.empty()) task.holding.assignee = create.assignee;
  if (create.due) task.due = due(*create.due, *create.node->form.due, now_);
  tasks_.open(std::move(task));
}

void Simulation::apply(Running& running, CancelTask const& cancel) {
  tasks_.close(running.id, cancel.token);
}

void Simulation::open(Running const& running, OpenSeat const& open) {
  SimulatedTask task;
  task.instance = running.id;
  task.token = open.token;
  task.seat = open.seat.id;
  task.element = open.node->id;
  task.holding.role = open.seat.role;
  if (!open.seat.person.empty()) task.holding.assignee = open.seat.person;
  task.place = name_of(open.seat.place);
  if (open.due) task.due = due(*open.due, *open.node->form.due, now_);
  tasks_.open(std::move(task));
}

// An open task stays open whoever is to do it: whether somebody could is not known here.
void Simulation::apply(Running& running, Incident const& incident) {
  auto const* token = running.instance.find(incident.token);
  bool const open = token != nullptr && token->state == Token::State::waiting && incident.node->person();
  if (trouble_.empty() && !open) trouble_ = incident.fault.english();
}

void Simulation::apply(Running& running, Ended const& ended) {
  running.over = true;
  running.failed = ended.failed;
  running.everything = ended.everything;
  running.error = ended.error;
  pending_.emplace_back([this, id = running.id] { came_to_end(id); });
}

}  // namespace yunzhi::process
