#include "process/durable/processes.hpp"

#include "base/id.hpp"
#include "process/durable/step_writer.hpp"
#include "process/durable/task_rows.hpp"

namespace yunzhi::process {
namespace {

bool system_actor(std::string_view actor) {
  return actor.starts_with("system:");
}

Event event_of(Event::Kind kind, TokenId token, json::object fields, std::string_view actor) {
  return {kind, token, {}, {}, std::move(fields), std::string(actor), {}};
}

// On PostgreSQL several commands run at once; the row of the instance is their lock. SQLite has one writer.
std::string_view locking(store::Reader& reader) {
  return reader.dialect() == store::Dialect::postgresql ? " for update" : "";
}

}  // namespace

/// An instance in hand.
struct Processes::Running {
  InstanceRow row;
  std::shared_ptr<Definition const> definition;
  Instance instance;
};

Result<Processes::Running> Processes::load(store::Edit& edit, std::string_view id) {
  auto row = read_instance(edit, id, locking(edit));
  if (!row) return refuse(Why::missing, "", "there is no such process");
  auto definition = definitions_.get(edit, row->definition);
  if (row->status == "ended" || row->status == "cancelled")
    return refuse(Why::conflict, "", "the process has ended");
  auto instance = restore(*definition, row->state);
  if (!instance) throw std::logic_error("the state of process " + row->id + " does not fit its definition");
  return Running{std::move(*row), std::move(definition), std::move(*instance)};
}

Result<Outcome> Processes::go_on(store::Edit& edit, Running running, Event event) {
  event.moment = {edit.now(), utc_offset_};
  auto const actor = event.actor;
  std::optional<std::string> unit;
  if (auto const* value = event.fields.if_contains("unit"); value != nullptr && value->is_string())
    unit = std::string(std::string_view(value->get_string()));
  auto step = advance(*running.definition, std::move(running.instance), std::move(event));
  if (!step) return step.error();
  return StepWriter(edit, *running.definition, running.row, working_time_, std::move(unit))
      .write(*step, actor);
}

Result<Outcome> Processes::tell(store::Edit& edit, std::string_view instance, Event event) {
  auto running = load(edit, instance);
  if (!running) return running.error();
  return go_on(edit, std::move(*running), std::move(event));
}

Result<Outcome> Processes::start(store::Edit& edit, std::string_view key, std::string_view record_kind,
                                 std::string_view record, json::object fields, std::string_view actor,
                                 std::string_view message) {
  auto const id = definitions_.active(edit, key);
  if (!id) return refuse(Why::missing, "", "no process '{}' is deployed", key);
  Running running;
  running.definition = definitions_.get(edit, *id);
  if (running.definition->record != record_kind)
    return refuse(Why::invalid, "", "the process '{}' moves {}, not {}", key, running.definition->record,
                  record_kind);
  running.row = {new_id(edit.now()), *id, std::string(record_kind), std::string(record), {}, "new", 0};
  auto event = event_of(Event::Kind::start, no_token, std::move(fields), actor);
  event.name = message;
  return go_on(edit, std::move(running), std::move(event));
}

Result<OpenStep> Processes::step(store::Reader& reader, std::string_view task_id) {
  auto task = find_task(reader, task_id);
  if (!task) return refuse(Why::missing, "", "there is no such task");
  OpenStep open{std::move(*task), {}, nullptr};
  open.definition = definitions_.get(reader, open.task.definition);
  open.node = &open.definition->nodes.at(open.definition->find_node(open.task.element));
  return open;
}

Result<Outcome> Processes::complete(store::Edit& edit, std::string_view task_id, std::string_view person,
                                    json::object fields) {
  auto const task = find_task(edit, task_id);
  if (!task) return refuse(Why::missing, "", "there is no such task");
  if (task->assignee && *task->assignee != person && !system_actor(person))
    return refuse(Why::forbidden, "", "the task is held by somebody else");
  // The instance is locked before its tasks, here and wherever a step takes tasks away: no deadlock.
  auto running = load(edit, task->instance);
  if (!running && running.error().why != Why::conflict) return running.error();
  auto const changed = edit.run(
      "update process_task set state = 'done', completed_at = :at, completed_by = :person where id = :id and "
      "state = 'open'",
      edit.now(), person, task_id);
  if (changed == 0 || !running) return refuse(Why::conflict, "", "the task is no longer open");
  return go_on(edit, std::move(*running),
               event_of(Event::Kind::complete, task->token, std::move(fields), person));
}

Result<Task> Processes::claim(store::Edit& edit, std::string_view task_id, std::string_view person) {
  auto task = find_task(edit, task_id);
  if (!task) return refuse(Why::missing, "", "there is no such task");
  if (task->state == "open" && task->assignee == person) return std::move(*task);
  auto const changed = edit.run(
      "update process_task set assignee = :person, claimed_at = :at where id = :id and state = 'open' and "
      "assignee is "
      "null",
      person, edit.now(), task_id);
  if (changed == 0 && task->state == "open")
    return refuse(Why::conflict, "", "the task is held by somebody else");
  if (changed == 0) return refuse(Why::conflict, "", "the task is no longer open");
  return std::move(*find_task(edit, task_id));
}

Result<Task> Processes::release(store::Edit& edit, std::string_view task_id, std::string_view person) {
  auto task = find_task(edit, task_id);
  if (!task) return refuse(Why::missing, "", "there is no such task");
  if (task->role.empty()) return refuse(Why::conflict, "", "the task belongs to no role that could take it");
  if (task->assignee != person && !system_actor(person))
    return refuse(Why::conflict, "", "only who holds the task can give it back");
  auto const changed =
      edit.run("update process_task set assignee = null, claimed_at = null where id = :id and state = 'open'",
               task_id);
  if (changed == 0) return refuse(Why::conflict, "", "the task is no longer open");
  return std::move(*find_task(edit, task_id));
}

Result<Task> Processes::assign(store::Edit& edit, std::string_view task_id, std::string_view to) {
  if (!find_task(edit, task_id)) return refuse(Why::missing, "", "there is no such task");
  auto const changed = edit.run(
      "update process_task set assignee = :person, claimed_at = :at where id = :id and state = 'open'", to,
      edit.now(), task_id);
  if (changed == 0) return refuse(Why::conflict, "", "the task is no longer open");
  return std::move(*find_task(edit, task_id));
}

std::vector<DueTimer> Processes::due_timers(store::Reader& reader, Instant now, std::size_t limit) const {
  auto rows = reader.rows<std::string, std::string, std::string, std::string, std::string, Instant>(
      "select t.id, t.instance, t.element, i.record_kind, i.record, t.due_at from process_timer t join "
      "process_instance i on i.id = t.instance where t.due_at <= :now order by t.due_at limit :limit",
      now, static_cast<std::int64_t>(limit));
  std::vector<DueTimer> due;
  due.reserve(rows.size());
  for (auto& [id, instance, element, record_kind, record, due_at] : rows)
    due.push_back({std::move(id), std::move(instance), std::move(element), std::move(record_kind),
                   std::move(record), due_at});
  return due;
}

std::optional<Instant> Processes::next_timer(store::Reader& reader) const {
  return reader.one<Instant>("select due_at from process_timer order by due_at limit 1");
}

// The row goes in the transaction of its firing, so a timer fires once, however many look for it. A row
// that its process no longer waits for goes too, or it would be found again for ever.
Result<Outcome> Processes::fire(store::Edit& edit, std::string_view timer, json::object fields) {
  auto const row = edit.row<std::string, std::int64_t, std::string>(
      "select instance, token, element from process_timer where id = :id", timer);
  if (!row) return refuse(Why::conflict, "", "the timer is no longer armed");
  auto const& [instance, token, element] = *row;
  auto running = load(edit, instance);
  if (edit.run("delete from process_timer where id = :id", timer) == 0)
    return refuse(Why::conflict, "", "the timer is no longer armed");
  auto event = event_of(Event::Kind::timer, static_cast<TokenId>(token), std::move(fields), "system:timer");
  event.element = element;
  if (running) {
    auto outcome = go_on(edit, std::move(*running), std::move(event));
    if (outcome || outcome.error().why != Why::conflict) return outcome;
  }
  Outcome nothing;
  nothing.instance = instance;
  return nothing;
}

Result<Outcome> Processes::called(store::Edit& edit, std::string_view instance, TokenId token,
                                  json::object fields, std::string_view actor) {
  return tell(edit, instance, event_of(Event::Kind::called, token, std::move(fields), actor));
}

Result<Outcome> Processes::failed(store::Edit& edit, std::string_view instance, TokenId token,
                                  std::string_view code, json::object fields, std::string_view actor) {
  auto event = event_of(Event::Kind::fail, token, std::move(fields), actor);
  event.name = code;
  return tell(edit, instance, std::move(event));
}

Result<Outcome> Processes::message(store::Edit& edit, std::string_view instance, std::string_view name,
                                   json::object fields, std::string_view actor) {
  auto event = event_of(Event::Kind::message, no_token, std::move(fields), actor);
  event.name = name;
  return tell(edit, instance, std::move(event));
}

Result<Outcome> Processes::move(store::Edit& edit, std::string_view instance, TokenId token,
                                std::string_view element, json::object fields, std::string_view actor) {
  auto event = event_of(Event::Kind::move, token, std::move(fields), actor);
  event.element = element;
  return tell(edit, instance, std::move(event));
}

Result<Outcome> Processes::retry(store::Edit& edit, std::string_view instance, TokenId token,
                                 json::object fields, std::string_view actor) {
  return tell(edit, instance, event_of(Event::Kind::retry, token, std::move(fields), actor));
}

Result<Outcome> Processes::cancel(store::Edit& edit, std::string_view instance, json::object fields,
                                  std::string_view actor) {
  return tell(edit, instance, event_of(Event::Kind::cancel, no_token, std::move(fields), actor));
}

}  // namespace yunzhi::process
