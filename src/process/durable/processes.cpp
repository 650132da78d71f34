#include "process/durable/processes.hpp"

#include "base/id.hpp"
#include "process/durable/chain.hpp"
#include "process/durable/task_rows.hpp"

namespace yunzhi::process {
namespace {

// How often a cycle should have fired since it was due, while nobody was there to fire it.
std::int64_t missed_rounds(Definition const& definition, std::string_view element, Milliseconds late) {
  auto const number = definition.find_node(element);
  if (number == nowhere) return 0;
  auto const& rule = definition.nodes[number].timer;
  bool const rounds = rule.form == TimerRule::Form::cycle && rule.duration > Milliseconds{0};
  return rounds ? late / rule.duration : 0;
}

// On PostgreSQL several commands run at once; the row of the instance is their lock. SQLite has one writer.
std::string_view locking(store::Reader& reader) {
  return reader.dialect() == store::Dialect::postgresql ? " for update" : "";
}

// The parameter that chose the version.
std::string_view field_of(Which const& which) {
  if (which.version) return "process_version";
  return which.tag.empty() ? "" : "process_tag";
}

Refusal none_deployed(std::string_view key, Which const& which) {
  if (which.version)
    return refuse(Why::invalid, field_of(which), "the process '{}' has no version {}", key, *which.version);
  if (!which.tag.empty())
    return refuse(Why::invalid, field_of(which), "the process '{}' has no version tagged '{}'", key,
                  which.tag);
  return refuse(Why::missing, "", "no process '{}' is deployed", key);
}

}  // namespace

Event event_of(Event::Kind kind, TokenId token, json::object fields, std::string_view actor) {
  return {kind, token, {}, {}, std::move(fields), std::string(actor), {}};
}

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

Result<Outcome> Processes::go_on(store::Edit& edit, Running running, Verb verb) {
  auto record = std::move(verb.event.fields);
  auto actor = verb.event.actor;
  return Chain(*this, edit, std::move(record), std::move(actor)).run(std::move(running), std::move(verb));
}

Result<Outcome> Processes::act(store::Edit& edit, std::string_view instance, Verb verb) {
  auto running = load(edit, instance);
  if (!running) return running.error();
  return go_on(edit, std::move(*running), std::move(verb));
}

Result<Outcome> Processes::tell(store::Edit& edit, std::string_view instance, Event event) {
  return act(edit, instance, {Verb::Kind::event, std::move(event)});
}

Result<Outcome> Processes::start(store::Edit& edit, std::string_view key, std::string_view record_kind,
                                 std::string_view record, json::object fields, std::string_view actor,
                                 std::string_view message, Which const& which) {
  auto const id = definitions_.find(edit, key, which);
  if (!id) return none_deployed(key, which);
  auto event = event_of(Event::Kind::start, no_token, std::move(fields), actor);
  event.name = message;
  auto started = start_version(edit, *id, record_kind, record, std::move(event));
  if (started || definitions_.get(edit, *id)->record == record_kind) return started;
  auto refusal = started.error();
  refusal.faults.front().field = field_of(which);
  return refusal;
}

Result<Outcome> Processes::start_version(store::Edit& edit, std::string const& id,
                                         std::string_view record_kind, std::string_view record, Event event) {
  Running running;
  running.definition = definitions_.get(edit, id);
  if (running.definition->record != record_kind)
    return refuse(Why::invalid, "", "the process '{}' moves {}, not {}", running.definition->key,
                  running.definition->record, record_kind);
  running.row.id = new_id(edit.now());
  running.row.definition = id;
  running.row.record_kind = record_kind;
  running.row.record = record;
  running.row.status = "new";
  return go_on(edit, std::move(running), {Verb::Kind::event, std::move(event)});
}

Result<OpenStep> Processes::step(store::Reader& reader, std::string_view task_id) {
  auto task = find_task(reader, task_id);
  if (!task) return refuse(Why::missing, "", "there is no such task");
  OpenStep open{std::move(*task), {}, nullptr};
  open.definition = definitions_.get(reader, open.task.definition);
  open.node = &open.definition->nodes.at(open.definition->find_node(open.task.element));
  return open;
}

std::vector<DueTimer> Processes::due_timers(store::Reader& reader, Instant now, std::size_t limit) const {
  auto rows = reader.rows<std::string, std::string, std::string, std::string, std::string, Instant>(
      "select t.id, t.instance, t.element, i.record_kind, i.record, t.due_at from process_timer t join "
      "process_instance i on i.id = t.instance where t.held = 0 and t.due_at <= :now order by t.due_at limit "
      ":limit",
      now, static_cast<std::int64_t>(limit));
  std::vector<DueTimer> due;
  due.reserve(rows.size());
  for (auto& [id, instance, element, record_kind, record, due_at] : rows)
    due.push_back({std::move(id), std::move(instance), std::move(element), std::move(record_kind),
                   std::move(record), due_at});
  return due;
}

std::optional<Instant> Processes::next_timer(store::Reader& reader) const {
  return reader.one<Instant>("select due_at from process_timer where held = 0 order by due_at limit 1");
}

// The row goes in the transaction of its firing, so a timer fires once, however many look for it. A row
// that its process no longer waits for goes too, or it would be found again for ever.
Result<Outcome> Processes::fire(store::Edit& edit, std::string_view timer, json::object fields) {
  auto const row = edit.row<std::string, std::int64_t, std::string, Instant>(
      "select instance, token, element, due_at from process_timer where id = :id", timer);
  if (!row) return refuse(Why::conflict, "", "the timer is no longer armed");
  auto const& [instance, token, element, due_at] = *row;
  auto running = load(edit, instance);
  if (edit.run("delete from process_timer where id = :id", timer) == 0)
    return refuse(Why::conflict, "", "the timer is no longer armed");
  auto event = event_of(Event::Kind::timer, static_cast<TokenId>(token), std::move(fields), "system:timer");
  event.element = element;
  if (running) {
    auto const missed = missed_rounds(*running->definition, element, edit.now() - due_at);
    auto outcome = go_on(edit, std::move(*running), {Verb::Kind::event, std::move(event)});
    if (outcome && missed > 0)
      add_event(edit, instance, "missed", element, "system:timer", json::object{{"count", missed}});
    if (outcome || outcome.error().why != Why::conflict) return outcome;
  }
  Outcome nothing;
  nothing.instance = instance;
  return nothing;
}

Result<Outcome> Processes::called(store::Edit& edit, std::string_view instance, TokenId token,
                                  json::object fields, std::string_view actor, json::object variables) {
  auto event = event_of(Event::Kind::called, token, std::move(fields), actor);
  event.changes = std::move(variables);
  return tell(edit, instance, std::move(event));
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
                                 json::object fields, std::string_view actor, json::object variables) {
  auto event = event_of(Event::Kind::retry, token, std::move(fields), actor);
  event.changes = std::move(variables);
  return tell(edit, instance, std::move(event));
}

// What a suspended process would see, it sees with the next thing that happens once it goes on.
std::vector<std::string> Processes::watching(store::Reader& reader, std::string_view record) {
  std::vector<std::string> all;
  for (auto& [id, definition] : reader.rows<std::string, std::string>(
           "select id, definition from process_instance where record = :record and ended_at is null and "
           "status <> 'suspended' order by id",
           record))
    if (definitions_.get(reader, definition)->conditional) all.push_back(std::move(id));
  return all;
}

Result<Outcome> Processes::changed(store::Edit& edit, std::string_view instance, json::object fields,
                                   std::string_view actor, json::object variables) {
  auto event = event_of(Event::Kind::change, no_token, std::move(fields), actor);
  event.changes = std::move(variables);
  return tell(edit, instance, std::move(event));
}

Result<Outcome> Processes::cancel(store::Edit& edit, std::string_view instance, json::object fields,
                                  std::string_view actor) {
  return tell(edit, instance, event_of(Event::Kind::cancel, no_token, std::move(fields), actor));
}

}  // namespace yunzhi::process
