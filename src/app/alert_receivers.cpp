#include "app/alert_receivers.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "notify/outbox.hpp"

namespace yunzhi::app {
namespace {

constexpr std::int64_t alerts_read = 10'000;
constexpr std::int64_t step_of_receivers = 0;

std::map<std::string, std::string> texts_of(std::string const& text) {
  std::map<std::string, std::string> texts;
  if (auto const parsed = parse_json(text); parsed.has_value() && parsed->is_object())
    for (auto const& member : parsed->get_object())
      texts[member.key()] = std::string_view(member.value().as_string());
  return texts;
}

using Columns = std::tuple<std::string, std::string, std::string, std::string, std::string,
                           std::optional<Instant>, std::optional<Instant>, std::optional<Instant>>;

GroupedAlert alert_of(Columns const& row) {
  auto const& [id, fingerprint, labels, annotations, state, active_at, fired_at, resolved_at] = row;
  auto const pairs = texts_of(labels);
  GroupedAlert alert;
  alert.id = id;
  alert.fingerprint = fingerprint;
  alert.labels = monitor::Labels(std::vector<monitor::Label>(pairs.begin(), pairs.end()));
  alert.annotations = texts_of(annotations);
  alert.firing = state == "firing";
  alert.starts_at = fired_at.value_or(active_at.value_or(Instant{}));
  if (!alert.firing) alert.ends_at = resolved_at;
  return alert;
}

std::vector<GroupedAlert> firing_alerts(store::Reader& reader) {
  std::vector<GroupedAlert> alerts;
  for (auto const& row : reader.rows<std::string, std::string, std::string, std::string, std::string,
                                     std::optional<Instant>, std::optional<Instant>, std::optional<Instant>>(
           "select id, fingerprint, labels, annotations, state, active_at, fired_at, resolved_at from alert "
           "where state = 'firing' and silence is null and maintenance_window is null and caused_by is null "
           "order by id limit :most",
           alerts_read))
    alerts.push_back(alert_of(row));
  return alerts;
}

std::optional<GroupedAlert> ended_alert(store::Reader& reader, std::string const& id) {
  auto const row = reader.row<std::string, std::string, std::string, std::string, std::string,
                              std::optional<Instant>, std::optional<Instant>, std::optional<Instant>>(
      "select id, fingerprint, labels, annotations, state, active_at, fired_at, resolved_at from alert where "
      "id = :id and state = 'resolved'",
      id);
  return row ? std::optional(alert_of(*row)) : std::nullopt;
}

std::set<std::string> ids_of(std::string const& text) {
  std::set<std::string> ids;
  if (auto const parsed = parse_json(text); parsed.has_value() && parsed->is_array())
    for (auto const& id : parsed->get_array()) ids.emplace(std::string_view(id.as_string()));
  return ids;
}

std::string text_of_ids(std::set<std::string> const& ids) {
  json::array list;
  for (auto const& id : ids) list.emplace_back(id);
  return json::serialize(list);
}

}  // namespace

AlertReceivers::Groups AlertReceivers::groups_of(store::Reader& reader, notify::AlertReceiver const& receiver,
                                                 std::vector<GroupedAlert> const& firing, Instant now) {
  Groups groups;
  for (auto const& alert : firing) {
    auto labels = group_labels(receiver, alert.labels);
    auto& group = groups[group_key(labels)];
    group.labels = std::move(labels);
    group.alerts.push_back(alert);
    group.row = {now + receiver.group_wait, {}, true};
  }
  for (auto& [key, next_at, sent_at, told] :
       reader.rows<std::string, Instant, std::optional<Instant>, std::string>(
           "select group_key, next_at, sent_at, told from alert_group where receiver = :receiver",
           receiver.name))
    groups[key].row = {next_at, {sent_at, ids_of(told)}, false};
  return groups;
}

bool AlertReceivers::is_due(Groups const& groups, Instant now) {
  return std::any_of(groups.begin(), groups.end(), [now](auto const& each) {
    return each.second.row.is_new || each.second.row.next_at <= now;
  });
}

bool AlertReceivers::run() {
  auto const due = store_.read([&](store::Reader& reader) {
    auto const now = store_.clock()();
    auto const firing = firing_alerts(reader);
    std::vector<notify::AlertReceiver const*> found;
    for (auto const& receiver : channels_.alert_receivers)
      if (is_due(groups_of(reader, receiver, firing, now), now)) found.push_back(&receiver);
    return found;
  });
  for (auto const* receiver : due) {
    auto const done = store_.write([&](store::Edit& edit) { return send_due(edit, *receiver); });
    if (done.has_error())
      log::error("alert.not_sent_on", {{"receiver", receiver->name}, {"reason", done.error().english()}});
  }
  return false;
}

Result<> AlertReceivers::send_due(store::Edit& edit, notify::AlertReceiver const& receiver) const {
  for (auto const& [key, group] : groups_of(edit, receiver, firing_alerts(edit), edit.now())) {
    if (group.row.is_new)
      edit.run(
          "insert into alert_group (receiver, group_key, next_at, told) values (:receiver, :key, :next, "
          "'[]')",
          receiver.name, key, group.row.next_at);
    else if (group.row.next_at <= edit.now())
      flush(edit, receiver, key, group);
  }
  return {};
}

void AlertReceivers::flush(store::Edit& edit, notify::AlertReceiver const& receiver, std::string const& key,
                           Group group) const {
  std::set<std::string> now_told;
  for (auto const& alert : group.alerts) now_told.insert(alert.id);
  for (auto const& id : group.row.told.firing) {
    if (now_told.contains(id)) continue;
    if (auto ended = ended_alert(edit, id))
      group.alerts.push_back(std::move(*ended));
    else
      now_told.insert(id);  // fires still, but is kept quiet
  }
  bool const sends = needs_message(receiver, group.row.told, group.alerts, edit.now());
  if (sends) {
    auto alerts = group.alerts;
    if (!receiver.send_resolved) std::erase_if(alerts, [](auto const& alert) { return !alert.firing; });
    auto const labels = group.labels.empty() ? group_labels(receiver, alerts.front().labels) : group.labels;
    auto const id = put(edit, receiver, labels, alerts);
    for (auto const& alert : alerts)
      trace_delivery(edit, alert.id, step_of_receivers, {{}, "alerts", receiver.name, id, {}});
  }
  if (now_told.empty())
    edit.run("delete from alert_group where receiver = :receiver and group_key = :key", receiver.name, key);
  else
    edit.run(
        "update alert_group set next_at = :next, sent_at = :sent, told = :told where receiver = :receiver "
        "and "
        "group_key = :key",
        edit.now() + receiver.group_interval, sends ? std::optional(edit.now()) : group.row.told.sent_at,
        text_of_ids(now_told), receiver.name, key);
}

std::string AlertReceivers::put(store::Edit& edit, notify::AlertReceiver const& receiver,
                                monitor::Labels const& labels,
                                std::vector<GroupedAlert> const& alerts) const {
  notify::Rendered rendered;
  rendered.kind = "alerts";
  rendered.title = group_key(labels);
  rendered.body = json::serialize(alerts_message(receiver, labels, alerts, channels_.base_url));
  edit.after_commit(wake_);
  return notify::put(edit, notify::Channel::alerts, receiver.name, rendered);
}

std::vector<notify::Told> AlertReceivers::send_test(store::Edit& edit, GroupedAlert const& alert) const {
  std::vector<notify::Told> told;
  for (auto const& receiver : channels_.alert_receivers)
    told.push_back({{},
                    "alerts",
                    receiver.name,
                    put(edit, receiver, group_labels(receiver, alert.labels), {alert}),
                    {}});
  return told;
}

}  // namespace yunzhi::app
