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
                                    std::string const& definition, ElementMapping const& mapping) {
  auto const row = read_instance(reader, instance, "");
  if (!row) return refuse(Why::missing, "", "there is no such process");
  if (row->status == "ended" || row->status == "cancelled")
    return refuse(Why::conflict, "", "the process has ended");
  auto const from = definitions_.get(reader, row->definition);
  auto const to = definitions_.get(reader, definition);
  auto const standing = restore(*from, row->state);
  if (!standing) throw std::logic_error("the state of process " + row->id + " does not fit its definition");
  Event event;
  auto const migrated = process::migrate(*from, *to, mapping, *standing, event);
  if (!migrated) return migrated.error();
  return {};
}

Result<Outcome> Processes::migrate(store::Edit& edit, std::string_view instance,
                                   std::string const& definition, ElementMapping const& mapping,
                                   json::object const& fields, std::string_view actor) {
  auto running = load(edit, instance);
  if (!running) return running.error();
  auto const to = definitions_.get(edit, definition);
  auto event = by_hand(Verb::Kind::event, Event::Kind::retry, fields, actor).event;
  event.moment = {edit.now(), utc_offset_};
  auto migrated = process::migrate(*running->definition, *to, mapping, running->instance, event);
  if (!migrated) return migrated.error();
  edit.run("update process_instance set definition = :definition where id = :id", definition, instance);
  for (auto const& task : tasks_of(edit, running->row.record, true)) {
    if (task.instance != instance) continue;
    auto const& node = to->nodes.at(to->find_node(mapped(mapping, task.element)));
    edit.run(
        "update process_task set definition = :definition, element = :element, name = :name, role = :role "
        "where id = :id",
        definition, node.id, node.name.empty() ? node.id : node.name,
        task.seat == sole_seat ? node.role : task.role, task.id);
  }
  for (auto const& [id, element] : edit.rows<std::string, std::string>(
           "select id, element from process_timer where instance = :instance", instance))
    if (auto const& target = mapped(mapping, element); target != element)
      edit.run("update process_timer set element = :element where id = :id", target, id);
  Performed performed;
  performed.step.instance = std::move(migrated->instance);
  performed.step.effects = std::move(migrated->effects);
  performed.notes.push_back({"migrated", nullptr, definition});
  running->row.definition = definition;
  return StepWriter(edit, *to, running->row, working_time_, fields)
      .write(performed, std::string(actor))
      .outcome;
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
