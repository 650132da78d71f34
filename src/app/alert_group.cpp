#include "app/alert_group.hpp"

#include <algorithm>

#include "app/json_texts.hpp"

namespace yunzhi::app {
namespace {

// Go's time 0: the end is not known.
constexpr auto no_end = "0001-01-01T00:00:00Z";

using Texts = std::map<std::string, std::string>;

// What all have alike.
Texts common(Texts first, Texts const& other) {
  std::erase_if(first, [&](auto const& pair) {
    auto const found = other.find(pair.first);
    return found == other.end() || found->second != pair.second;
  });
  return first;
}

json::object listed(GroupedAlert const& alert, std::string const& external_url) {
  return {
      {"status", alert.firing ? "firing" : "resolved"},
      {"labels", texts(alert.labels)},
      {"annotations", texts(alert.annotations)},
      {"startsAt", format_instant(alert.starts_at)},
      {"endsAt", alert.ends_at ? format_instant(*alert.ends_at) : std::string(no_end)},
      {"generatorURL", external_url.empty() || alert.id.empty() ? "" : external_url + "/alerts/" + alert.id},
      {"fingerprint", alert.fingerprint}};
}

}  // namespace

monitor::Labels group_labels(notify::AlertReceiver const& receiver, monitor::Labels const& labels) {
  bool const all = receiver.group_by == std::vector<std::string>{"..."};
  return all ? labels : labels.keep(receiver.group_by);
}

std::string group_key(monitor::Labels const& labels) {
  return "{}:" + (labels.empty() ? std::string("{}") : labels.text());
}

bool needs_message(notify::AlertReceiver const& receiver, ToldGroup const& told,
                   std::vector<GroupedAlert> const& alerts, Instant now) {
  auto const is_news = [&](GroupedAlert const& alert) {
    bool const known = told.firing.contains(alert.id);
    return alert.firing ? !known : known && receiver.send_resolved;
  };
  if (std::any_of(alerts.begin(), alerts.end(), is_news)) return true;
  bool const fires =
      std::any_of(alerts.begin(), alerts.end(), [](GroupedAlert const& alert) { return alert.firing; });
  return fires && (!told.sent_at || *told.sent_at + receiver.repeat_interval <= now);
}

json::object alerts_message(notify::AlertReceiver const& receiver, monitor::Labels const& group,
                            std::vector<GroupedAlert> alerts, std::string const& external_url) {
  std::sort(alerts.begin(), alerts.end(), [](GroupedAlert const& one, GroupedAlert const& other) {
    return std::tie(one.labels, one.id) < std::tie(other.labels, other.id);
  });
  std::optional<Texts> labels;
  std::optional<Texts> annotations;
  bool fires = false;
  json::array list;
  for (auto const& alert : alerts) {
    Texts const own(alert.labels.begin(), alert.labels.end());
    labels = labels ? common(std::move(*labels), own) : own;
    annotations = annotations ? common(std::move(*annotations), alert.annotations) : alert.annotations;
    fires = fires || alert.firing;
    list.push_back(listed(alert, external_url));
  }
  return {{"version", "4"},
          {"groupKey", group_key(group)},
          {"truncatedAlerts", 0},
          {"status", fires ? "firing" : "resolved"},
          {"receiver", receiver.name},
          {"groupLabels", texts(group)},
          {"commonLabels", texts(labels.value_or(Texts()))},
          {"commonAnnotations", texts(annotations.value_or(Texts()))},
          {"externalURL", external_url},
          {"alerts", std::move(list)}};
}

}  // namespace yunzhi::app
