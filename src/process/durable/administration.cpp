// What a supervisor does with running instances.
#include "process/durable/correlation.hpp"
#include "process/durable/running.hpp"
#include "process/durable/task_rows.hpp"
#include "process/durable/variables.hpp"
#include "process/engine/delta.hpp"

namespace yunzhi::process {
namespace {

Verb by_hand(Verb::Kind kind, Event::Kind event, json::object fields, std::string_view actor) {
  Verb verb;
  verb.kind = kind;
  verb.event.kind = event;
  verb.event.fields = std::move(fields);
  verb.event.actor = actor;
  return verb;
}

std::vector<std::string> called_by(store::Reader& reader, std::string_view caller) {
  std::vector<std::string> all;
  for (auto& [id] : reader.rows<std::string>(
           "select id from process_instance where caller = :caller and ended_at is null", caller))
    all.push_back(std::move(id));
  return all;
}

// What waits outside for a token goes along: to its new element, and to its new number where it has one.
void move_rows(store::Edit& edit, std::string_view table, std::string_view instance,
               ElementMapping const& mapping, Migrated const& migrated) {
  // sql: the table is a literal of this file; values are bound.
  auto const rows = edit.rows<std::string, std::string, std::int64_t>(
      "select id, element, token from " + std::string(table) + " where instance = :instance", instance);
  for (auto const& [id, element, token] : rows) {
    auto const renumbered = migrated.renumbered.find(static_cast<TokenId>(token));
    auto const number = renumbered == migrated.renumbered.end() ? token : std::int64_t{renumbered->second};
    auto const& target = mapped(mapping, element);
    if (target == element && number == token) continue;
    edit.run("update " + std::string(table) + " set element = :element, token = :token where id = :id",
             target, number, id);
  }
}

void move_tasks(store::Edit& edit, InstanceRow const& row, Definition const& to,
                std::string const& definition, ElementMapping const& mapping) {
  for (auto const& task : tasks_of(edit, row.record, true)) {
    if (task.instance != row.id) continue;
    auto const& node = to.nodes.at(to.find_node(mapped(mapping, task.element)));
    edit.run("update process_task set definition = :definition, name = :name, role = :role where id = :id",
             definition, node.name.empty() ? node.id : node.name,
             task.seat == sole_seat ? node.role : task.role, task.id);
  }
}

}  // namespace

// With the processes it has called. The timers of a suspended process keep their times and are passed over;
// those that came due meanwhile fire when it is resumed.
Result<Outcome> Processes::suspend(store::Edit& edit, std::string_view instance, std::string_view actor) {
  auto done = act(edit, instance, by_hand(Verb::Kind::suspend, Event::Kind::complete, {}, actor));
  if (!done) return done;
  edit.run("update process_timer set held = 1 where instance = :instance", instance);
  for (auto const& called : called_by(edit, instance))
    if (auto also = suspend(edit, called, actor); !also && also.error().why != Why::conflict) return also;
  return done;
}

Result<Outcome> Processes::resume(store::Edit& edit, std::string_view instance, std::string_view actor) {
  auto done = act(edit, instance, by_hand(Verb::Kind::resume, Event::Kind::complete, {}, actor));
  if (!done) return done;
  edit.run("update process_timer set held = 0 where instance = :instance", instance);
  done->awaited = awaited_messages(edit, instance);
  for (auto const& called : called_by(edit, instance)) {
    auto also = resume(edit, called, actor);
    if (!also && also.error().why != Why::conflict) return also;
    if (also) std::move(also->awaited.begin(), also->awaited.end(), std::back_inserter(done->awaited));
  }
  return done;
}

Result<Outcome> Processes::enter(store::Edit& edit, std::string_view instance, std::string_view element,
                                 bool behind, json::object fields, std::string_view actor) {
  auto verb = by_hand(Verb::Kind::event, Event::Kind::enter, std::move(fields), actor);
  verb.event.element = element;
  if (behind) verb.event.name = "after";
  return act(edit, instance, std::move(verb));
}

Result<Outcome> Processes::drop(store::Edit& edit, std::string_view instance, TokenId token,
                                json::object fields, std::string_view actor) {
  auto verb = by_hand(Verb::Kind::event, Event::Kind::drop, std::move(fields), actor);
  verb.event.token = token;
  return act(edit, instance, std::move(verb));
}

Result<Outcome> Processes::restart(store::Edit& edit, std::string_view instance, std::string_view element,
                                   json::object fields, std::string_view actor) {
  auto const row = read_instance(edit, instance, "");
  if (!row) return refuse(Why::missing, "", "there is no such process");
  if (row->status != "ended" && row->status != "cancelled")
    return refuse(Why::conflict, "", "the process has not ended");
  if (!row->caller.empty()) return refuse(Why::conflict, "", "the process belongs to the one that called it");
  if (edit.one<std::int64_t>(
              "select count(*) from process_instance where record = :record and ended_at is null",
              row->record)
          .value_or(0) > 0)
    return refuse(Why::conflict, "", "another process moves this record");
  auto event = by_hand(Verb::Kind::event, Event::Kind::enter, std::move(fields), actor).event;
  event.element = element;
  return start_version(edit, row->definition, row->record_kind, row->record, std::move(event));
}

Result<> Processes::check_migration(store::Reader& reader, std::string_view instance,
                                    std::string const& definition, MigrationPlan const& plan) {
  auto const row = read_instance(reader, instance, "");
  if (!row) return refuse(Why::missing, "", "there is no such process");
  if (row->status == "ended" || row->status == "cancelled")
    return refuse(Why::conflict, "", "the process has ended");
  auto const from = definitions_.get(reader, row->definition);
  auto const to = definitions_.get(reader, definition);
  auto const standing = restore(*from, row->state);
  if (!standing) throw std::logic_error("the state of process " + row->id + " does not fit its definition");
  auto const migrated = process::migrate(*from, *to, plan, *standing);
  if (!migrated) return migrated.error();
  return {};
}

Result<Outcome> Processes::migrate(store::Edit& edit, std::string_view instance,
                                   std::string const& definition, MigrationPlan const& plan,
                                   json::object fields, std::string_view actor) {
  auto running = load(edit, instance);
  if (!running) return running.error();
  auto const to = definitions_.get(edit, definition);
  if (auto const fits = check_plan(*running->definition, *to, plan); !fits) return fits.error();
  auto migrated = process::migrate(*running->definition, *to, plan, running->instance);
  if (!migrated) return migrated.error();
  edit.run("update process_instance set definition = :definition where id = :id", definition, instance);
  for (auto const& [token, event] : migrated->gone) {
    edit.run("delete from process_timer where instance = :instance and token = :token and element = :element",
             instance, std::int64_t{token}, event);
    end_subscriptions(edit, instance, token, event);
  }
  move_tasks(edit, running->row, *to, definition, plan.mapping);
  for (auto const* table : {"process_task", "process_timer", "process_subscription", "process_job"})
    move_rows(edit, table, instance, plan.mapping, *migrated);
  for (auto const& [before, after] : migrated->renumbered)
    edit.run(
        "update process_instance set caller_token = :after where caller = :caller and caller_token = :before",
        std::int64_t{after}, instance, std::int64_t{before});
  running->row.definition = definition;
  running->definition = to;
  running->instance = std::move(migrated->instance);
  Verb verb;
  verb.event = std::move(migrated->arrival);
  verb.event.name = definition;
  verb.event.fields = std::move(fields);
  verb.event.actor = actor;
  bool const held = suspended(running->instance);
  auto done = go_on(edit, std::move(*running), std::move(verb));
  if (held) edit.run("update process_timer set held = 1 where instance = :instance", instance);
  return done;
}

Result<Processes::Rebuilt> Processes::rebuild(store::Reader& reader, std::string_view instance) {
  Rebuilt rebuilt;
  for (auto const& [data] : reader.rows<std::optional<std::string>>(
           "select data from process_event where instance = :instance order by seq", instance)) {
    auto const told = data ? parse_json(*data) : json::value();
    if (!told || !told->is_object()) continue;
    if (auto const* set = told->get_object().if_contains("set"))
      rebuilt.variables = seen_by(std::move(rebuilt.variables), set->as_object());
    auto const* change = told->get_object().if_contains("change");
    if (change == nullptr) continue;
    auto next = process::apply(rebuilt.state, change->as_object());
    if (!next) return next.error();
    rebuilt.state = std::move(*next);
  }
  return rebuilt;
}

}  // namespace yunzhi::process
