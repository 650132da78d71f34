// What an Alertmanager sends to a webhook: alerts of one group together, when they change and again and again
// while they fire. Pure. Source: prometheus.io/docs/alerting/latest/configuration, <webhook_config>, version
// "4", and Alertmanager's notify/notify.go for when a group is sent.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "monitor/alert/alert.hpp"
#include "notify/channels.hpp"

namespace yunzhi::app {

struct GroupedAlert {
  std::string id;  ///< of the alert's record
  std::string fingerprint;
  monitor::Labels labels;
  std::map<std::string, std::string> annotations;
  bool firing = true;
  Instant starts_at{};
  std::optional<Instant> ends_at;  ///< of one that is over
};

/// The labels that the receiver's alerts are grouped by; "..." stands for all of them.
monitor::Labels group_labels(notify::AlertReceiver const& receiver, monitor::Labels const& labels);
/// As Alertmanager names the group of a single route: {}:{alertname="Down"}.
std::string group_key(monitor::Labels const& labels);

/// What the receiver knows of a group.
struct ToldGroup {
  std::optional<Instant> sent_at;
  std::set<std::string> firing;  ///< ids of the alerts told as firing
};

/// Whether the group is to be sent now: something fires that was not told, something told is over, or the
/// last message is older than the repeat interval.
bool needs_message(notify::AlertReceiver const& receiver, ToldGroup const& told,
                   std::vector<GroupedAlert> const& alerts, Instant now);

/// The payload. `external_url` is where people look at alerts; may be empty.
json::object alerts_message(notify::AlertReceiver const& receiver, monitor::Labels const& group,
                            std::vector<GroupedAlert> alerts, std::string const& external_url);

}  // namespace yunzhi::app
