#include "app/alert_desk.hpp"

#include "app/alert_suppression.hpp"
#include "app/json_texts.hpp"
#include "base/limits.hpp"
#include "base/log.hpp"
#include "base/text/utf8.hpp"
#include "modules/silence/silence.hpp"
#include "record/rows.hpp"

namespace yunzhi::app {
namespace {

bool among(std::string_view value, std::initializer_list<std::string_view> choices) {
  return std::find(choices.begin(), choices.end(), value) != choices.end();
}

std::string line_of(std::string const& text) {
  std::string line(first_characters(text, limits::line_characters));
  for (auto& c : line)
    if (c == '\n' || c == '\r') c = ' ';
  return line;
}

json::value instant_or_null(std::optional<Instant> const& at) {
  return at ? json::value(format_instant(*at)) : json::value(nullptr);
}

json::value finite_or_null(double value) {
  return std::isfinite(value) ? json::value(value) : json::value(nullptr);
}

std::string annotation(monitor::AlertChange const& change, std::string const& name) {
  auto const found = change.annotations.find(name);
  return found == change.annotations.end() ? std::string() : found->second;
}

json::object known_occurrence(store::Reader& reader, record::Module const& module,
                              monitor::AlertChange const& change) {
  auto const id = reader.one<std::string>(
      "select id from alert where fingerprint = :fingerprint and active_at = :active_at", change.fingerprint,
      change.active_at);
  return id ? record::fetch(reader, module.kind, module.fields, *id) : json::object();
}

monitor::Labels labels_of(json::object const& object) {
  std::vector<monitor::Label> labels;
  for (auto const& member : object)
    labels.emplace_back(member.key(), std::string_view(member.value().as_string()));
  return monitor::Labels(std::move(labels));
}

monitor::Labels labels_of(std::string const& text) {
  auto const parsed = parse_json(text);
  return parsed.has_value() && parsed->is_object() ? labels_of(parsed->get_object()) : monitor::Labels();
}

bool is_silenced(std::vector<monitor::Silence> const& silences, monitor::Labels const& labels, Instant now) {
  return std::any_of(silences.begin(), silences.end(), [&](monitor::Silence const& silence) {
    return monitor::silences(silence, labels, now);
  });
}

// An alert kept as a record, as the engine told of it.
monitor::AlertChange change_of(json::object const& known) {
  monitor::AlertChange change;
  change.fingerprint = text_of(known, "fingerprint");
  change.name = text_of(known, "name");
  change.severity = text_of(known, "severity");
  change.state = monitor::AlertState::firing;
  change.labels = labels_of(known.at("labels").as_object());
  for (auto const& member : known.at("annotations").as_object())
    change.annotations[member.key()] = std::string_view(member.value().as_string());
  if (auto const at = parse_instant(text_of(known, "active_at")); at.has_value()) change.active_at = *at;
  return change;
}

}  // namespace

// What is only low is looked at with the others of its kind.
bool opens_fault(monitor::Labels const& labels, std::string_view severity) {
  auto const wish = labels.get("incident");
  if (!wish.empty()) return wish == "true";
  return among(severity, {"critical", "major", "minor"});
}

std::string system_of(store::Reader& reader, monitor::Labels const& labels) {
  auto const instance = labels.get("instance");
  if (instance.empty()) return {};
  return reader
      .one<std::string>(
          "select id from system where (address = :address or probe = :probe) and state <> 'retired' "
          "order by case when name = :name then 0 else 1 end, id limit 1",
          instance, instance, labels.get("system"))
      .value_or("");
}

void AlertDesk::take(monitor::AlertChange const& change) {
  if (change.state != monitor::AlertState::firing && change.state != monitor::AlertState::resolved) return;
  auto const done = store_.write([&](store::Edit& edit) -> Result<> {
    auto const known = known_occurrence(edit, *kernel_.modules().find("alert"), change);
    if (change.state == monitor::AlertState::firing)
      return known.empty() ? fired(edit, change) : goes_on(edit, change, known);
    return resolved(edit, change, known);
  });
  if (done.has_error())
    log::error("alert.not_kept", {{"alert", change.name}, {"reason", done.error().english()}});
}

Result<AlertDesk::Fault> AlertDesk::incident_for(store::Edit& edit, monitor::AlertChange const& change,
                                                 std::string const& system) {
  // An alert that comes back while its fault is still being worked on belongs to that fault.
  auto const open = edit.one<std::string>(
      "select id from incident where alert = :alert and state not in ('closed', 'cancelled') order by id "
      "desc limit 1",
      change.fingerprint);
  if (open) {
    if (auto const again = write_fault(edit, *open, {{"recovered_at", nullptr}}); again.has_error())
      return again.error();
    return Fault{*open, {}, {}, false};
  }
  auto title = annotation(change, "summary");
  if (title.empty()) title = change.name;
  json::object given{{"title", line_of(title)},
                     {"source", "alert"},
                     {"alert", change.fingerprint},
                     {"started_at", format_instant(change.active_at)}};
  if (auto const text = annotation(change, "description"); !text.empty())
    given["description"] = std::string(first_characters(text, limits::prose_characters));
  if (!system.empty()) given["system"] = system;
  if (among(change.severity, {"critical", "major", "minor", "low"})) given["severity"] = change.severity;
  auto const urgency = change.labels.get("urgency");
  given["urgency"] = among(urgency, {"high", "medium", "low"}) ? urgency : std::string_view("medium");
  auto const incident =
      lifecycle_.open(edit, access::system_actor("monitor"), *kernel_.modules().find("incident"), given);
  if (incident.has_error()) return incident.error();
  return Fault{text_of(*incident, "id"), text_of(*incident, "number"), line_of(title), true};
}

// Whoever is on duty hears of a new fault, and others if nobody acknowledges its alert.
void AlertDesk::tell(store::Edit& edit, std::string const& alert, monitor::AlertChange const& change,
                     Fault const& fault) {
  if (fault.opened)
    teller_.tell(edit, alert, 0, on_duty_(edit),
                 {"Alert: {} ({})", {fault.title, fault.number}, "/incidents/" + fault.id});
  escalation_.begin(edit, alert, change.severity);
}

Result<> AlertDesk::fired(store::Edit& edit, monitor::AlertChange const& change) {
  auto const system = system_of(edit, change.labels);
  auto const suppression = suppression_of(edit, change.labels, system, edit.now(), calendar_);
  Fault fault;
  if (opens_fault(change.labels, change.severity) && !suppression.holds()) {
    auto found = incident_for(edit, change, system);
    if (found.has_error()) return found.error();
    fault = std::move(*found);
  }
  json::object alert{{"name", line_of(change.name)},
                     {"fingerprint", change.fingerprint},
                     {"labels", texts(change.labels)},
                     {"annotations", texts(change.annotations)},
                     {"severity", change.severity},
                     {"state", "firing"},
                     {"active_at", format_instant(change.active_at)},
                     {"fired_at", instant_or_null(change.fired_at)},
                     {"value", finite_or_null(change.value)},
                     {"flapping", change.flapping},
                     {"notified", !fault.id.empty()}};
  if (!fault.id.empty()) alert["incident"] = fault.id;
  if (!system.empty()) alert["system"] = system;
  if (!suppression.silence.empty()) alert["silence"] = suppression.silence;
  if (!suppression.maintenance_window.empty()) alert["maintenance_window"] = suppression.maintenance_window;
  if (!suppression.caused_by.empty()) alert["caused_by"] = suppression.caused_by;
  auto const& module = *kernel_.modules().find("alert");
  auto const kept = kernel_.add(edit, access::system_actor("monitor"), module, alert);
  if (kept.has_error()) return kept.error();
  auto const begun = lifecycle_.begin_by_condition(edit, module, {}, *kept);
  if (begun.has_error()) return begun.error();
  auto const id = text_of(*kept, "id");
  if (!fault.id.empty()) tell(edit, id, change, fault);
  auto const subject = fault.id.empty() ? "alert/" + id : "incident/" + fault.id;
  edit.record({"system:monitor", fault.opened ? "incident.report" : "alert.fire", subject,
               json::object{{"alert", change.name}, {"value", alert["value"]}}, ""});
  return {};
}

// Another severity, or it flaps, or does no longer. Until somebody has assessed the fault, it is as severe as
// its alert.
Result<> AlertDesk::goes_on(store::Edit& edit, monitor::AlertChange const& change,
                            json::object const& known) {
  if (text_of(known, "state") != "firing") return {};
  auto const incident = text_of(known, "incident");
  if (!incident.empty() && among(change.severity, {"critical", "major", "minor", "low"})) {
    auto const followed = write_fault(edit, incident, {{"severity", change.severity}}, "reported");
    if (followed.has_error()) return followed.error();
  }
  return look_again(edit, known,
                    json::object{{"severity", change.severity},
                                 {"labels", texts(change.labels)},
                                 {"annotations", texts(change.annotations)},
                                 {"value", finite_or_null(change.value)},
                                 {"flapping", change.flapping}});
}

// Where the fault is over already, or not in the state asked for, it stays as it is.
Result<> AlertDesk::write_fault(store::Edit& edit, std::string const& id, json::object const& changes,
                                std::string_view in_state) {
  auto const& module = *kernel_.modules().find("incident");
  auto const known = record::fetch(edit, module.kind, module.fields, id);
  auto const state = text_of(known, "state");
  if (std::find(module.closed.begin(), module.closed.end(), state) != module.closed.end() ||
      (!in_state.empty() && state != in_state))
    return {};
  auto const after = kernel_.prepare(edit, access::system_actor("monitor"), module, known, changes);
  if (after.has_error()) return after.error();
  if (*after == known) return {};
  kernel_.write(edit, module, known, *after);
  auto const moved = lifecycle_.edited(edit, access::system_actor("monitor"), module, known, *after);
  if (moved.has_error()) return moved.error();
  return {};
}

Result<> AlertDesk::resolved(store::Edit& edit, monitor::AlertChange const& change,
                             json::object const& known) {
  if (known.empty() || text_of(known, "state") == "resolved") return {};
  auto const& module = *kernel_.modules().find("alert");
  auto const after = kernel_.prepare(
      edit, access::system_actor("monitor"), module, known,
      json::object{{"state", "resolved"}, {"resolved_at", instant_or_null(change.resolved_at)}});
  if (after.has_error()) return after.error();
  auto const written = write_alert(edit, access::system_actor("monitor"), known, *after);
  if (written.has_error()) return written.error();
  auto const incident = text_of(known, "incident");
  if (!incident.empty()) {
    auto const settled = write_fault(edit, incident, {{"recovered_at", instant_or_null(change.resolved_at)}});
    if (settled.has_error()) return settled.error();
  }
  edit.record({"system:monitor", "alert.resolve",
               incident.empty() ? "alert/" + text_of(known, "id") : "incident/" + incident,
               json::object{{"alert", change.name}}, ""});
  return {};
}

bool AlertDesk::review(std::size_t most) {
  auto const found = store_.read([&](store::Reader& reader) { return to_review(reader, most); });
  for (auto const& id : found) {
    auto const done = store_.write([&](store::Edit& edit) {
      auto const& module = *kernel_.modules().find("alert");
      return look_again(edit, record::fetch(edit, module.kind, module.fields, id), {});
    });
    if (done.has_error())
      log::error("alert.not_reviewed", {{"alert", id}, {"reason", done.error().english()}});
  }
  return false;
}

// Those that are held back, and those that a silence keeps quiet or not any more. Only these are written to.
std::vector<std::string> AlertDesk::to_review(store::Reader& reader, std::size_t most) const {
  auto const now = store_.clock()();
  auto const silences = modules::silences_ending_after(reader, now);
  std::vector<std::string> ids;
  for (auto const& [id, labels, silence, held] :
       reader.rows<std::string, std::string, std::optional<std::string>, bool>(
           "select id, labels, silence, case when incident is null and (maintenance_window is not null or "
           "caused_by is not null) then 1 else 0 end from alert where state = 'firing' order by "
           "created_at")) {
    if (ids.size() == most) break;
    bool const quiet = is_silenced(silences, labels_of(labels), now);
    if (held || quiet != silence.has_value()) ids.push_back(id);
  }
  return ids;
}

Result<json::object> AlertDesk::acknowledge(store::Edit& edit, access::Actor const& actor,
                                            std::string const& id) {
  auto const& module = *kernel_.modules().find("alert");
  auto const known = kernel_.get(edit, actor, module, id);
  if (known.has_error()) return known.error();
  if (text_of(*known, "state") != "firing") return refuse(Why::conflict, "", "the alert is over");
  if (!text_of(*known, "acknowledged_by").empty())
    return refuse(Why::conflict, "", "somebody has acknowledged this alert already");
  auto const after = kernel_.prepare(
      edit, actor, module, *known,
      json::object{{"acknowledged_by", actor.person}, {"acknowledged_at", format_instant(edit.now())}});
  if (after.has_error()) return after.error();
  return write_alert(edit, actor, *known, *after);
}

Result<json::object> AlertDesk::write_alert(store::Edit& edit, access::Actor const& actor,
                                            json::object const& known, json::object const& after) {
  auto const& module = *kernel_.modules().find("alert");
  return lifecycle_.edited(edit, actor, module, known, kernel_.write(edit, module, known, after));
}

// A silence may begin or end while the alert fires. When nothing holds it back any more, it is a fault like
// any other.
Result<> AlertDesk::look_again(store::Edit& edit, json::object const& known, json::object changes) {
  auto const& module = *kernel_.modules().find("alert");
  auto const id = text_of(known, "id");
  if (text_of(known, "state") != "firing") return {};
  auto const system = text_of(known, "system");
  bool const changed = !changes.empty();
  auto now = known;
  for (auto const& member : changes) now[member.key()] = member.value();
  auto const change = change_of(now);
  auto const suppression = suppression_of(edit, change.labels, system, edit.now(), calendar_);
  bool const held = !text_of(known, "maintenance_window").empty() || !text_of(known, "caused_by").empty();
  changes["silence"] = text_or_null(suppression.silence);
  Fault fault;
  if (!suppression.holds()) {
    if (held) changes["maintenance_window"] = changes["caused_by"] = nullptr;
    if (text_of(known, "incident").empty() && opens_fault(change.labels, change.severity)) {
      auto found = incident_for(edit, change, system);
      if (found.has_error()) return found.error();
      fault = std::move(*found);
      changes["incident"] = fault.id;
      changes["notified"] = true;
    }
  }
  auto const after = kernel_.prepare(edit, access::system_actor("monitor"), module, known, changes);
  if (after.has_error()) return after.error();
  if (*after == known) return {};
  auto const written = write_alert(edit, access::system_actor("monitor"), known, *after);
  if (written.has_error()) return written.error();
  if (!fault.id.empty()) tell(edit, id, change, fault);
  auto const incident = text_of(*after, "incident");
  auto const* action = fault.opened                  ? "incident.report"
                       : changed                     ? "alert.change"
                       : suppression.silence.empty() ? "alert.release"
                                                     : "alert.silence";
  edit.record({"system:monitor", action, incident.empty() ? "alert/" + id : "incident/" + incident,
               json::object{{"alert", change.name}, {"severity", change.severity}}, ""});
  return {};
}

}  // namespace yunzhi::app
