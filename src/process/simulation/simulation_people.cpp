// What people do with a task: the verbs of the engine, said in commands. Who says nothing about whom acts as
// whoever has the task.
#include <algorithm>

#include "process/engine/delta.hpp"
#include "process/simulation/command.hpp"
#include "process/simulation/simulation.hpp"

namespace yunzhi::process {
namespace {

Result<Vote> vote_in(json::object const& command) {
  auto const vote = text_of(command, "vote");
  if (vote.empty()) return Vote::none;
  if (vote == "approve") return Vote::approve;
  if (vote == "reject") return Vote::reject;
  return refuse(Why::invalid, "/vote", "must be one of {}", "approve, reject");
}

Result<Seat::Place> place_in(json::object const& command) {
  auto const place = text_of(command, "place");
  if (place == "before") return Seat::Place::before;
  if (place == "after") return Seat::Place::after;
  if (place == "beside") return Seat::Place::beside;
  return refuse(Why::invalid, "/place", "must be one of {}", "before, after, beside");
}

std::string actor_of(std::string_view person) {
  return person.empty() ? "simulation" : std::string(person);
}

Event event_of(json::object const& command, TokenId token) {
  Event event;
  event.kind = Event::Kind::complete;
  event.token = token;
  event.actor = actor_of(text_of(command, "by"));
  event.changes = variables_in(command);
  return event;
}

Refusal held_by_other() {
  return refuse(Why::forbidden, "", "the task is held by somebody else");
}

Result<std::string> doer_of(json::object const& command, SimulatedTask const& task) {
  auto person = text_of(command, "by");
  if (person.empty()) person = task.holding.assignee.value_or("");
  if (person.empty()) return refuse(Why::invalid, "/by", "must not be empty");
  return person;
}

}  // namespace

// That of `by` before one that nobody holds before any; `instance` counts the runs of a multi-instance.
Result<SimulatedTask*> Simulation::find_task(json::object const& command, std::string_view name) {
  auto const element = text_of(command, name);
  auto const person = text_of(command, name == "remove_sign" ? "of" : "by");
  auto const* wanted = command.if_contains("instance");
  SimulatedTask const* best = nullptr;
  auto const rank = [&](SimulatedTask const& task) {
    return !task.holding.assignee ? 1 : *task.holding.assignee == person ? 2 : 0;
  };
  for (auto const& [key, task] : tasks_.all()) {
    if (task.element != element || (best != nullptr && rank(task) <= rank(*best))) continue;
    auto const& instance = instances_.at(task.instance).instance;
    if (wanted != nullptr && wanted->is_int64() &&
        run_number(instance, *instance.find(task.token)) != wanted->get_int64())
      continue;
    best = &task;
  }
  if (best == nullptr) return refuse(Why::conflict, "", "no task '{}' is open", element);
  return tasks_.find(best->instance, best->token, best->seat);
}

Result<> Simulation::act(SimulatedTask const& task, std::string_view person, Verb verb) {
  verb.seat = task.seat;
  verb.event.kind = Event::Kind::complete;
  verb.event.token = task.token;
  verb.event.actor = actor_of(person);
  return step(task.instance, std::move(verb));
}

Result<> Simulation::complete(json::object const& command) {
  auto const element = text_of(command, "complete");
  if (!text_of(command, "by").empty() || command.contains("vote")) {
    auto const task = find_task(command, "complete");
    if (!task) return task.error();
    return complete_task(command, **task);
  }
  auto const place = find_open(command, element, Token::State::waiting);
  if (!place) return place.error();
  auto const* task = tasks_.first_of(place->instance, place->token);
  if (task == nullptr) return step(place->instance, event_of(command, place->token));
  if (signing_of(instances_.at(place->instance).instance, place->token))
    return sign_for_all(command, place->instance, place->token);
  return complete_task(command, SimulatedTask(*task));
}

// A task that was lent goes back to its owner. What a person has finished can be taken back by the same.
Result<> Simulation::complete_task(json::object const& command, SimulatedTask const& given) {
  auto const task = given;
  auto const person = text_of(command, "by");
  if (!person.empty() && task.holding.assignee && *task.holding.assignee != person) return held_by_other();
  if (is_suspended(task.instance)) return refuse(Why::conflict, "", "the process is suspended");
  if (task.holding.owner && task.holding.assignee)
    return keep_holding(*tasks_.find(task.instance, task.token, task.seat),
                        give_back(task.holding, *task.holding.assignee), person, "given_back",
                        *task.holding.owner);
  auto const vote = vote_in(command);
  if (!vote) return vote.error();
  auto const& running = instances_.at(task.instance);
  auto const before =
      person.empty() ? std::string() : process::save(definition_of(running), running.instance);
  Verb verb;
  verb.kind = Verb::Kind::complete;
  verb.seat = task.seat;
  verb.vote = *vote;
  verb.event = event_of(command, task.token);
  tasks_.close(task.instance, task.token, task.seat);
  if (auto done = step(task.instance, std::move(verb)); !done) {
    tasks_.open(task);
    return done;
  }
  if (!person.empty())
    tasks_.finish(task, person, difference(before, process::save(definition_of(running), running.instance)));
  return {};
}

// Nobody in particular: everybody who is asked signs alike, against when the variables say that the outcome
// is false.
Result<> Simulation::sign_for_all(json::object const& command, Number id, TokenId token) {
  auto const& running = instances_.at(id);
  auto const& rule = definition_of(running).nodes[running.instance.find(token)->node].form.signing;
  auto const variables = variables_in(command);
  auto const* outcome = rule ? variables.if_contains(rule->result) : nullptr;
  while (true) {
    auto const* at = running.instance.find(token);
    auto const signing = at == nullptr ? std::nullopt : signing_of(running.instance, token);
    auto const* task = signing ? tasks_.first_of(id, token) : nullptr;
    if (task == nullptr) return {};
    auto one = command;
    if (signing->votes()) one["vote"] = outcome != nullptr && *outcome == false ? "reject" : "approve";
    if (auto done = complete_task(one, *task); !done) return done;
  }
}

Result<> Simulation::keep_holding(SimulatedTask& task, Result<Holding> const& holding,
                                  std::string_view person, std::string_view kind, std::string_view to) {
  if (!holding) return holding.error();
  task.holding = *holding;
  task.touched = !person.empty() && task.holding.assignee == person;
  auto const& definition = definition_of(instances_.at(task.instance));
  json::object event{{"kind", kind}, {"process", definition.key}, {"element", task.element}};
  if (!to.empty()) event["text"] = to;
  events_.push_back(std::move(event));
  return {};
}

Result<> Simulation::claim(json::object const& command) {
  auto const task = find_task(command, "claim");
  if (!task) return task.error();
  auto const person = doer_of(command, **task);
  if (!person) return person.error();
  return keep_holding(**task, process::claim((*task)->holding, *person), *person, "claimed");
}

Result<> Simulation::release(json::object const& command) {
  auto const task = find_task(command, "release");
  if (!task) return task.error();
  auto const person = doer_of(command, **task);
  if (!person) return person.error();
  return keep_holding(**task, process::release((*task)->holding, *person), *person, "released");
}

Result<> Simulation::pass_on(json::object const& command, std::string_view name, Passing passing,
                             std::string_view kind) {
  auto const task = find_task(command, name);
  if (!task) return task.error();
  auto const person = doer_of(command, **task);
  if (!person) return person.error();
  auto const to = text_of(command, "to");
  return keep_holding(**task, passing((*task)->holding, *person, to), *person, kind, to);
}

Result<> Simulation::delegate(json::object const& command) {
  return pass_on(command, "delegate", process::delegate, "delegated");
}

Result<> Simulation::hand_over(json::object const& command) {
  return pass_on(command, "hand_over", process::hand_over, "handed_over");
}

// Who asks others takes the task, if nobody has it.
Result<> Simulation::add_sign(json::object const& command) {
  auto const task = find_task(command, "add_sign");
  if (!task) return task.error();
  auto const place = place_in(command);
  if (!place) return place.error();
  auto const person = doer_of(command, **task);
  if (!person) return person.error();
  auto const before = **task;
  auto const claimed = process::claim(before.holding, *person);
  if (!claimed) return claimed.error();
  (*task)->holding = *claimed;
  Verb verb;
  verb.kind = Verb::Kind::add_sign;
  verb.place = *place;
  verb.people = texts_in(command, "people");
  auto done = act(before, *person, std::move(verb));
  if (!done) tasks_.open(before);
  return done;
}

Result<> Simulation::remove_sign(json::object const& command) {
  auto const task = find_task(command, "remove_sign");
  if (!task) return task.error();
  Verb verb;
  verb.kind = Verb::Kind::remove_sign;
  return act(SimulatedTask(**task), text_of(command, "by"), std::move(verb));
}

Result<> Simulation::send_back(json::object const& command) {
  auto const found = find_task(command, "send_back");
  if (!found) return found.error();
  auto const task = **found;
  auto const person = doer_of(command, task);
  if (!person) return person.error();
  if (task.holding.assignee && *task.holding.assignee != *person) return held_by_other();
  auto const to = text_of(command, "to");
  if (!instances_.at(task.instance).done.contains(to))
    return refuse(Why::invalid, "/element", "'{}' is no step that was done before this one", to);
  Verb verb;
  verb.kind = Verb::Kind::send_back;
  verb.event.element = to;
  auto const* straight = command.if_contains("straight_back");
  verb.straight_back = straight != nullptr && *straight == true;
  return act(task, *person, std::move(verb));
}

Result<> Simulation::withdraw(json::object const& command) {
  auto const person = text_of(command, "by");
  auto const* finished = tasks_.finished(text_of(command, "withdraw"), person);
  if (finished == nullptr)
    return refuse(Why::conflict, "", "only a step that you have finished yourself can be taken back");
  Verb verb;
  verb.kind = Verb::Kind::withdraw;
  verb.delta = finished->delta;
  if (auto const* come = verb.delta.if_contains("+"))
    for (auto const& image : come->as_array()) {
      auto const token = static_cast<TokenId>(image.at(0).as_int64());
      auto const* next = tasks_.first_of(finished->task.instance, token);
      if (next != nullptr && (next->touched || next->holding.owner))
        return refuse(Why::conflict, "", "the next step has already been touched");
    }
  auto const task = finished->task;
  if (auto done = act(task, person, std::move(verb)); !done) return done;
  tasks_.forget(*tasks_.finished(task.element, person));
  return {};
}

Result<> Simulation::name_holders(json::object const& command) {
  auto const& given = command.at("holders");
  if (!given.is_object()) return refuse(Why::invalid, "/holders", "an object is expected");
  for (auto const& [role, people] : given.get_object()) holders_[role] = people;
  return {};
}

Result<> Simulation::show_tasks(json::object const&) {
  return {};
}

}  // namespace yunzhi::process
