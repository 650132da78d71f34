#include "record/kernel.hpp"

#include <algorithm>
#include <set>

#include "base/id.hpp"
#include "record/list.hpp"
#include "record/numbering.hpp"
#include "record/rows.hpp"

namespace yunzhi::record {
namespace {

bool contains(std::vector<std::string> const& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// Gathers every fault of a set of changes: fields nobody may set this way, wrong values, blank needed ones.
Result<json::object> accepted(Module const& module, json::object const& changes,
                              std::vector<std::string> const& allowed, bool creating) {
  Refusal refusal;
  json::object known;
  for (auto const& member : changes) {
    if (contains(allowed, member.key()))
      known[member.key()] = member.value();
    else if (describe::find(module.fields, member.key()) == nullptr)
      refusal.faults.push_back({"/" + std::string(member.key()), "is not a field of this record", {}});
    else
      refusal.faults.push_back({"/" + std::string(member.key()), "cannot be set here", {}});
  }
  auto checked = describe::check(module.fields, known, true);
  if (checked.has_error()) {
    auto const wrong = checked.error();
    refusal.faults.insert(refusal.faults.end(), wrong.faults.begin(), wrong.faults.end());
  }
  for (auto const& name : module.needed)
    if ((creating || known.contains(name)) && is_blank(known.if_contains(name)))
      refusal.faults.push_back({"/" + name, "must not be empty", {}});
  if (!refusal.faults.empty()) return refusal;
  return checked;
}

std::vector<Interval> intervals_of(store::Reader& reader, std::string const& id) {
  std::vector<Interval> intervals;
  for (auto& [state, since] : reader.rows<std::string, Instant>(
           "select state, since from record_state where record = :record order by position", id))
    intervals.push_back({std::move(state), since});
  return intervals;
}

void add_names(store::Reader& reader, access::Actor const& actor, Module const& target,
               std::set<std::string> const& ids, json::object& labels) {
  if (ids.empty()) return;
  bool const directory = target.kind == "person" || target.kind == "unit";
  auto [condition, arguments] = directory ? Condition{"1 = 1", {}} : visible(target, actor, "read");
  std::string list;
  for (auto const& id : ids) {
    list += (list.empty() ? ":i" : ", :i") + std::to_string(arguments.size());
    arguments.emplace_back(id);
  }
  constexpr store::Storage columns[] = {store::Storage::text, store::Storage::text};
  // sql: the names are a module's own words, never a person's; ids and scopes are bound.
  for (auto const& row : reader.select("select id, " + target.title + " from " + target.kind + " where " +
                                           condition + " and id in (" + list + ")",
                                       columns, arguments))
    labels[std::get<std::string>(row[0])] = std::get<std::string>(row[1]);
}

}  // namespace

std::string subject_of(Module const& module, std::string_view id) {
  return module.kind + "/" + std::string(id);
}

std::string href_of(Module const& module, json::object const& record) {
  return "/" + module.plural + "/" + text_of(record, "id");
}

access::Subject owner_of(Module const& module, json::object const& record) {
  auto const view = [&](std::string_view name) {
    auto const* value = record.if_contains(name);
    return value == nullptr || !value->is_string() ? std::string_view()
                                                   : std::string_view(value->get_string());
  };
  access::Subject subject;
  subject.owner = view("created_by");
  if (!module.unit.empty()) subject.unit = view(module.unit);
  for (auto const& field : module.people) subject.people.push_back(text_of(record, field));
  return subject;
}

Result<json::object> Kernel::create(store::Edit& edit, access::Actor const& actor, Module const& module,
                                    json::object const& given) {
  auto const allowed = access::may(actor, module.kind + "." + module.report_verb);
  if (allowed.has_error()) return allowed.error();
  auto checked = accepted(module, given, module.given, true);
  if (checked.has_error()) return checked.error();
  auto const references = check_references(edit, actor, module, *checked);
  if (references.has_error()) return references.error();
  return add(edit, actor, module, *checked);
}

Result<json::object> Kernel::add(store::Edit& edit, access::Actor const& actor, Module const& module,
                                 json::object const& checked) {
  json::object record = module.defaults;
  for (auto const& member : checked) record[member.key()] = member.value();
  auto const now = format_instant(edit.now());
  record["id"] = new_id(edit.now());
  record["created_at"] = now;
  record["updated_at"] = now;
  record["created_by"] = actor.person;
  record["version"] = 1;
  if (module.before_create) {
    Change change{edit, actor, {}, record};
    auto const ruled = module.before_create(change);
    if (ruled.has_error()) return ruled.error();
  }
  record["number"] =
      next_number(edit, module.kind, settings_.numbering.at(module.kind), settings_.zone_offset);
  insert(edit, module.kind, module.fields, record);
  if (module.has_state()) {
    auto const id = text_of(record, "id");
    enter_state(edit, module, id, text_of(record, "state"), edit.now());
    wind_clocks(edit, module, record);
  }
  tell(edit, module, record);
  return record;
}

Result<json::object> Kernel::get(store::Reader& reader, access::Actor const& actor, Module const& module,
                                 std::string const& id, std::string_view verb) const {
  auto record = is_id(id) ? fetch(reader, module.kind, module.fields, id) : json::object();
  if (record.empty()) return refuse(Why::missing, "", "there is no such record, or you may not see it");
  auto const owner = owner_of(module, record);
  if (access::may(actor, module.kind + ".read", owner).has_error())
    return refuse(Why::missing, "", "there is no such record, or you may not see it");
  if (verb != "read") {
    auto const allowed = access::may(actor, module.kind + "." + std::string(verb), owner);
    if (allowed.has_error()) return allowed.error();
  }
  return record;
}

Result<json::object> Kernel::prepare(store::Edit& edit, access::Actor const& actor, Module const& module,
                                     json::object const& before, json::object const& changes) const {
  auto const references = check_references(edit, actor, module, changes);
  if (references.has_error()) return references.error();
  json::object after = before;
  for (auto const& member : changes) after[member.key()] = member.value();
  if (module.before_change) {
    Change change{edit, actor, before, after};
    auto const ruled = module.before_change(change);
    if (ruled.has_error()) return ruled.error();
  }
  return after;
}

json::object Kernel::write(store::Edit& edit, Module const& module, json::object const& before,
                           json::object after) {
  json::object changed;
  for (auto const& member : after)
    if (before.at(member.key()) != member.value()) changed[member.key()] = member.value();
  if (changed.empty()) return after;
  after["updated_at"] = changed["updated_at"] = format_instant(edit.now());
  after["version"] = changed["version"] = before.at("version").to_number<std::int64_t>() + 1;
  auto const id = text_of(before, "id");
  update(edit, module.kind, module.fields, id, changed);
  if (changed.contains("state")) enter_state(edit, module, id, text_of(after, "state"), edit.now());
  if (changed.contains("state") || changed.contains("priority")) wind_clocks(edit, module, after);
  tell(edit, module, after);
  return after;
}

Result<json::object> Kernel::patch(store::Edit& edit, access::Actor const& actor, Module const& module,
                                   std::string const& id, json::object const& changes,
                                   std::string_view if_match) {
  auto const before = get(edit, actor, module, id, module.update_verb);
  if (before.has_error()) return before.error();
  if (if_match.empty())
    return refuse(Why::stale, "If-Match", "is required: send the ETag of the record you saw, or *");
  auto const version = std::to_string(before->at("version").to_number<std::int64_t>());
  if (if_match != "*" && if_match != "\"" + version + "\"")
    return refuse(Why::stale, "If-Match", "the record has changed since you read it; it is now at version {}",
                  version);
  auto checked = accepted(module, changes, module.editable, false);
  if (checked.has_error()) return checked.error();
  auto prepared = prepare(edit, actor, module, *before, *checked);
  if (prepared.has_error()) return prepared.error();
  return write(edit, module, *before, std::move(*prepared));
}

Result<> Kernel::check_references(store::Reader& reader, access::Actor const& actor, Module const& module,
                                  json::object const& changes) const {
  Refusal refusal;
  auto const check = [&](Module const& target, std::string const& pointer, std::string const& id) {
    if (id.empty() || get(reader, actor, target, id).has_value()) return;
    refusal.faults.push_back({pointer, "there is no {} with this id that you may see", {target.kind}});
  };
  for (auto const& member : changes) {
    auto const* field = describe::find(module.fields, member.key());
    auto const* target = field == nullptr || field->target.empty() ? nullptr : modules_.find(field->target);
    if (target == nullptr) continue;
    auto const pointer = "/" + field->name;
    if (auto const* id = member.value().if_string())
      check(*target, pointer, std::string(std::string_view(*id)));
    if (auto const* ids = member.value().if_array())
      for (std::size_t i = 0; i < ids->size(); ++i)
        check(*target, pointer + "/" + std::to_string(i),
              std::string(std::string_view((*ids)[i].as_string())));
  }
  if (!refusal.faults.empty()) return refusal;
  return {};
}

json::array Kernel::clocks(store::Reader& reader, Module const& module, json::object const& record,
                           Instant now) const {
  json::array readings;
  auto const policies = settings_.clocks.find(module.kind);
  if (policies == settings_.clocks.end()) return readings;
  auto const intervals = intervals_of(reader, text_of(record, "id"));
  for (auto const& policy : policies->second)
    if (auto const reading = read_clock(policy, text_of(record, "priority"), intervals, now))
      readings.push_back(to_json(*reading));
  return readings;
}

void Kernel::wind_clocks(store::Edit& edit, Module const& module, json::object const& record) {
  auto const policies = settings_.clocks.find(module.kind);
  if (policies == settings_.clocks.end()) return;
  auto const id = text_of(record, "id");
  auto const intervals = intervals_of(edit, id);
  for (auto const& policy : policies->second) {
    auto const reading = read_clock(policy, text_of(record, "priority"), intervals, edit.now());
    if (!reading) continue;
    // A breach that nobody has sounded yet keeps its wake-up, so that people hear of it.
    auto const wake_at = reading->mode == Mode::run ? reading->target_at : std::nullopt;
    edit.run(
        "insert into record_clock (record, name, kind, target_at, met_at, wake_at, breached) "
        "values (:record, :name, :kind, :target_at, :met_at, :wake_at, :breached) "
        "on conflict (record, name) do update set target_at = coalesce(excluded.target_at, "
        "record_clock.target_at), "
        "met_at = excluded.met_at, wake_at = case when record_clock.breached = 1 and excluded.breached = 1 "
        "and record_clock.wake_at is null then null else excluded.wake_at end, breached = excluded.breached",
        id, policy.id, module.kind, reading->target_at, reading->met_at, wake_at, reading->breached);
  }
}

void Kernel::enter_state(store::Edit& edit, Module const& module, std::string const& id,
                         std::string const& state, Instant since) {
  edit.run(
      "insert into record_state (record, since, position, kind, state) select cast(:record as text), "
      "cast(:since as bigint), (select count(*) from record_state where record = :counted), cast(:kind as "
      "text), "
      "cast(:state as text)",
      id, since, id, module.kind, state);
}

void Kernel::tell(store::Edit& edit, Module const& module, json::object const& record) {
  for (auto const& changed : changed_) changed(edit, module, record);
}

json::object Kernel::labels(store::Reader& reader, access::Actor const& actor, Module const& module,
                            std::vector<json::object> const& records) const {
  std::map<Module const*, std::set<std::string>> wanted;
  auto const* person = modules_.find("person");
  for (auto const& record : records) {
    if (auto const by = text_of(record, "created_by"); person != nullptr && is_id(by))
      wanted[person].insert(by);
    for (auto const& field : module.fields) {
      auto const* target = field.target.empty() ? nullptr : modules_.find(field.target);
      auto const* value = target == nullptr ? nullptr : record.if_contains(field.name);
      if (value == nullptr || value->is_null()) continue;
      if (value->is_string() && is_id(value->get_string()))
        wanted[target].emplace(std::string_view(value->get_string()));
      if (auto const* ids = value->if_array())
        for (auto const& id : *ids) wanted[target].emplace(std::string_view(id.as_string()));
    }
  }
  json::object labels;
  for (auto const& [target, ids] : wanted) add_names(reader, actor, *target, ids, labels);
  return labels;
}

}  // namespace yunzhi::record
