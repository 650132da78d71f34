#include "process/durable/step_writer.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "process/durable/correlation.hpp"
#include "process/durable/deputies.hpp"
#include "process/durable/jobs.hpp"
#include "process/durable/task_rows.hpp"
#include "process/durable/variables.hpp"
#include "process/engine/delta.hpp"

namespace yunzhi::process {
namespace {

std::string kind_of(TimerRule::Form form) {
  constexpr char const* names[] = {"duration", "date", "cycle"};
  return names[static_cast<std::size_t>(form)];
}

// {"path":["flow",…]} or {"text":"…"}; nothing when there is neither.
json::object data_of(Definition const& definition, HistoryRow const& row) {
  json::object data;
  if (!row.text.empty()) data["text"] = row.text;
  if (row.path.empty()) return data;
  auto& path = data["path"].emplace_array();
  for (auto const flow : row.path) path.emplace_back(definition.flows[flow].id);
  return data;
}

Act act_of(TokenId token, Node const& node) {
  return {node.id, node.name, node.action, node.role, token};
}

}  // namespace

std::optional<InstanceRow> read_instance(store::Reader& reader, std::string_view id,
                                         std::string_view locking) {
  // sql: locking is empty or "for update"
  auto const sql =
      "select id, definition, record_kind, record, state, status, events, coalesce(caller, ''), "
      "coalesce(caller_token, 0), variables from process_instance where id = :id" +
      std::string(locking);
  auto row = reader.row<std::string, std::string, std::string, std::string, std::string, std::string,
                        std::int64_t, std::string, std::int64_t, std::optional<std::string>>(sql, id);
  if (!row) return std::nullopt;
  auto& [own_id, definition, record_kind, record, state, status, events, caller, token, variables] = *row;
  InstanceRow read{std::move(own_id),
                   std::move(definition),
                   std::move(record_kind),
                   std::move(record),
                   std::move(state),
                   std::move(status),
                   events,
                   std::move(caller),
                   static_cast<TokenId>(token),
                   {}};
  if (variables) read.variables = json::parse(*variables).as_object();
  return read;
}

StepWriter::StepWriter(store::Edit& edit, Definition const& definition, InstanceRow const& row,
                       WorkingTime const& working_time, json::object const& record)
    : edit_(edit), definition_(definition), row_(row), working_time_(working_time), record_(record) {
  if (auto const* value = record.if_contains("unit"); value != nullptr && value->is_string())
    unit_ = std::string(std::string_view(value->get_string()));
}

StepWriter::Written StepWriter::write(Performed const& performed, std::string const& actor) {
  outcome_.instance = row_.id;
  outcome_.record_kind = row_.record_kind;
  outcome_.record = row_.record;
  divide_values(performed);
  auto const state = save(definition_, performed.step.instance);
  auto delta = difference(row_.state, state);
  write_instance(performed, state);
  end_jobs(delta);
  for (auto const& seat : performed.closed) close(seat);
  for (auto const& effect : performed.step.effects)
    std::visit([&](auto const& what) { apply(what); }, effect);
  for (auto const& seat : performed.opened) open(seat);
  write_history(performed, std::move(delta), actor);
  return {std::move(outcome_), std::move(consequences_), std::move(variables_)};
}

void StepWriter::divide_values(Performed const& performed) {
  auto values = performed.fields;
  for (auto const& effect : performed.step.effects)
    if (auto const* set = std::get_if<SetField>(&effect)) values[set->name] = set->value;
  auto divided = divide(values, record_, row_.variables);
  outcome_.fields = std::move(divided.fields);
  set_ = std::move(divided.own);
  variables_ = seen_by(row_.variables, set_);
}

void StepWriter::write_instance(Performed const& performed, std::string const& state) {
  auto const& step = performed.step;
  bool troubled = false;
  for (auto const& token : step.instance.tokens) troubled = troubled || token.state == Token::State::failed;
  bool cancelled = false;
  for (auto const& effect : step.effects) {
    if (auto const* ended = std::get_if<Ended>(&effect)) cancelled = ended->cancelled;
    troubled = troubled || std::holds_alternative<Incident>(effect);
  }
  bool const ended = step.instance.ended();
  std::string const status = cancelled                  ? "cancelled"
                             : ended                    ? "ended"
                             : suspended(step.instance) ? "suspended"
                             : troubled                 ? "incident"
                                                        : "running";
  auto const ended_at = ended ? std::optional(edit_.now()) : std::nullopt;
  auto const events = row_.events + static_cast<std::int64_t>(step.history.size() + performed.notes.size());
  auto const kept = variables_.empty() ? std::nullopt : std::optional(json::serialize(variables_));
  if (row_.status != "new") {
    edit_.run(
        "update process_instance set state = :state, status = :status, events = :events, ended_at = "
        ":ended_at, variables = :variables where id = :id",
        state, status, events, ended_at, kept, row_.id);
  } else {
    edit_.run(
        "insert into process_instance (id, definition, record_kind, record, state, status, events, "
        "started_at, ended_at, caller, caller_token, variables) values (:id, :definition, :record_kind, "
        ":record, :state, :status, :events, :started_at, :ended_at, :caller, :caller_token, :variables)",
        row_.id, row_.definition, row_.record_kind, row_.record, state, status, events, edit_.now(), ended_at,
        row_.caller.empty() ? std::nullopt : std::optional(row_.caller),
        row_.caller.empty() ? std::nullopt : std::optional(std::int64_t{row_.caller_token}), kept);
  }
}

// The first row of a step carries what it changed in the tokens and in the process's own variables; all of
// them together rebuild the instance.
void StepWriter::write_history(Performed const& performed, json::object delta, std::string const& actor) {
  seq_ = row_.events;
  auto set = row_.status == "new" ? variables_ : set_;
  auto const carry = [&](json::object data) {
    if (!delta.empty()) data["change"] = std::move(delta);
    if (!set.empty()) data["set"] = std::move(set);
    delta = {};
    set = {};
    return data;
  };
  for (auto const& row : performed.step.history)
    write_row(name_of(row.kind), row.node, carry(data_of(definition_, row)), actor);
  for (auto const& note : performed.notes) {
    json::object data;
    if (!note.text.empty()) data["text"] = note.text;
    write_row(note.kind, note.node, carry(std::move(data)), actor);
  }
}

void StepWriter::write_row(std::string_view kind, Node const* node, json::object const& data,
                           std::string const& actor) {
  edit_.run(
      "insert into process_event (instance, seq, kind, element, actor, at, data) values (:instance, :seq, "
      ":kind, :element, :actor, :at, :data)",
      row_.id, ++seq_, kind, node == nullptr ? std::nullopt : std::optional(node->id), actor, edit_.now(),
      data.empty() ? std::nullopt : std::optional(json::serialize(data)));
}

// Work asked for by a token that is gone is not to be done any more.
void StepWriter::end_jobs(json::object const& delta) {
  auto const* gone = delta.if_contains("-");
  auto const* come = delta.if_contains("+");
  if (gone == nullptr) return;
  auto const stays = [&](std::int64_t id) {
    return come != nullptr && std::any_of(come->as_array().begin(), come->as_array().end(),
                                          [&](json::value const& image) { return image.at(0) == id; });
  };
  for (auto const& image : gone->as_array()) {
    if (stays(image.at(0).as_int64())) continue;
    auto const number = definition_.find_node(image.at(1).as_string());
    if (number == nowhere || !definition_.nodes[number].activity() || definition_.nodes[number].person())
      continue;
    edit_.run("delete from process_job where instance = :instance and token = :token", row_.id,
              image.at(0).as_int64());
  }
}

Instant StepWriter::due(TimerMoment const& when, TimerRule const& rule) const {
  if (when.at) return *when.at;
  return rule.working ? working_time_(edit_.now(), when.after, rule.calendar) : edit_.now() + when.after;
}

Task StepWriter::task_of(TokenId token, Node const& node) const {
  Task task;
  task.id = new_id(edit_.now());
  task.instance = row_.id;
  task.definition = row_.definition;
  task.token = token;
  task.element = node.id;
  task.name = node.name.empty() ? node.id : node.name;
  task.role = node.role;
  task.record_kind = row_.record_kind;
  task.record = row_.record;
  task.unit = unit_;
  task.state = "open";
  task.created_at = edit_.now();
  return task;
}

void StepWriter::set_due(Task& task, TimerMoment const& moment, StepForm const& form) const {
  task.due_at = due(moment, *form.due);
  task.remind_at = *task.due_at - form.remind;
}

void StepWriter::give(Task task) {
  if (task.assignee)
    if (auto deputy = deputy_of(edit_, *task.assignee, edit_.now())) {
      task.deputy_for = std::move(task.assignee);
      task.assignee = std::move(deputy);
    }
  insert_task(edit_, task);
  outcome_.created.push_back(std::move(task));
}

void StepWriter::apply(CreateTask const& create) {
  auto task = task_of(create.token, *create.node);
  task.role = create.role;
  if (!create.assignee.empty()) task.assignee = create.assignee;
  if (create.due) set_due(task, *create.due, create.node->form);
  give(std::move(task));
}

void StepWriter::open(OpenSeat const& open) {
  auto task = task_of(open.token, *open.node);
  task.role = open.seat.role;
  if (!open.seat.person.empty()) task.assignee = open.seat.person;
  if (open.due) set_due(task, *open.due, open.node->form);
  task.seat = open.seat.id;
  task.place = name_of(open.seat.place);
  give(std::move(task));
}

void StepWriter::close(CloseSeat const& seat) {
  for (auto& task : open_tasks_at(edit_, row_.record, row_.id, seat.token))
    if (task.seat == seat.seat) {
      edit_.run("update process_task set state = 'cancelled', completed_at = :at where id = :id", edit_.now(),
                task.id);
      task.state = "cancelled";
      outcome_.cancelled.push_back(std::move(task));
    }
}

void StepWriter::apply(CancelTask const& cancel) {
  for (auto& task : open_tasks_at(edit_, row_.record, row_.id, cancel.token)) {
    edit_.run("update process_task set state = 'cancelled', completed_at = :at where id = :id", edit_.now(),
              task.id);
    task.state = "cancelled";
    outcome_.cancelled.push_back(std::move(task));
  }
}

void StepWriter::apply(SetState const& set) {
  outcome_.record_state = set.node->state;
}
// divide_values() has seen to them.
void StepWriter::apply(SetField const&) {}

void StepWriter::apply(StartTimer const& start) {
  edit_.run(
      "insert into process_timer (id, instance, token, element, kind, due_at) values (:id, :instance, "
      ":token, :element, "
      ":kind, :due_at)",
      new_id(edit_.now()), row_.id, std::int64_t{start.token}, start.node->id,
      kind_of(start.node->timer.form), due(start.when, start.node->timer));
}

void StepWriter::apply(CancelTimers const& cancel) {
  if (cancel.node == nullptr) {
    edit_.run("delete from process_timer where instance = :instance and token = :token", row_.id,
              std::int64_t{cancel.token});
    return;
  }
  edit_.run("delete from process_timer where instance = :instance and token = :token and element = :element",
            row_.id, std::int64_t{cancel.token}, cancel.node->id);
}

void StepWriter::apply(Call const& call) {
  auto const& node = *call.node;
  if (node.action.empty() && !node.decision.empty()) {
    consequences_.decisions.push_back({call.token, node.id, node.decision, node.result});
    return;
  }
  insert_job(edit_, row_.id, call.token, node.id, node.action);
  outcome_.calls.push_back(act_of(call.token, node));
}
void StepWriter::apply(Tell const& tell) {
  outcome_.tells.push_back(act_of(no_token, *tell.node));
}

void StepWriter::apply(Subscribe const& subscribe) {
  bool const message = subscribe.node->trigger == Trigger::message;
  insert_subscription(edit_, row_.id, subscribe.token, subscribe.node->id, message ? "message" : "signal",
                      subscribe.name, subscribe.key);
  if (message) outcome_.awaited.push_back({subscribe.name, subscribe.key});
}
void StepWriter::apply(Unsubscribe const& cancel) {
  end_subscriptions(edit_, row_.id, cancel.token,
                    cancel.node == nullptr ? std::string_view() : cancel.node->id);
}

void StepWriter::apply(Send const& sent) {
  outcome_.sent.push_back({sent.node->id, sent.name, sent.key, sent.variables});
}
void StepWriter::apply(Broadcast const& signal) {
  outcome_.signals.push_back({signal.name, row_.id});
}
void StepWriter::apply(CallProcess const& call) {
  consequences_.processes.push_back(
      {call.token, call.node->id, call.process, &*call.node->called, call.variables, call.role});
}
void StepWriter::apply(CancelCalled const& cancel) {
  consequences_.given_up.push_back(cancel.token);
}
void StepWriter::apply(Escalate const& escalation) {
  consequences_.escalations.push_back(escalation);
}

void StepWriter::apply(Incident const& incident) {
  outcome_.troubles.push_back({incident.node->id, incident.node->name, incident.token, incident.fault});
}

void StepWriter::apply(Ended const& ended) {
  end_subscriptions(edit_, row_.id);
  consequences_.ended = true;
  consequences_.failed = ended.failed;
  consequences_.everything = ended.everything;
  consequences_.error = ended.error;
  if (!row_.caller.empty()) return;
  outcome_.ended = true;
  outcome_.cancelled_process = ended.cancelled;
}

}  // namespace yunzhi::process
