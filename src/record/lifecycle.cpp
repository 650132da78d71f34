#include "record/lifecycle.hpp"

#include <algorithm>

#include "describe/validate.hpp"
#include "process/durable/trace.hpp"
#include "record/list.hpp"
#include "record/rows.hpp"

namespace yunzhi::record {
namespace {

bool contains(std::vector<std::string> const& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool holds(access::Actor const& actor, process::Task const& task) {
  if (task.assignee && !task.assignee->empty()) return *task.assignee == actor.person;
  return actor.roles.contains(task.role);
}

json::value instant_json(std::optional<Instant> const& at) {
  return at ? json::value(format_instant(*at)) : json::value(nullptr);
}

json::object task_json(access::Actor const& actor, process::Task const& task) {
  bool const free = !task.assignee || task.assignee->empty();
  return {{"id", task.id},
          {"name", task.name},
          {"element", task.element},
          {"role", task.role},
          {"assignee", free ? json::value(nullptr) : json::value(*task.assignee)},
          {"state", task.state},
          {"created_at", format_instant(task.created_at)},
          {"due_at", instant_json(task.due_at)},
          {"claimed_at", instant_json(task.claimed_at)},
          {"completed_at", instant_json(task.completed_at)},
          {"mine", holds(actor, task) && task.state == "open"},
          {"claimable", free && task.state == "open" && actor.roles.contains(task.role)},
          {"place", task.place ? json::value(*task.place) : json::value(nullptr)},
          {"owner", task.owner ? json::value(*task.owner) : json::value(nullptr)},
          {"deputy_for", task.deputy_for ? json::value(*task.deputy_for) : json::value(nullptr)},
          {"urged_at", instant_json(task.urged_at)}};
}

// A person sees the fields of a step inside {"fields": {…}}.
Refusal inside_fields(Refusal refusal) {
  for (auto& fault : refusal.faults) fault.field = "/fields" + fault.field;
  return refusal;
}

Result<json::object> given_fields(Module const& module, process::Node const& node, json::object const& given,
                                  json::object const& record) {
  Refusal refusal;
  for (auto const& member : given) {
    auto const field = "/fields/" + std::string(member.key());
    if (!contains(node.form.fields, member.key()))
      refusal.faults.push_back({field, "is not a field of this step", {}});
    else if (contains(node.form.readonly, member.key()) && member.value() != record.at(member.key()))
      refusal.faults.push_back({field, "can only be read in this step", {}});
  }
  if (!refusal.faults.empty()) return refusal;
  auto checked = describe::check(module.fields, given, true);
  if (checked.has_error()) return inside_fields(checked.error());
  return checked;
}

Result<> required_filled(process::Node const& node, json::object const& record) {
  Refusal refusal;
  for (auto const& name : node.form.required) {
    auto const* value = record.if_contains(name);
    bool const blank =
        value == nullptr || value->is_null() ||
        (value->is_string() && value->get_string().find_first_not_of(" \t\r\n") == json::string::npos);
    if (blank) refusal.faults.push_back({"/fields/" + name, "must not be empty", {}});
  }
  if (!refusal.faults.empty()) return refusal;
  return {};
}

}  // namespace

Lifecycle::Lifecycle(Kernel& kernel, process::Processes& processes, Messenger messenger,
                     LifecycleSettings settings)
    : kernel_(kernel),
      processes_(processes),
      messenger_(std::move(messenger)),
      settings_(std::move(settings)) {
  processes_.find_holders(
      [](store::Reader& reader, std::string_view role) { return access::holders(reader, role); });
}

Result<> Lifecycle::may_choose(access::Actor const& actor, Module const& module,
                               process::Which const& which) const {
  if (!which.version && which.tag.empty()) return {};
  if (which.version && !which.tag.empty())
    return refuse(Why::invalid, "process_tag", "say a version or a tag, not both");
  if (module.process.empty())
    return refuse(Why::invalid, which.version ? "process_version" : "process_tag",
                  "records of this kind follow no process");
  return access::may(actor, "process.operate");
}

Result<json::object> Lifecycle::open(store::Edit& edit, access::Actor const& actor, Module const& module,
                                     json::object const& given, process::Which const& which) {
  if (auto const allowed = may_choose(actor, module, which); allowed.has_error()) return allowed.error();
  auto record = kernel_.create(edit, actor, module, given);
  if (record.has_error()) return record;
  if (module.process.empty()) return after_making(edit, module, *record, *record);
  auto const started = processes_.start(edit, module.process, module.kind, text_of(*record, "id"), *record,
                                        actor.person, {}, which);
  if (started.has_error()) return started.error();
  auto opened = follow(edit, actor, module, *record, *record, *started);
  if (opened.has_error()) return opened;
  return after_making(edit, module, *record, std::move(*opened));
}

Result<json::object> Lifecycle::follow(store::Edit& edit, access::Actor const& actor, Module const& module,
                                       json::object const& before, json::object prepared,
                                       process::Outcome const& outcome, int depth) {
  json::object moved = outcome.fields;
  if (!outcome.record_state.empty()) moved["state"] = outcome.record_state;
  if (!moved.empty()) {
    auto checked = describe::check(module.fields, moved, true);
    if (checked.has_error()) return checked.error();
    json::object next = prepared;
    for (auto const& member : *checked) next[member.key()] = member.value();
    Change change{edit, actor, before, next};
    if (module.before_change) {
      auto const ruled = module.before_change(change);
      if (ruled.has_error()) return ruled.error();
    }
    prepared = std::move(next);
  }
  auto record = kernel_.write(edit, module, before, std::move(prepared));
  tell(edit, module, record, outcome);
  auto const moved_others = pass_on(edit, outcome, depth);
  if (moved_others.has_error()) return moved_others.error();
  auto const begun = begin_by_condition(edit, module, before, record, depth);
  if (begun.has_error()) return begun.error();
  // What the others did may have come back to this record.
  if (*moved_others || *begun) return fetch(edit, module.kind, module.fields, text_of(record, "id"));
  return record;
}

void Lifecycle::tell(store::Edit& edit, Module const& module, json::object const& record,
                     process::Outcome const& outcome) {
  if (!messenger_) return;
  auto const number = text_of(record, "number");
  auto const title = text_of(record, module.title);
  auto const href = href_of(module, record);
  for (auto const& task : outcome.created) {
    auto const people = task.assignee && !task.assignee->empty()
                            ? std::vector<std::string>{*task.assignee}
                            : access::on_duty_for(edit, settings_.rota, task.role, edit.now());
    messenger_(edit, people, {"{}: {} {}", {task.name, number, title}, href});
  }
  for (std::size_t i = 0; i < outcome.tells.size(); ++i)
    messenger_(edit, access::on_duty_for(edit, settings_.rota, access::supervisor, edit.now()),
               {"Escalated: {} {} has run out of time", {number, title}, href});
  for (auto const& trouble : outcome.troubles)
    messenger_(
        edit, access::holders(edit, access::supervisor),
        {"{} {} cannot go on at '{}': {}", {number, title, trouble.name, trouble.fault.english()}, href});
  auto const reporter = text_of(record, "reporter");
  // Another process of the record may end, or one that was called, while the record goes on.
  if (outcome.ended && !reporter.empty() && contains(module.closed, text_of(record, "state")))
    messenger_(edit, {reporter}, {"Closed: {} {}", {number, title}, href});
}

// One query per family.
std::map<std::string, json::object> Lifecycle::shown(store::Reader& reader, access::Actor const& actor,
                                                     std::vector<RecordRef> const& refs) const {
  std::map<std::string, json::object> records;
  for (auto const& module : kernel_.modules().all()) {
    std::string list;
    auto [condition, ids] = visible(module, actor, "read");
    auto const scopes = ids.size();
    for (auto const& ref : refs) {
      if (ref.kind != module.kind) continue;
      list += (list.empty() ? ":i" : ", :i") + std::to_string(ids.size());
      ids.emplace_back(ref.id);
    }
    if (ids.size() == scopes) continue;
    describe::Fields fields;
    for (auto const& name : {std::string("id"), std::string("number"), module.title, std::string("state"),
                             std::string("priority")})
      if (auto const* field = describe::find(module.fields, name)) fields.push_back(*field);
    // sql: the names are a module's own words, never a person's; ids and scopes are bound.
    for (auto const& row : reader.select("select " + names_of(fields) + " from " + module.kind + " where " +
                                             condition + " and id in (" + list + ")",
                                         columns_of(fields), ids)) {
      auto record = to_object(fields, row);
      record["kind"] = module.kind;
      record["title"] = record.at(module.title);
      auto const id = text_of(record, "id");
      records[id] = std::move(record);
    }
  }
  return records;
}

json::object Lifecycle::tasks(store::Reader& reader, access::Actor const& actor,
                              TaskQuery const& query) const {
  std::vector<process::Task> found;
  if (!query.mine) {
    found = process::open_tasks(reader, query.after, query.limit + 1);
  } else if (query.done) {
    found = process::done_by(reader, actor.person, query.after, query.limit + 1);
  } else {
    process::Inbox inbox{actor.person, {actor.roles.begin(), actor.roles.end()}};
    found = process::inbox(reader, inbox, query.after, query.limit + 1);
  }
  bool const more = found.size() > query.limit;
  if (more) found.pop_back();
  json::array items;
  std::vector<std::string> people;
  std::vector<RecordRef> refs;
  refs.reserve(found.size());
  for (auto const& task : found) refs.push_back({task.record_kind, task.record});
  auto const records = shown(reader, actor, refs);
  for (auto const& task : found) {
    auto const record = records.find(task.record);
    if (record == records.end()) continue;
    auto item = task_json(actor, task);
    item["record"] = record->second;
    items.push_back(std::move(item));
    if (task.assignee) people.push_back(*task.assignee);
  }
  json::object labels;
  for (auto const& [id, name] : access::names_of(reader, people)) labels[id] = name;
  return {{"items", std::move(items)},
          {"next", more ? json::value(found.back().id) : json::value(nullptr)},
          {"labels", std::move(labels)}};
}

json::array Lifecycle::open_tasks(store::Reader& reader, access::Actor const& actor,
                                  std::string const& record) const {
  json::array items;
  for (auto const& task : process::tasks_of(reader, record, true)) items.push_back(task_json(actor, task));
  return items;
}

Result<json::object> Lifecycle::task(store::Reader& reader, access::Actor const& actor,
                                     std::string const& id) const {
  auto const step = processes_.step(reader, id);
  if (step.has_error()) return access::not_found();
  auto const* module = kernel_.modules().find(step->task.record_kind);
  if (module == nullptr) return access::not_found();
  auto const record = kernel_.get(reader, actor, *module, step->task.record);
  if (record.has_error()) return record.error();
  auto answer = task_json(actor, step->task);
  json::array fields;
  for (auto const& name : step->node->form.fields) {
    auto const* field = describe::find(module->fields, name);
    if (field == nullptr) continue;
    json::array choices;
    for (auto const& choice : field->choices) choices.emplace_back(choice);
    fields.push_back(
        json::object{{"name", name},
                     {"kind", describe::kind_name(field->kind)},
                     {"required", contains(step->node->form.required, name)},
                     {"readonly", contains(step->node->form.readonly, name)},
                     {"choices", std::move(choices)},
                     {"target", field->target.empty() ? json::value(nullptr) : json::value(field->target)},
                     {"value", record->at(name)}});
  }
  auto const* schema = schema_of(*step);
  answer["votes"] = step->node->form.signing.has_value();
  answer["form"] = json::object{{"fields", std::move(fields)},
                                {"action", step->node->form.action},
                                {"schema", schema == nullptr ? json::value(nullptr) : json::value(*schema)}};
  answer["record_kind"] = module->kind;
  answer["record"] = *record;
  answer["labels"] = kernel_.labels(reader, actor, *module, {*record});
  return answer;
}

Result<process::OpenStep> Lifecycle::own_step(store::Reader& reader, access::Actor const& actor,
                                              std::string const& id) const {
  auto step = processes_.step(reader, id);
  if (step.has_error()) return access::not_found();
  auto const* module = kernel_.modules().find(step->task.record_kind);
  if (module == nullptr || kernel_.get(reader, actor, *module, step->task.record).has_error())
    return access::not_found();
  if (step->task.state != "open") return refuse(Why::conflict, "", "this step is no longer open");
  if (!holds(actor, step->task)) return refuse(Why::forbidden, "", "this step is for somebody else");
  return step;
}

Result<json::object> Lifecycle::claim(store::Edit& edit, access::Actor const& actor, std::string const& id) {
  auto const step = own_step(edit, actor, id);
  if (step.has_error()) return step.error();
  auto const task = processes_.claim(edit, id, actor.person);
  if (task.has_error()) return task.error();
  return task_json(actor, *task);
}

Result<json::object> Lifecycle::release(store::Edit& edit, access::Actor const& actor,
                                        std::string const& id) {
  auto const step = own_step(edit, actor, id);
  if (step.has_error()) return step.error();
  auto const task = processes_.release(edit, id, actor.person);
  if (task.has_error()) return task.error();
  return task_json(actor, *task);
}

// The version's own form; else the pack's.
json::object const* Lifecycle::schema_of(process::OpenStep const& step) const {
  if (!step.node->form.schema.empty()) return &step.node->form.schema;
  auto const found = settings_.forms.find(step.definition->key + "." + step.node->id);
  return found == settings_.forms.end() ? nullptr : &found->second;
}

Result<> Lifecycle::check_form(process::OpenStep const& step, json::object const& record) const {
  auto const* schema = schema_of(step);
  if (schema == nullptr) return {};
  json::object shown;
  for (auto const& name : step.node->form.fields)
    if (auto const* value = record.if_contains(name)) shown[name] = *value;
  auto const valid = describe::validate(*schema, shown);
  if (valid.has_value()) return {};
  return inside_fields(valid.error());
}

Result<Lifecycle::Completed> Lifecycle::complete(store::Edit& edit, access::Actor const& actor,
                                                 std::string const& id, json::object const& fields,
                                                 process::Vote vote) {
  auto const step = own_step(edit, actor, id);
  if (step.has_error()) return step.error();
  auto const& module = *kernel_.modules().find(step->task.record_kind);
  auto const before = fetch(edit, module.kind, module.fields, step->task.record);
  auto const given = given_fields(module, *step->node, fields, before);
  if (given.has_error()) return given.error();
  auto prepared = kernel_.prepare(edit, actor, module, before, *given);
  if (prepared.has_error()) return inside_fields(prepared.error());
  auto const filled = required_filled(*step->node, *prepared);
  if (filled.has_error()) return filled.error();
  auto const formed = check_form(*step, *prepared);
  if (formed.has_error()) return formed.error();
  auto const outcome = processes_.complete(edit, id, actor.person, *prepared, vote);
  if (outcome.has_error()) return outcome.error();
  auto after = follow(edit, actor, module, before, *prepared, *outcome);
  if (after.has_error()) return after.error();
  Completed completed;
  completed.change = difference(before, *after);
  completed.change["step"] = step->task.element;
  completed.subject = subject_of(module, step->task.record);
  completed.element = step->task.element;
  completed.record = std::move(*after);
  return completed;
}

Result<json::object> Lifecycle::diagram(store::Reader& reader, Module const& module,
                                        std::string const& record) const {
  auto const instance = process::instance_of(reader, record, module.process);
  if (!instance) return refuse(Why::missing, "", "this record was not moved by a process");
  auto const trace = process::trace(reader, processes_.definitions(), *instance);
  if (trace.has_error()) return trace.error();
  auto const list = [](std::vector<std::string> const& names) {
    json::array array;
    for (auto const& name : names) array.emplace_back(name);
    return array;
  };
  return json::object{{"xml", trace->xml},
                      {"status", trace->status},
                      {"active", list(trace->active)},
                      {"visited", list(trace->visited)},
                      {"flows", list(trace->flows)}};
}

}  // namespace yunzhi::record
