#include "monitor/alert/received_alerts.hpp"

#include "monitor/alert/alert_file.hpp"

namespace yunzhi::monitor {
namespace {

std::string const file_key = "received";

}  // namespace

ReceivedAlerts::ReceivedAlerts(std::filesystem::path state_file) : state_file_(std::move(state_file)) {
  auto kept = read_alerts(state_file_);
  for (auto& alert : kept[file_key]) {
    auto const labels = alert.labels;
    alerts_[labels] = {std::move(alert), {}};
  }
}

void ReceivedAlerts::merge(AlertsByLabels& alerts, SentAlert const& sent, Instant now) {
  bool const over = sent.ends_at && *sent.ends_at <= now;
  auto known = alerts.find(sent.labels);
  bool const firing = known != alerts.end() && known->second.alert.state == AlertState::firing;
  if (over && !firing) return;
  if (!firing) {
    Alert alert;
    alert.labels = sent.labels;
    alert.fingerprint = fingerprint_of(sent.labels);
    alert.name = std::string(sent.labels.get("alertname"));
    alert.state = AlertState::firing;
    alert.active_at = sent.starts_at.value_or(now);
    alert.fired_at = alert.active_at;
    known = alerts.insert_or_assign(sent.labels, Kept{std::move(alert), {}}).first;
  }
  auto& alert = known->second.alert;
  if (!sent.annotations.empty()) alert.annotations = sent.annotations;
  alert.ends_at = sent.ends_at.value_or(now + lasting);
  if (over) {
    alert.state = AlertState::resolved;
    alert.resolved_at = *sent.ends_at;
  }
}

Result<> ReceivedAlerts::take(std::vector<SentAlert> const& sent, Instant now) {
  std::lock_guard const lock(guard_);
  auto alerts = alerts_;
  for (auto const& each : sent) merge(alerts, each, now);
  if (alerts.size() > most) return refuse(Why::full, "", "there are more than {} alerts from others", most);
  save(alerts);
  alerts_ = std::move(alerts);
  return {};
}

void ReceivedAlerts::expire(Instant now) {
  std::lock_guard const lock(guard_);
  for (auto& [labels, kept] : alerts_) {
    auto& alert = kept.alert;
    if (alert.state != AlertState::firing || !alert.ends_at || *alert.ends_at > now) continue;
    alert.state = AlertState::resolved;
    alert.resolved_at = alert.ends_at;
  }
}

std::vector<Alert> ReceivedAlerts::alerts() const {
  std::lock_guard const lock(guard_);
  std::vector<Alert> result;
  for (auto const& [labels, kept] : alerts_)
    if (kept.alert.state == AlertState::firing) result.push_back(kept.alert);
  return result;
}

std::vector<AlertChange> ReceivedAlerts::news() const {
  std::lock_guard const lock(guard_);
  std::vector<AlertChange> result;
  for (auto const& [labels, kept] : alerts_)
    if (kept.told != kept.alert.state) result.push_back(news_of(kept.alert));
  return result;
}

void ReceivedAlerts::told(AlertChange const& change) {
  std::lock_guard const lock(guard_);
  auto const found = alerts_.find(change.labels);
  if (found == alerts_.end() || found->second.alert.state != change.state) return;
  found->second.told = change.state;
}

// A resolved alert leaves the file only after the house was told: a crash in between tells it again.
void ReceivedAlerts::forget_told() {
  std::lock_guard const lock(guard_);
  auto const gone = std::erase_if(alerts_, [](auto const& each) {
    return each.second.alert.state == AlertState::resolved && each.second.told == AlertState::resolved;
  });
  if (gone > 0) save(alerts_);
}

void ReceivedAlerts::save(AlertsByLabels const& alerts) const {
  KeptAlerts kept;
  auto& list = kept[file_key];
  for (auto const& [labels, each] : alerts) list.push_back(each.alert);
  write_alerts(state_file_, kept);
}

}  // namespace yunzhi::monitor
