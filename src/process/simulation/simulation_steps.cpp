// One step of one instance in a simulation: what the engine asks for is done in memory.
#include <algorithm>

#include "process/simulation/command.hpp"
#include "process/simulation/simulation.hpp"

namespace yunzhi::process {

Result<> Simulation::step(Number id, Event event) {
  return step(id, Verb{Verb::Kind::event, std::move(event)});
}

Result<> Simulation::step(Number id, Verb verb) {
  auto& running = instances_.at(id);
  verb.event.fields = running.fields;
  verb.event.moment = {now_, {}};
  verb.holders = tasks_.holders(id);
  verb.holders_of = [this](std::string_view role) { return texts_in(holders_, role); };
  auto done = perform(definition_of(running), running.instance, std::move(verb));
  if (!done) return done.error();
  running.instance = std::move(done->step.instance);
  for (auto const& field : done->fields) running.fields[field.key()] = field.value();
  tell_history(running, *done);
  for (auto const& seat : done->closed) tasks_.close(id, seat.token, seat.seat);
  for (auto const& effect : done->step.effects)
    std::visit([&](auto const& what) { apply(running, what); }, effect);
  for (auto const& seat : done->opened) open(running, seat);
  return {};
}

Result<Simulation::Number> Simulation::begin(std::size_t version, Event event, Number caller,
                                             TokenId caller_token, json::object fields) {
  auto const id = next_++;
  Running running;
  running.id = id;
  running.version = version;
  running.fields = std::move(fields);
  running.caller = caller;
  running.caller_token = caller_token;
  instances_.emplace(id, std::move(running));
  if (auto const begun = step(id, std::move(event)); !begun) {
    instances_.erase(id);
    return begun.error();
  }
  return id;
}

// Timers, messages and signals that start the process; earlier versions no longer start.
void Simulation::arm_starts(std::size_t version) {
  auto const& definition = versions_[version]->definition;
  auto const older = [&](Awaited const& awaited) {
    return awaited.instance == 0 && versions_[awaited.version]->definition.key == definition.key;
  };
  std::erase_if(timers_, older);
  std::erase_if(subscriptions_, older);
  for (auto const number : definition.triggered_starts()) {
    auto const& node = definition.nodes[number];
    Awaited awaited;
    awaited.order = next_++;
    awaited.version = version;
    awaited.node = number;
    awaited.name = node.reference;
    if (node.trigger == Trigger::timer) {
      auto const when = timer_moment(node.timer, {}, {now_, {}});
      if (!when) continue;
      awaited.due = due(*when, node.timer, now_);
      awaited.left = when->repeats;
      timers_.push_back(std::move(awaited));
    } else if (node.trigger == Trigger::message || node.trigger == Trigger::signal) {
      subscriptions_.push_back(std::move(awaited));
    }
  }
}

void Simulation::fire(Awaited timer) {
  auto const& definition = versions_[timer.version]->definition;
  auto const& node = definition.nodes[timer.node];
  Event event;
  event.kind = timer.instance == 0 ? Event::Kind::start : Event::Kind::timer;
  event.token = timer.token;
  event.element = node.id;
  event.actor = "simulation";
  if (timer.instance != 0) {
    tell_step(timer.instance, std::move(event));
    return;
  }
  if (auto begun = begin(timer.version, std::move(event), 0, no_token)) {
    main_ = *begun;
  } else {
    trouble_ = begun.error().english();
  }
  bool const again = node.timer.form == TimerRule::Form::cycle && (timer.left < 0 || timer.left > 1);
  auto const when = timer_moment(node.timer, {}, {now_, {}});
  if (!again || !when) return;
  if (timer.left > 0) --timer.left;
  timer.due = due(*when, node.timer, now_);
  timers_.push_back(std::move(timer));
}

Instant Simulation::due(TimerMoment const& when, TimerRule const& rule, Instant from) const {
  if (when.at) return *when.at;
  if (rule.working && working_time_) return working_time_(from, when.after, rule.calendar);
  return from + when.after;
}

void Simulation::tell_step(Number id, Event event) {
  if (auto const told = step(id, std::move(event)); !told) trouble_ = told.error().english();
}

void Simulation::tell_history(Running& running, Performed const& performed) {
  auto const& definition = definition_of(running);
  for (auto const& row : performed.step.history) {
    if (row.kind == HistoryRow::Kind::completed && row.node != nullptr) running.done.insert(row.node->id);
    json::object event{{"kind", name_of(row.kind)}, {"process", definition.key}};
    if (row.node != nullptr) event["element"] = row.node->id;
    if (!row.text.empty()) event["text"] = row.text;
    if (!row.path.empty()) {
      json::array path;
      for (auto const flow : row.path) path.emplace_back(definition.flows[flow].id);
      event["path"] = std::move(path);
    }
    events_.push_back(std::move(event));
  }
  for (auto const& note : performed.notes) {
    json::object event{{"kind", note.kind}, {"process", definition.key}};
    if (note.node != nullptr) event["element"] = note.node->id;
    if (!note.text.empty()) event["text"] = note.text;
    events_.push_back(std::move(event));
  }
}

}  // namespace yunzhi::process
