#include "process/durable/step_writer.hpp"

#include "base/id.hpp"
#include "process/durable/task_rows.hpp"

namespace yunzhi::process {
namespace {

std::string kind_of(TimerRule::Form form) {
  constexpr char const* names[] = {"duration", "date", "cycle"};
  return names[static_cast<std::size_t>(form)];
}

// {"path":["flow",…]} or {"text":"…"}; nothing when there is neither.
std::optional<std::string> data_of(Definition const& definition, HistoryRow const& row) {
  if (!row.text.empty()) return json::serialize(json::object{{"text", row.text}});
  if (row.path.empty()) return std::nullopt;
  std::string text = "{\"path\":[";
  for (auto const flow : row.path) {
    if (text.back() != '[') text += ',';
    text += '"' + definition.flows[flow].id + '"';
  }
  return text + "]}";
}

Act act_of(TokenId token, Node const& node) {
  return {node.id, node.name, node.action, node.role, token};
}

}  // namespace

std::optional<InstanceRow> read_instance(store::Reader& reader, std::string_view id,
                                         std::string_view locking) {
  // sql: locking is empty or "for update"
  auto const sql =
      "select id, definition, record_kind, record, state, status, events from process_instance where id = "
      ":id" +
      std::string(locking);
  auto row =
      reader.row<std::string, std::string, std::string, std::string, std::string, std::string, std::int64_t>(
          sql, id);
  if (!row) return std::nullopt;
  auto& [own_id, definition, record_kind, record, state, status, events] = *row;
  return InstanceRow{std::move(own_id),
                     std::move(definition),
                     std::move(record_kind),
                     std::move(record),
                     std::move(state),
                     std::move(status),
                     events};
}

Outcome StepWriter::write(Step const& step, std::string const& actor) {
  outcome_.instance = row_.id;
  outcome_.record_kind = row_.record_kind;
  outcome_.record = row_.record;
  write_instance(step);
  for (auto const& effect : step.effects) std::visit([&](auto const& what) { apply(what); }, effect);
  write_history(step, actor);
  return std::move(outcome_);
}

void StepWriter::write_instance(Step const& step) {
  bool troubled = false;
  for (auto const& token : step.instance.tokens) troubled = troubled || token.state == Token::State::failed;
  bool cancelled = false;
  for (auto const& effect : step.effects) {
    if (auto const* ended = std::get_if<Ended>(&effect)) cancelled = ended->cancelled;
    troubled = troubled || std::holds_alternative<Incident>(effect);
  }
  bool const ended = step.instance.ended();
  std::string const status = cancelled ? "cancelled" : ended ? "ended" : troubled ? "incident" : "running";
  auto const state = save(definition_, step.instance);
  auto const ended_at = ended ? std::optional(edit_.now()) : std::nullopt;
  auto const events = row_.events + static_cast<std::int64_t>(step.history.size());
  if (row_.status != "new") {
    edit_.run(
        "update process_instance set state = :state, status = :status, events = :events, ended_at = "
        ":ended_at where id = :id",
        state, status, events, ended_at, row_.id);
    return;
  }
  edit_.run(
      "insert into process_instance (id, definition, record_kind, record, state, status, events, started_at, "
      "ended_at) "
      "values (:id, :definition, :record_kind, :record, :state, :status, :events, :started_at, :ended_at)",
      row_.id, row_.definition, row_.record_kind, row_.record, state, status, events, edit_.now(), ended_at);
}

void StepWriter::write_history(Step const& step, std::string const& actor) {
  auto seq = row_.events;
  for (auto const& row : step.history)
    edit_.run(
        "insert into process_event (instance, seq, kind, element, actor, at, data) values (:instance, :seq, "
        ":kind, "
        ":element, :actor, :at, :data)",
        row_.id, ++seq, name_of(row.kind), row.node == nullptr ? std::nullopt : std::optional(row.node->id),
        actor, edit_.now(), data_of(definition_, row));
}

Instant StepWriter::due(TimerMoment const& when, TimerRule const& rule) const {
  if (when.at) return *when.at;
  return rule.working ? working_time_(edit_.now(), when.after, rule.calendar) : edit_.now() + when.after;
}

void StepWriter::apply(CreateTask const& create) {
  auto const& node = *create.node;
  Task task;
  task.id = new_id(edit_.now());
  task.instance = row_.id;
  task.definition = row_.definition;
  task.token = create.token;
  task.element = node.id;
  task.name = node.name.empty() ? node.id : node.name;
  task.role = create.role;
  if (!create.assignee.empty()) task.assignee = create.assignee;
  task.record_kind = row_.record_kind;
  task.record = row_.record;
  task.unit = unit_;
  task.state = "open";
  task.created_at = edit_.now();
  if (create.due) task.due_at = due(*create.due, *node.form.due);
  insert_task(edit_, task);
  outcome_.created.push_back(std::move(task));
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
void StepWriter::apply(SetField const& set) {
  outcome_.fields[set.name] = set.value;
}

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
  outcome_.calls.push_back(act_of(call.token, *call.node));
}
void StepWriter::apply(Tell const& tell) {
  outcome_.tells.push_back(act_of(no_token, *tell.node));
}

// Messages are told to an instance by name, so there is nothing to keep for them here.
void StepWriter::apply(Subscribe const&) {}
void StepWriter::apply(Unsubscribe const&) {}

void StepWriter::apply(Send const& sent) {
  outcome_.sent.push_back({sent.node->id, sent.name, sent.key, sent.variables});
}
void StepWriter::apply(Broadcast const& signal) {
  outcome_.signals.push_back(signal.name);
}
void StepWriter::apply(CallProcess const& call) {
  outcome_.processes.push_back({call.token, call.node->id, call.process, call.variables, call.role});
}
void StepWriter::apply(CancelCalled const& cancel) {
  outcome_.given_up.push_back(cancel.token);
}
void StepWriter::apply(Escalate const& escalation) {
  outcome_.escalations.push_back(escalation.code);
}

void StepWriter::apply(Incident const& incident) {
  outcome_.troubles.push_back({incident.node->id, incident.node->name, incident.token, incident.fault});
}

void StepWriter::apply(Ended const& ended) {
  outcome_.ended = true;
  outcome_.cancelled_process = ended.cancelled;
}

}  // namespace yunzhi::process
