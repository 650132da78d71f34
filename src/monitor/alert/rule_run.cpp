#include "monitor/alert/rule_run.hpp"

#include <algorithm>
#include <cmath>

namespace yunzhi::monitor {
namespace {

constexpr std::size_t alerts_per_rule = 2'000;
constexpr Milliseconds remembered_for = std::chrono::hours(24);

double row_value(ResultSeries const& row) {
  return row.samples.empty() ? 0 : row.samples.front().value;
}

// A scalar counts as one row without labels.
std::vector<ResultSeries> rows_of(QueryResult const& result) {
  if (result.type != ValueType::scalar) return result.series;
  return {ResultSeries{{}, {result.scalar}}};
}

}  // namespace

Labels RuleRun::labels_of(ResultSeries const& row, RuleInput const& input) const {
  Labels labels = row.labels;
  labels.remove(name_label);
  TemplateScope const scope{row.labels, row_value(row), input.external_labels, input.external_url,
                            input.query};
  for (auto const& [name, text] : rule_.labels) labels.set(name, text.fill(scope));
  labels.set(rule_.recording ? name_label : "alertname", rule_.name);
  return labels;
}

Result<std::vector<Point>> RuleRun::step(QueryResult const& rows, Instant now) {
  RuleInput input;
  input.levels.push_back(rows);
  return step(input, now);
}

Result<std::vector<Point>> RuleRun::step(RuleInput const& input, Instant now) {
  if (rule_.recording) return record(input, now);
  auto active = active_rows(input, now);
  if (!active) return active.error();
  health_ = RuleHealth::ok;
  last_error_.clear();
  for (auto const& [key, seen] : *active) touch(key, seen, input, now);
  for (auto& [key, kept] : alerts_) {
    if (!active->contains(key)) miss(key, kept, input, now);
  }
  if (auto few = need_few_alerts(now); !few) return few.error();
  return alert_points(now - rule_.offset());
}

// Over the group's limit the rule has no alerts at all, as in Prometheus; those that were told of are told to
// be over.
Result<> RuleRun::need_few_alerts(Instant now) {
  auto const count = alerts().size();
  if (rule_.limit == 0 || count <= rule_.limit) return {};
  std::erase_if(alerts_, [](auto const& each) { return !each.second.told; });
  for (auto& [key, kept] : alerts_) {
    auto& alert = kept.alert;
    if (alert.state == AlertState::pending) alert.state = AlertState::inactive;
    if (alert.state != AlertState::firing) continue;
    alert.state = AlertState::resolved;
    alert.resolved_at = now;
  }
  return refuse(Why::too_large, rule_.place, "exceeded limit of {} with {} alerts", rule_.limit, count);
}

// One row for each alert: that of the most severe level at which it has one.
Result<std::map<Labels, RuleRun::Seen>> RuleRun::active_rows(RuleInput const& input, Instant now) {
  std::map<Labels, Seen> active;
  for (std::size_t i = input.levels.size(); i-- > 0;) {
    auto const severity = rule_.levels.empty() ? std::string() : rule_.levels.at(i).severity;
    std::set<Labels> seen;
    for (auto& row : rows_of(input.levels[i])) {
      auto key = labels_of(row, input);
      if (!seen.insert(key).second) {
        return refuse(Why::invalid, rule_.place,
                      "two results have the same labels {} once the rule's own are set", key.text());
      }
      active.try_emplace(std::move(key), Seen{std::move(row), severity});
    }
  }
  add_without_data(input, active, now);
  if (active.size() > alerts_per_rule) {
    return refuse(Why::too_large, rule_.place, "the rule would give more than {} alerts", alerts_per_rule);
  }
  return active;
}

// With no_data: fire, a series that had data of late and has none now counts as if the condition held.
void RuleRun::add_without_data(RuleInput const& input, std::map<Labels, Seen>& active, Instant now) {
  if (rule_.no_data != NoData::fire || !input.data) return;
  for (auto& row : rows_of(*input.data)) {
    row.labels.remove_metadata();
    if (known_.size() < alerts_per_rule || known_.contains(row.labels)) known_[row.labels] = now;
  }
  std::erase_if(known_, [now](auto const& each) { return now - each.second > remembered_for; });
  for (auto const& [source, last] : known_) {
    if (last == now) continue;
    ResultSeries row{source, {{to_ms(now), std::nan("")}}};
    auto key = labels_of(row, input);
    active.try_emplace(std::move(key),
                       Seen{std::move(row), rule_.levels.empty() ? "" : rule_.levels.back().severity});
  }
}

void RuleRun::touch(Labels const& labels, Seen const& seen, RuleInput const& input, Instant now) {
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
  bool const again = kept.missing_since.has_value();
  kept.missing_since.reset();
  kept.source = seen.row.labels;
  kept.source.remove_metadata();
  if (!seen.severity.empty()) alert.labels.set("severity", seen.severity);
  alert.value = row_value(seen.row);
  TemplateScope const scope{seen.row.labels, alert.value, input.external_labels, input.external_url,
                            input.query};
  for (auto const& [name, text] : rule_.annotations) alert.annotations[name] = text.fill(scope);
  bool const fires = alert.state == AlertState::pending && now - alert.active_at >= rule_.hold;
  if (fires) {
    alert.state = AlertState::firing;
    alert.fired_at = now;
  }
  if (rule_.flapping.times > 0 && (fires || (again && alert.state == AlertState::firing))) {
    auto& times = fired_[labels];
    times.push_back(now);
    std::erase_if(times, [&](Instant at) { return now - at > rule_.flapping.within; });
    alert.flapping = times.size() >= rule_.flapping.times;
  }
}

namespace {

bool has_source(std::optional<QueryResult> const& result, Labels const& source) {
  if (!result) return false;
  for (auto const& row : rows_of(*result)) {
    auto labels = row.labels;
    labels.remove_metadata();
    // A result with fewer labels, such as a sum, speaks for all series that have them.
    bool const speaks = std::all_of(labels.begin(), labels.end(), [&](Label const& label) {
      return source.get(label.first) == label.second;
    });
    if (speaks) return true;
  }
  return false;
}

}  // namespace

// Why an alert whose condition no longer holds goes on: its data is gone and shall not count as recovery, its
// recovery was not seen, or it flaps.
bool RuleRun::must_stay(Labels const& key, Kept& kept, RuleInput const& input, Instant now) {
  if (rule_.no_data != NoData::resolve && input.data && !has_source(input.data, kept.source)) return true;
  if (kept.alert.state != AlertState::firing) return false;
  if (rule_.recover && !has_source(input.recovered, kept.source)) return true;
  if (!kept.alert.flapping) return false;
  if (now - *kept.missing_since < rule_.flapping.within) return true;
  kept.alert.flapping = false;
  fired_.erase(key);
  return false;
}

void RuleRun::miss(Labels const& key, Kept& kept, RuleInput const& input, Instant now) {
  auto& alert = kept.alert;
  if (alert.state == AlertState::firing && !kept.missing_since) kept.missing_since = now;
  if (must_stay(key, kept, input, now)) return;
  if (alert.state == AlertState::pending) alert.state = AlertState::inactive;
  if (alert.state != AlertState::firing) return;
  if (rule_.keep_firing > Milliseconds{0} && now - *kept.missing_since < rule_.keep_firing) return;
  alert.state = AlertState::resolved;
  alert.resolved_at = now;
}

Result<std::vector<Point>> RuleRun::record(RuleInput const& input, Instant now) {
  QueryResult rows;
  rows.series = rows_of(input.levels.at(0));
  std::vector<Labels> labels;
  std::set<Labels> seen;
  for (auto const& row : rows.series) {
    labels.push_back(labels_of(row, input));
    if (!seen.insert(labels.back()).second) {
      return refuse(Why::invalid, rule_.place,
                    "two results have the same labels {} once the rule's own are set", labels.back().text());
    }
  }
  if (rule_.limit > 0 && labels.size() > rule_.limit) {
    return refuse(Why::too_large, rule_.place, "exceeded limit of {} with {} series", rule_.limit,
                  labels.size());
  }
  health_ = RuleHealth::ok;
  last_error_.clear();
  return recorded_points(rows, labels, now - rule_.offset());
}

std::vector<Point> RuleRun::alert_points(Instant now) {
  std::vector<Point> points;
  std::set<Labels> written;
  for (auto const& [key, kept] : alerts_) {
    auto const& alert = kept.alert;
    if (alert.state != AlertState::pending && alert.state != AlertState::firing) continue;
    Labels state = alert.labels;
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

std::vector<Point> RuleRun::end(Instant now) {
  for (auto& [key, kept] : alerts_) {
    if (kept.alert.state == AlertState::pending) kept.alert.state = AlertState::inactive;
    if (kept.alert.state != AlertState::firing) continue;
    kept.alert.state = AlertState::resolved;
    kept.alert.resolved_at = now;
  }
  std::vector<Point> points;
  mark_vanished({}, points, now);
  return points;
}

void RuleRun::measured(Instant now, double seconds) {
  last_run_ = now;
  seconds_ = seconds;
}

std::vector<AlertChange> RuleRun::news() const {
  std::vector<AlertChange> result;
  for (auto const& [key, kept] : alerts_) {
    auto const& a = kept.alert;
    if (kept.told == a.state && kept.told_severity == a.severity() && kept.told_flapping == a.flapping)
      continue;
    result.push_back(news_of(a));
  }
  return result;
}

void RuleRun::told(AlertChange const& change) {
  auto const found = std::find_if(alerts_.begin(), alerts_.end(), [&](auto const& each) {
    return each.second.alert.fingerprint == change.fingerprint;
  });
  if (found == alerts_.end()) return;
  found->second.told = change.state;
  found->second.told_severity = change.severity;
  found->second.told_flapping = change.flapping;
  if (change.state == AlertState::resolved || change.state == AlertState::inactive) alerts_.erase(found);
}

void RuleRun::restore(std::vector<Alert> const& alerts) {
  for (auto const& alert : alerts) {
    auto key = alert.labels;
    Kept kept;
    kept.alert = alert;
    if (!rule_.levels.empty()) {
      key.remove("severity");
      kept.alert.fingerprint = fingerprint_of(key);
    }
    kept.source = key;
    kept.source.remove("alertname");
    alerts_[std::move(key)] = std::move(kept);
  }
}

void RuleRun::inherit(RuleRun&& earlier) {
  alerts_ = std::move(earlier.alerts_);
  written_ = std::move(earlier.written_);
  fired_ = std::move(earlier.fired_);
  known_ = std::move(earlier.known_);
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
