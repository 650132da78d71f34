// What simulated instances say to each other: messages with their keys, signals, calls and their ends.
#include <algorithm>

#include "process/engine/carried_key.hpp"
#include "process/engine/watching.hpp"
#include "process/simulation/simulation.hpp"

namespace yunzhi::process {
namespace {

// Keys of different types are the same when they read the same: one comes from a text, one from a number.
std::string text_of_key(json::value const& key) {
  if (key.is_string()) return std::string(std::string_view(key.get_string()));
  return json::serialize(key);
}

}  // namespace

// In the order they were said. A chain that never ends is cut.
void Simulation::drain() {
  constexpr std::size_t most = 100'000;
  for (std::size_t count = 0; !pending_.empty() && count < most; ++count) {
    auto const next = std::move(pending_.front());
    pending_.pop_front();
    next();
  }
  if (pending_.empty()) return;
  pending_.clear();
  trouble_ = "the processes send to each other without end";
}

// The first that a process which may take the message finds in what it carries.
json::value Simulation::key_carried(Message const& message) const {
  if (message.variables.empty()) return nullptr;
  for (std::size_t i = 0; i < versions_.size(); ++i) {
    auto const& definition = versions_[i]->definition;
    bool const runs = std::any_of(instances_.begin(), instances_.end(), [&](auto const& one) {
      return one.second.version == i && !one.second.over;
    });
    if (!runs && latest(definition.key) != i) continue;
    for (auto const& node : definition.nodes) {
      auto key = carried_key(node, message.name, message.variables, {now_, {}});
      if (!key.is_null()) return key;
    }
  }
  return nullptr;
}

// Who has waited longest for the message with its key, or without any: a message without a key reaches only
// those who ask for none.
Simulation::Awaited const* Simulation::receiver_of(Message const& message) const {
  Awaited const* without = nullptr;
  for (auto const& one : subscriptions_) {
    auto const& node = versions_[one.version]->definition.nodes[one.node];
    if (one.instance == 0 || node.trigger != Trigger::message || one.name != message.name) continue;
    if (is_suspended(one.instance)) continue;
    if (one.key.is_null()) {
      if (without == nullptr) without = &one;
    } else if (!message.key.is_null() && text_of_key(one.key) == text_of_key(message.key)) {
      return &one;
    }
  }
  return without;
}

Simulation::Awaited const* Simulation::begun_by(Message const& message) const {
  for (auto const& one : subscriptions_)
    if (one.instance == 0 && one.name == message.name &&
        versions_[one.version]->definition.nodes[one.node].trigger == Trigger::message)
      return &one;
  return nullptr;
}

// One message reaches one receiver: who has waited longest, else a process it starts, else whoever comes to
// wait for it.
void Simulation::deliver(Message message) {
  if (message.key.is_null()) message.key = key_carried(message);
  auto const* receiver = receiver_of(message);
  auto const* start = receiver == nullptr ? begun_by(message) : nullptr;
  if (receiver == nullptr && start == nullptr) {
    json::object told{{"kind", "buffered"}, {"text", message.name}};
    events_.push_back(std::move(told));
    buffered_.push_back(std::move(message));
    return;
  }
  auto const awaited = receiver != nullptr ? *receiver : *start;
  Event event;
  event.kind = receiver != nullptr ? Event::Kind::message : Event::Kind::start;
  event.token = awaited.token;
  event.element = versions_[awaited.version]->definition.nodes[awaited.node].id;
  event.actor = "simulation";
  event.changes = std::move(message.variables);
  if (receiver != nullptr) {
    event.name = message.name;
    tell_step(awaited.instance, std::move(event));
    return;
  }
  auto const begun = begin(awaited.version, std::move(event), 0, no_token);
  if (!begun) trouble_ = begun.error().english();
  if (begun && (main_ == 0 || instances_.at(main_).over)) main_ = *begun;
}

// A message that came before somebody waited for it.
void Simulation::deliver_early(Awaited const& awaited) {
  auto const early = std::find_if(buffered_.begin(), buffered_.end(), [&](Message const& one) {
    if (one.name != awaited.name) return false;
    if (awaited.key.is_null()) return true;
    return !one.key.is_null() && text_of_key(one.key) == text_of_key(awaited.key);
  });
  if (early == buffered_.end()) return;
  pending_.emplace_back([this, waited = std::move(*early)]() mutable { deliver(std::move(waited)); });
  buffered_.erase(early);
}

// Whoever threw it has had it.
void Simulation::broadcast(std::string const& name, json::object const& variables, Number from) {
  std::vector<Number> waiting;
  std::vector<Awaited> starts;
  for (auto const& one : subscriptions_) {
    if (versions_[one.version]->definition.nodes[one.node].trigger != Trigger::signal || one.name != name)
      continue;
    if (one.instance == 0) starts.push_back(one);
    if (one.instance != 0 && one.instance != from && !is_suspended(one.instance) &&
        std::find(waiting.begin(), waiting.end(), one.instance) == waiting.end())
      waiting.push_back(one.instance);
  }
  for (auto const id : waiting) {
    if (instances_.at(id).over) continue;
    Event event;
    event.kind = Event::Kind::signal;
    event.name = name;
    event.actor = "simulation";
    event.changes = variables;
    (void)step(id, std::move(event)).has_value();
  }
  for (auto const& start : starts) {
    Event event;
    event.element = versions_[start.version]->definition.nodes[start.node].id;
    event.actor = "simulation";
    event.changes = variables;
    auto const begun = begin(start.version, std::move(event), 0, no_token);
    if (begun && (main_ == 0 || instances_.at(main_).over)) main_ = *begun;
  }
}

std::size_t Simulation::latest(std::string_view key) const {
  for (auto i = versions_.size(); i-- > 0;)
    if (versions_[i]->definition.key == key) return i;
  return versions_.size();
}

std::size_t Simulation::find_called(Running const& caller, CallProcess const& call) const {
  auto const& rule = *call.node->called;
  if (rule.binding == Called::Binding::latest) return latest(call.process);
  for (auto i = versions_.size(); i-- > 0;) {
    auto const& one = *versions_[i];
    if (one.definition.key != call.process) continue;
    if (rule.binding == Called::Binding::deployment && one.file == versions_[caller.version]->file) return i;
    if (rule.binding == Called::Binding::version && std::to_string(one.number) == rule.wanted) return i;
    if (rule.binding == Called::Binding::tag && one.definition.tag == rule.wanted) return i;
  }
  return rule.binding == Called::Binding::deployment ? latest(call.process) : versions_.size();
}

void Simulation::call(Number caller, CallProcess const& call) {
  auto const& parent = instances_.at(caller);
  if (parent.instance.find(call.token) == nullptr) return;
  auto const version = find_called(parent, call);
  if (version == versions_.size()) {
    trouble_ =
        refuse(Why::missing, "", "'{}' calls '{}', and no such process is given", call.node->id, call.process)
            .english();
    return;
  }
  constexpr int deepest = 100;
  int depth = 0;
  for (auto at = caller; at != 0 && depth <= deepest; at = instances_.at(at).caller) ++depth;
  if (depth > deepest) {
    trouble_ = refuse(Why::conflict, "", "processes call each other more than {} deep", deepest).english();
    return;
  }
  Event event;
  event.kind = Event::Kind::start;
  event.actor = "simulation";
  event.changes = call.variables;
  event.role = call.role;
  event.called = true;
  auto const begun = begin(version, std::move(event), caller, call.token);
  if (!begun) trouble_ = begun.error().english();
}

// A called process that is over lets its caller go on, with its variables or its error.
void Simulation::came_to_end(Number id) {
  std::erase_if(timers_, [&](Awaited const& one) { return one.instance == id; });
  std::erase_if(subscriptions_, [&](Awaited const& one) { return one.instance == id; });
  auto const& running = instances_.at(id);
  if (running.caller == 0 || instances_.at(running.caller).instance.find(running.caller_token) == nullptr)
    return;
  Event event;
  event.kind = running.failed       ? Event::Kind::fail
               : running.everything ? Event::Kind::terminate
                                    : Event::Kind::called;
  event.token = running.caller_token;
  event.name = running.error;
  event.actor = "simulation";
  event.changes = running.fields;
  tell_step(running.caller, std::move(event));
}

// A condition starts a process when it becomes true.
void Simulation::start_conditional(json::object const& before, json::object const& now) {
  for (std::size_t i = 0; i < versions_.size(); ++i) {
    auto const& definition = versions_[i]->definition;
    if (latest(definition.key) != i) continue;
    for (auto const number : definition.triggered_starts()) {
      auto const& node = definition.nodes[number];
      if (node.trigger != Trigger::conditional || !becomes_true(node, before, now, {now_, {}})) continue;
      Event event;
      event.element = node.id;
      event.actor = "simulation";
      event.changes = now;
      if (auto const begun = begin(i, std::move(event), 0, no_token)) main_ = *begun;
    }
  }
}

}  // namespace yunzhi::process
