#include "modules/incident/incident.hpp"

#include <algorithm>

namespace yunzhi::modules {
namespace {

// Priority follows from severity and urgency and is never typed in (3.4.2).
void set_priority(record::Priorities const& priorities, json::object& incident) {
  auto const severity = priorities.matrix.find(text_of(incident, "severity"));
  if (severity == priorities.matrix.end()) {
    incident["priority"] = priorities.unassessed;
    return;
  }
  auto const urgency = text_of(incident, "urgency");
  auto const found = severity->second.find(urgency.empty() ? "medium" : urgency);
  incident["priority"] = found == severity->second.end() ? priorities.unassessed : found->second;
}

Result<> reported(record::Priorities const& priorities, record::Change& change) {
  auto& incident = change.after;
  bool const by_person = !change.actor.person.starts_with("system:");
  // A running fault that carries an alert's name takes in that alert's later occurrences, so only the
  // monitoring may report one; an imported fault has ended.
  if (by_person && text_of(incident, "state") == "reported") {
    if (!incident.at("alert").is_null()) return refuse(Why::invalid, "/alert", "cannot be set here");
    if (incident.at("source") == "alert") return refuse(Why::invalid, "/source", "cannot be set here");
  }
  if (by_person && incident["reporter"].is_null()) incident["reporter"] = change.actor.person;
  if (by_person && incident["unit"].is_null() && !change.actor.unit.empty())
    incident["unit"] = change.actor.unit;
  if (incident["started_at"].is_null()) incident["started_at"] = incident.at("created_at");
  auto const started_at = parse_instant(text_of(incident, "started_at"));
  if (started_at.has_value() && *started_at > change.edit.now() + std::chrono::minutes{5})
    return refuse(Why::invalid, "/started_at", "must not lie in the future");
  set_priority(priorities, incident);
  return {};
}

Result<> changed(record::Priorities const& priorities, record::Change& change) {
  auto& incident = change.after;
  set_priority(priorities, incident);
  auto const state = text_of(incident, "state");
  bool const ended = state == "closed" || state == "cancelled";
  if (ended && incident.at("closed_at").is_null()) incident["closed_at"] = format_instant(change.edit.now());
  if (state == "diagnosing" && change.before.at("state") != "diagnosing") {
    // Work that came back starts a new round: what the last test and the reporter said no longer holds.
    incident["test_result"] = nullptr;
    incident["confirmed"] = nullptr;
  }
  return {};
}

}  // namespace

record::Module incident(record::Settings const& settings) {
  auto const priorities = settings.priorities;
  record::Module module;
  module.kind = "incident";
  module.plural = "incidents";
  module.fields = describe::fields<Incident>();
  module.defaults = describe::to_json(Incident{});
  module.needed = {"title"};
  module.given = {"title", "description", "source",   "reporter", "system", "device",
                  "scope", "started_at",  "severity", "urgency",  "alert"};
  module.editable = {"title", "description", "system", "device", "scope", "started_at"};
  module.listed = {"id",       "number",   "title",      "state",      "priority", "system",
                   "assignee", "reporter", "created_at", "updated_at", "source"};
  module.sorted = {"created_at", "updated_at", "priority", "number"};
  module.searched = {"title", "description", "diagnosis", "solution", "cause", "device"};
  module.people = {"reporter", "assignee"};
  module.unit = "unit";
  module.closed = {"closed", "cancelled"};
  module.process = "incident";
  module.report_verb = "report";
  module.update_verb = "update";
  module.before_create = [priorities](record::Change& change) { return reported(priorities, change); };
  module.before_change = [priorities](record::Change& change) { return changed(priorities, change); };
  return module;
}

}  // namespace yunzhi::modules
