// What a supervisor does with instances: suspended, resumed, given up, begun again, changed by hand and taken
// to another version.
#include <algorithm>

#include "process/simulation/simulation.hpp"

namespace yunzhi::process {
namespace {

Event by_hand(Event::Kind kind, std::string element = {}) {
  Event event;
  event.kind = kind;
  event.element = std::move(element);
  event.actor = "simulation";
  return event;
}

ElementMapping mapping_in(json::object const& command) {
  ElementMapping mapping;
  if (auto const* given = command.if_contains("mapping"); given != nullptr && given->is_object())
    for (auto const& member : given->get_object())
      if (member.value().is_string())
        mapping[std::string(member.key())] = std::string_view(member.value().get_string());
  return mapping;
}

}  // namespace

bool Simulation::is_suspended(Number id) const {
  auto const found = instances_.find(id);
  return found != instances_.end() && suspended(found->second.instance);
}

// The first of that process that runs; the one started last when none is named.
Result<Simulation::Number> Simulation::find_running(json::object const& command,
                                                    std::string_view name) const {
  auto const key = text_of(command, name);
  for (auto const& [id, running] : instances_) {
    bool const meant = key.empty() ? id == main_ : definition_of(running).key == key;
    if (meant && !running.over) return id;
  }
  return refuse(Why::conflict, "", "no process '{}' is running", key);
}

// With the processes it has called.
Result<> Simulation::suspend_all(Number id, bool on) {
  Verb verb;
  verb.kind = on ? Verb::Kind::suspend : Verb::Kind::resume;
  verb.event = by_hand(Event::Kind::complete);
  if (auto done = step(id, std::move(verb)); !done) return done;
  if (!on)
    for (auto const& one : std::vector<Awaited>(subscriptions_))
      if (one.instance == id &&
          versions_[one.version]->definition.nodes[one.node].trigger == Trigger::message)
        deliver_early(one);
  for (auto const& [number, child] : instances_)
    if (child.caller == id && !child.over && is_suspended(number) != on)
      if (auto also = suspend_all(number, on); !also) return also;
  return {};
}

Result<> Simulation::suspend(json::object const& command) {
  auto const id = find_running(command, "suspend");
  if (!id) return id.error();
  return suspend_all(*id, true);
}

Result<> Simulation::resume(json::object const& command) {
  auto const id = find_running(command, "resume");
  if (!id) return id.error();
  if (auto done = suspend_all(*id, false); !done) return done;
  fire_until(now_);
  return {};
}

Result<> Simulation::cancel(json::object const& command) {
  auto const id = find_running(command, "cancel");
  if (!id) return id.error();
  return step(*id, by_hand(Event::Kind::cancel));
}

// A new instance of the version that is over, with its variables.
Result<> Simulation::restart(json::object const& command) {
  auto const found = instances_.find(main_);
  if (found == instances_.end()) return refuse(Why::missing, "", "there is no such process");
  if (!found->second.over) return refuse(Why::conflict, "", "the process has not ended");
  auto begun = begin(found->second.version, by_hand(Event::Kind::enter, text_of(command, "restart")), 0,
                     no_token, found->second.fields);
  if (!begun) return begun.error();
  main_ = *begun;
  return {};
}

Result<> Simulation::enter(json::object const& command) {
  auto const element = text_of(command, "enter");
  auto event = by_hand(Event::Kind::enter, element);
  if (auto const* behind = command.if_contains("behind"); behind != nullptr && *behind == true)
    event.name = "after";
  for (auto const& [id, running] : instances_)
    if (!running.over && definition_of(running).find_node(element) != nowhere)
      return step(id, std::move(event));
  return refuse(Why::invalid, "/element", "the process has no step '{}'", element);
}

Result<> Simulation::drop_token(json::object const& command) {
  auto const place = find_any(command, text_of(command, "drop"));
  if (!place) return place.error();
  auto event = by_hand(Event::Kind::drop);
  event.token = place->token;
  return step(place->instance, std::move(event));
}

Result<> Simulation::move(json::object const& command) {
  auto const place = find_any(command, text_of(command, "move"));
  if (!place) return place.error();
  auto event = by_hand(Event::Kind::move, text_of(command, "to"));
  event.token = place->token;
  return step(place->instance, std::move(event));
}

Result<> Simulation::migrate(json::object const& command) {
  auto const id = find_running(command, "migrate");
  if (!id) return id.error();
  auto& running = instances_.at(*id);
  auto version = latest(definition_of(running).key);
  if (auto const* number = command.if_contains("version"); number != nullptr && number->is_int64())
    for (std::size_t i = 0; i < versions_.size(); ++i)
      if (versions_[i]->definition.key == definition_of(running).key &&
          versions_[i]->number == number->get_int64())
        version = i;
  MigrationPlan const plan{mapping_in(command)};
  auto const& to = versions_[version]->definition;
  if (auto const fits = check_plan(definition_of(running), to, plan); !fits) return fits.error();
  auto migrated = process::migrate(definition_of(running), to, plan, running.instance);
  if (!migrated) return migrated.error();
  retarget(running, version, plan.mapping, *migrated);
  running.instance = std::move(migrated->instance);
  events_.push_back(json::object{{"kind", "migrated"}, {"process", to.key}});
  return step(*id, std::move(migrated->arrival));
}

// What it waits for goes along under the names and numbers of the new version; what it no longer waits for is
// gone.
void Simulation::retarget(Running& running, std::size_t version, ElementMapping const& mapping,
                          Migrated const& migrated) {
  auto const& from = definition_of(running);
  auto const& to = versions_[version]->definition;
  auto const now = [&](TokenId token) {
    auto const found = migrated.renumbered.find(token);
    return found == migrated.renumbered.end() ? token : found->second;
  };
  for (auto* list : {&timers_, &subscriptions_}) {
    for (auto const& [token, event] : migrated.gone)
      drop(*list, running, token, &from.nodes[from.find_node(event)]);
    for (auto& one : *list) {
      if (one.instance != running.id) continue;
      one.node = to.find_node(mapped(mapping, from.nodes[one.node].id));
      one.version = version;
      one.token = now(one.token);
    }
  }
  for (auto& [number, other] : instances_)
    if (other.caller == running.id) other.caller_token = now(other.caller_token);
  tasks_.rename(
      running.id, [&](std::string const& element) { return mapped(mapping, element); }, migrated.renumbered);
  running.version = version;
}

}  // namespace yunzhi::process
