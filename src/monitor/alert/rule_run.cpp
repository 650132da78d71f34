#include "monitor/alert/rule_run.hpp"

#include <cmath>

namespace yunzhi::monitor {
namespace {

constexpr std::size_t alerts_per_rule = 2'000;

double row_value(ResultSeries const& row) {
  return row.samples.empty() ? 0 : row.samples.front().value;
}

// A scalar counts as one row without labels.
std::vector<ResultSeries> rows_of(QueryResult const& result) {
  if (result.type != ValueType::scalar) return result.series;
  return {ResultSeries{{}, {result.scalar}}};
}

}  // namespace

Labels RuleRun::labels_of(ResultSeries const& row) const {
  Labels labels = row.labels;
  labels.remove(name_label);
  TemplateScope const scope{row.labels, row_value(row)};
  for (auto const& [name, text] : rule_.labels) labels.set(name, text.fill(scope));
  labels.set(rule_.recording ? name_label : "alertname", rule_.name);
  return labels;
}

Result<std::vector<Point>> RuleRun::step(QueryResult const& result, Instant now) {
  QueryResult const rows{ValueType::vector, rows_of(result), {}, {}, 0};
  if (!rule_.recording && rows.series.size() > alerts_per_rule) {
    return refuse(Why::too_large, rule_.place, "the rule would give more than {} alerts", alerts_per_rule);
  }
  std::vector<Labels> labels;
  std::set<Labels> seen;
  for (auto const& row : rows.series) {
    labels.push_back(labels_of(row));
    if (!seen.insert(labels.back()).second) {
      return refuse(Why::invalid, rule_.place,
                    "two results have the same labels {} once the rule's own are set", labels.back().text());
    }
  }
  health_ = RuleHealth::ok;
  last_error_.clear();
  if (rule_.recording) return recorded_points(rows, labels, now);
  for (std::size_t i = 0; i < labels.size(); ++i) touch(labels[i], rows.series[i], now);
  for (auto& [key, kept] : alerts_) {
    if (!seen.contains(key)) miss(kept, now);
  }
  return alert_points(now);
}

void RuleRun::touch(Labels const& labels, ResultSeries const& row, Instant now) {
  auto& kept = alerts_[labels];
  auto& alert = kept.alert;
  bool const over = alert.state == AlertState::resolved || alert.state == AlertState::inactive;
  if (alert.fingerprint.empty() || over) {
    kept = {};
    alert.fingerprint = fingerprint_of(labels);
    alert.name = rule_.name;
    alert.labels = labels;
    alert.active_at = now;
  }
  kept.missing_since.reset();
  alert.value = row_value(row);
  TemplateScope const scope{row.labels, alert.value};
  for (auto const& [name, text] : rule_.annotations) alert.annotations[name] = text.fill(scope);
  if (alert.state == AlertState::pending && now - alert.active_at >= rule_.hold) {
    alert.state = AlertState::firing;
    alert.fired_at = now;
  }
}

void RuleRun::miss(Kept& kept, Instant now) const {
  auto& alert = kept.alert;
  if (alert.state == AlertState::pending) alert.state = AlertState::inactive;
  if (alert.state != AlertState::firing) return;
  if (!kept.missing_since) kept.missing_since = now;
  if (rule_.keep_firing > Milliseconds{0} && now - *kept.missing_since < rule_.keep_firing) return;
  alert.state = AlertState::resolved;
  alert.resolved_at = now;
}

std::vector<Point> RuleRun::alert_points(Instant now) {
  std::vector<Point> points;
  std::set<Labels> written;
  for (auto const& [key, kept] : alerts_) {
    auto const& alert = kept.alert;
    if (alert.state != AlertState::pending && alert.state != AlertState::firing) continue;
    Labels state = key;
    state.set(name_label, "ALERTS");
    state.set("alertstate", name_of(alert.state));
    Labels since = key;
    since.set(name_label, "ALERTS_FOR_STATE");
    points.push_back({state, {to_ms(now), 1}});
    points.push_back({since, {to_ms(now), std::floor(static_cast<double>(to_ms(alert.active_at)) / 1000)}});
    written.insert(std::move(state));
    written.insert(std::move(since));
  }
  mark_vanished(std::move(written), points, now);
  return points;
}

std::vector<Point> RuleRun::recorded_points(QueryResult const& rows, std::vector<Labels> const& labels,
                                            Instant now) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < labels.size(); ++i)
    points.push_back({labels[i], {to_ms(now), row_value(rows.series[i])}});
  mark_vanished({labels.begin(), labels.end()}, points, now);
  return points;
}

void RuleRun::mark_vanished(std::set<Labels> written, std::vector<Point>& points, Instant now) {
  for (auto const& labels : written_) {
    if (!written.contains(labels)) points.push_back({labels, {to_ms(now), stale_marker()}});
  }
  written_ = std::move(written);
}

void RuleRun::failed(std::string error) {
  health_ = RuleHealth::failing;
  last_error_ = std::move(error);
}

void RuleRun::measured(Instant now, double seconds) {
  last_run_ = now;
  seconds_ = seconds;
}

std::vector<AlertChange> RuleRun::news() const {
  std::vector<AlertChange> result;
  for (auto const& [key, kept] : alerts_) {
    auto const& a = kept.alert;
    if (kept.told == a.state) continue;
    result.push_back({a.fingerprint, a.name, a.labels, a.annotations, a.severity(), a.state, a.active_at,
                      a.fired_at, a.resolved_at, a.value});
  }
  return result;
}

void RuleRun::told(AlertChange const& change) {
  auto const found = alerts_.find(change.labels);
  if (found == alerts_.end()) return;
  found->second.told = change.state;
  if (change.state == AlertState::resolved || change.state == AlertState::inactive) alerts_.erase(found);
}

void RuleRun::restore(std::vector<Alert> const& alerts) {
  for (auto const& alert : alerts) alerts_[alert.labels] = {alert, std::nullopt, std::nullopt};
}

void RuleRun::inherit(RuleRun&& earlier) {
  alerts_ = std::move(earlier.alerts_);
  written_ = std::move(earlier.written_);
}

std::vector<Alert> RuleRun::alerts() const {
  std::vector<Alert> result;
  for (auto const& [key, kept] : alerts_) {
    if (kept.alert.state == AlertState::pending || kept.alert.state == AlertState::firing)
      result.push_back(kept.alert);
  }
  return result;
}

}  // namespace yunzhi::monitor
