// What people do with a task: the rows of it, around the pure holding and the pure verbs.
#include "base/id.hpp"
#include "base/limits.hpp"
#include "process/durable/running.hpp"
#include "process/durable/task_rows.hpp"

namespace yunzhi::process {
namespace {

bool system_actor(std::string_view actor) {
  return actor.starts_with("system:");
}

Refusal no_task() {
  return refuse(Why::missing, "", "there is no such task");
}

Refusal not_open() {
  return refuse(Why::conflict, "", "the task is no longer open");
}

Holding holding_of(Task const& task) {
  return {task.role, task.assignee, task.owner};
}

json::object note_to(std::string_view to, std::string_view note) {
  json::object data{{"to", to}};
  if (!note.empty()) data["text"] = note;
  return data;
}

Verb verb_of(Verb::Kind kind, Task const& task, std::string_view person, json::object fields) {
  Verb verb;
  verb.kind = kind;
  verb.seat = task.seat;
  verb.event.kind = Event::Kind::complete;
  verb.event.token = task.token;
  verb.event.fields = std::move(fields);
  verb.event.actor = person;
  return verb;
}

Result<> check_own(Task const& task, std::string_view person) {
  if (task.assignee && *task.assignee != person && !system_actor(person))
    return refuse(Why::forbidden, "", "the task is held by somebody else");
  return {};
}

std::map<TokenId, std::string> holders_in(store::Reader& reader, Task const& task) {
  std::map<TokenId, std::string> holders;
  for (auto const& other : tasks_of(reader, task.record, true))
    if (other.instance == task.instance && other.assignee) holders[other.token] = *other.assignee;
  return holders;
}

}  // namespace

void add_event(store::Edit& edit, std::string_view instance, std::string_view kind, std::string_view element,
               std::string_view actor, json::object const& data) {
  auto const seq = edit.one<std::int64_t>(
      "update process_instance set events = events + 1 where id = :id returning events", instance);
  edit.run(
      "insert into process_event (instance, seq, kind, element, actor, at, data) values (:instance, :seq, "
      ":kind, :element, :actor, :at, :data)",
      instance, seq.value(), kind, element, actor, edit.now(),
      data.empty() ? std::nullopt : std::optional(json::serialize(data)));
}

// The instance is locked before its tasks, here and wherever a step takes tasks away: no deadlock.
Result<Outcome> Processes::of_task(store::Edit& edit, Task const& task, Verb verb) {
  auto running = load(edit, task.instance);
  if (!running) return running.error().why == Why::conflict ? not_open() : running.error();
  verb.holders = holders_in(edit, task);
  return go_on(edit, std::move(*running), std::move(verb));
}

Result<Outcome> Processes::complete(store::Edit& edit, std::string_view task_id, std::string_view person,
                                    json::object fields, Vote vote, json::object variables) {
  auto task = find_task(edit, task_id);
  if (!task) return no_task();
  if (auto const own = check_own(*task, person); !own) return own.error();
  auto running = load(edit, task->instance);
  if (!running && running.error().why != Why::conflict) return running.error();
  if (running && suspended(running->instance)) return refuse(Why::conflict, "", "the process is suspended");
  if (running && task->state == "open" && task->owner && task->assignee) {
    auto const element = task->element;
    auto back = keep_holding(edit, *task, give_back(holding_of(*task), *task->assignee), person);
    if (!back) return back.error();
    add_event(edit, task->instance, "given_back", element, person, note_to(*back->assignee, ""));
    Outcome outcome;
    outcome.instance = task->instance;
    outcome.record_kind = task->record_kind;
    outcome.record = task->record;
    outcome.created.push_back(std::move(*back));
    return outcome;
  }
  auto const changed = edit.run(
      "update process_task set state = 'done', completed_at = :at, completed_by = :person, vote = :vote "
      "where "
      "id = :id and state = 'open'",
      edit.now(), person, vote == Vote::none ? std::nullopt : std::optional<std::string>(name_of(vote)),
      task_id);
  if (changed == 0 || !running) return not_open();
  auto verb = verb_of(Verb::Kind::complete, *task, person, std::move(fields));
  verb.vote = vote;
  verb.event.changes = std::move(variables);
  verb.holders = holders_in(edit, *task);
  return go_on(edit, std::move(*running), std::move(verb));
}

Result<Task> Processes::keep_holding(store::Edit& edit, Task const& task, Result<Holding> const& holding,
                                     std::string_view person) {
  if (task.state != "open") return not_open();
  if (!holding) return holding.error();
  bool const taken = holding->assignee == person;
  // Only while it is held as it was read: of two who take a task at once, one does.
  auto const changed = edit.run(
      "update process_task set assignee = :assignee, owner = :owner, claimed_at = :at where id = :id and "
      "state "
      "= 'open' and coalesce(assignee, '') = :was",
      holding->assignee, holding->owner, taken ? std::optional(edit.now()) : std::nullopt, task.id,
      task.assignee.value_or(""));
  if (changed == 0) return refuse(Why::conflict, "", "the task is held by somebody else");
  return std::move(*find_task(edit, task.id));
}

Result<Task> Processes::claim(store::Edit& edit, std::string_view task_id, std::string_view person) {
  auto task = find_task(edit, task_id);
  if (!task) return no_task();
  if (task->state == "open" && task->assignee == person) return std::move(*task);
  return keep_holding(edit, *task, process::claim(holding_of(*task), person), person);
}

Result<Task> Processes::release(store::Edit& edit, std::string_view task_id, std::string_view person) {
  auto task = find_task(edit, task_id);
  if (!task) return no_task();
  auto const holder = system_actor(person) && task->assignee ? *task->assignee : std::string(person);
  return keep_holding(edit, *task, process::release(holding_of(*task), holder), person);
}

Result<Task> Processes::assign(store::Edit& edit, std::string_view task_id, std::string_view to) {
  auto task = find_task(edit, task_id);
  if (!task) return no_task();
  return keep_holding(edit, *task, Holding{task->role, std::string(to), std::nullopt}, to);
}

Result<Task> Processes::pass_on(store::Edit& edit, std::string_view task_id, Passing const& passing,
                                std::string_view person, std::string_view to, std::string_view note) {
  auto task = find_task(edit, task_id);
  if (!task) return no_task();
  auto passed = keep_holding(edit, *task, passing.act(holding_of(*task), person, to), person);
  if (passed) add_event(edit, passed->instance, passing.event, passed->element, person, note_to(to, note));
  return passed;
}

Result<Task> Processes::delegate(store::Edit& edit, std::string_view task, std::string_view person,
                                 std::string_view to, std::string_view note) {
  return pass_on(edit, task, {process::delegate, "delegated"}, person, to, note);
}

Result<Task> Processes::hand_over(store::Edit& edit, std::string_view task, std::string_view person,
                                  std::string_view to, std::string_view note) {
  return pass_on(edit, task, {process::hand_over, "handed_over"}, person, to, note);
}

Result<Task> Processes::urge(store::Edit& edit, std::string_view task_id, std::string_view person,
                             std::string_view note) {
  auto task = find_task(edit, task_id);
  if (!task) return no_task();
  if (task->state != "open") return not_open();
  if (task->urged_at && *task->urged_at + limits::urge_pause > edit.now())
    return refuse(Why::busy, "", "this step was pressed for a short while ago");
  edit.run("update process_task set urged_at = :at where id = :id", edit.now(), task_id);
  add_event(edit, task->instance, "urged", task->element, person,
            note.empty() ? json::object() : json::object{{"text", note}});
  return std::move(*find_task(edit, task_id));
}

Result<Task> Processes::copy_to(store::Edit& edit, std::string_view task_id, std::string_view person,
                                std::vector<std::string> const& people, std::string_view note) {
  auto task = find_task(edit, task_id);
  if (!task) return no_task();
  if (people.empty()) return refuse(Why::invalid, "/people", "must not be empty");
  for (auto const& to : people) {
    edit.run(
        "insert into process_copy (id, instance, element, name, record_kind, record, person, sent_by, note, "
        "sent_at) values (:id, :instance, :element, :name, :record_kind, :record, :person, :sent_by, :note, "
        ":sent_at)",
        new_id(edit.now()), task->instance, task->element, task->name, task->record_kind, task->record, to,
        person, note, edit.now());
    add_event(edit, task->instance, "copied", task->element, person, note_to(to, note));
  }
  return std::move(*task);
}

Result<Outcome> Processes::add_sign(store::Edit& edit, std::string_view task_id, std::string_view person,
                                    Seat::Place place, std::vector<std::string> people, json::object fields) {
  auto const task = find_task(edit, task_id);
  if (!task) return no_task();
  if (task->state != "open") return not_open();
  if (auto const own = check_own(*task, person); !own) return own.error();
  if (!task->assignee)
    if (auto const claimed = claim(edit, task_id, person); !claimed) return claimed.error();
  auto verb = verb_of(Verb::Kind::add_sign, *task, person, std::move(fields));
  verb.place = place;
  verb.people = std::move(people);
  return of_task(edit, *task, std::move(verb));
}

Result<Outcome> Processes::remove_sign(store::Edit& edit, std::string_view task_id, std::string_view person,
                                       json::object fields) {
  auto const task = find_task(edit, task_id);
  if (!task) return no_task();
  if (task->state != "open") return not_open();
  return of_task(edit, *task, verb_of(Verb::Kind::remove_sign, *task, person, std::move(fields)));
}

std::vector<Processes::EarlierStep> Processes::earlier_steps(store::Reader& reader, Task const& task) {
  auto const definition = definitions_.get(reader, task.definition);
  auto const place = definition->find_node(task.element);
  std::vector<EarlierStep> steps;
  for (auto const& [element] : reader.rows<std::string>(
           "select element from process_event where instance = :instance and kind = 'completed' and element "
           "is not null group by element order by min(seq)",
           task.instance)) {
    auto const number = definition->find_node(element);
    if (number == nowhere || !comes_before(*definition, number, place)) continue;
    auto const& node = definition->nodes[number];
    if (node.element != Element::user_task && node.element != Element::manual_task) continue;
    steps.push_back({node.id, node.name.empty() ? node.id : node.name});
  }
  return steps;
}

Result<Outcome> Processes::send_back(store::Edit& edit, std::string_view task_id, std::string_view person,
                                     std::string_view element, bool straight_back, json::object fields) {
  auto const task = find_task(edit, task_id);
  if (!task) return no_task();
  if (task->state != "open") return not_open();
  if (auto const own = check_own(*task, person); !own) return own.error();
  auto const steps = earlier_steps(edit, *task);
  if (std::none_of(steps.begin(), steps.end(), [&](auto const& step) { return step.element == element; }))
    return refuse(Why::invalid, "/element", "'{}' is no step that was done before this one", element);
  auto verb = verb_of(Verb::Kind::send_back, *task, person, std::move(fields));
  verb.event.element = element;
  verb.straight_back = straight_back;
  return of_task(edit, *task, std::move(verb));
}

Result<Outcome> Processes::withdraw(store::Edit& edit, std::string_view task_id, std::string_view person,
                                    json::object fields) {
  auto const task = find_task(edit, task_id);
  if (!task) return no_task();
  if (task->state != "done" || task->completed_by != person)
    return refuse(Why::conflict, "", "only a step that you have finished yourself can be taken back");
  auto const told = edit.one<std::string>(
      "select data from process_event where instance = :instance and element = :element and actor = :actor "
      "and "
      "at = :at and data is not null and kind in ('completed', 'signed') order by seq limit 1",
      task->instance, task->element, person, *task->completed_at);
  auto const data = told ? parse_json(*told) : json::value();
  auto const* change = data && data->is_object() ? data->get_object().if_contains("change") : nullptr;
  if (change == nullptr) return refuse(Why::conflict, "", "there is no step to take back");
  auto verb = verb_of(Verb::Kind::withdraw, *task, person, std::move(fields));
  verb.delta = change->as_object();
  if (auto const* come = verb.delta.if_contains("+"))
    for (auto const& image : come->as_array())
      for (auto const& next :
           open_tasks_at(edit, task->record, task->instance, static_cast<TokenId>(image.at(0).as_int64())))
        if (next.claimed_at || next.owner)
          return refuse(Why::conflict, "", "the next step has already been touched");
  auto taken = of_task(edit, *task, std::move(verb));
  if (taken) edit.run("update process_task set state = 'withdrawn' where id = :id", task_id);
  return taken;
}

}  // namespace yunzhi::process
