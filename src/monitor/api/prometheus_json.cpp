#include "monitor/api/prometheus_json.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

json::value seconds_json(std::int64_t ms) {
  return ms % 1000 == 0 ? json::value(ms / 1000) : json::value(static_cast<double>(ms) / 1000);
}

json::object texts_json(NamedTemplates const& templates) {
  json::object object;
  for (auto const& [name, text] : templates) object[name] = text.text();
  return object;
}

json::value seconds(Milliseconds duration) {
  return seconds_json(duration.count());
}

// As Go's %e with the fewest digits, in which Prometheus tells the value of an alert.
std::string exponent_number(double value) {
  if (!std::isfinite(value)) return format_number(value);
  char buffer[32];
  auto const end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  return {buffer, end.ptr};
}

json::object alert_json(Alert const& alert) {
  return {{"labels", labels_json(alert.labels)},
          {"annotations", annotations_json(alert)},
          {"state", name_of(alert.state)},
          {"activeAt", format_instant(alert.active_at)},
          {"value", exponent_number(alert.value)}};
}

json::array list_json(std::vector<Alert> const& alerts) {
  json::array list;
  for (auto const& alert : alerts) list.push_back(alert_json(alert));
  return list;
}

// The state of a rule is that of its worst alert.
std::string_view state_of(RuleStatus const& status) {
  auto worst = AlertState::inactive;
  for (auto const& alert : status.alerts) worst = std::max(worst, alert.state);
  return name_of(worst);
}

json::object rule_json(RuleStatus const& status) {
  constexpr std::string_view health[] = {"unknown", "ok", "err"};
  json::object object{{"name", status.rule.name},
                      {"query", status.rule.query_text},
                      {"labels", texts_json(status.rule.labels)},
                      {"health", health[static_cast<std::size_t>(status.health)]},
                      {"evaluationTime", status.seconds},
                      {"lastEvaluation", format_instant(status.last_run)},
                      {"type", status.rule.recording ? "recording" : "alerting"}};
  if (!status.last_error.empty()) object["lastError"] = status.last_error;
  if (status.rule.recording) return object;
  object["state"] = state_of(status);
  object["duration"] = seconds(status.rule.hold);
  object["keepFiringFor"] = seconds(status.rule.keep_firing);
  object["annotations"] = texts_json(status.rule.annotations);
  object["alerts"] = list_json(status.alerts);
  return object;
}

}  // namespace

json::object labels_json(Labels const& labels) {
  json::object object;
  for (auto const& [name, value] : labels) object[name] = value;
  return object;
}

json::object annotations_json(Alert const& alert) {
  json::object object;
  for (auto const& [name, text] : alert.annotations) object[name] = text;
  return object;
}

json::object target_json(TargetStatus const& status, Milliseconds interval, Milliseconds timeout) {
  constexpr std::string_view health[] = {"unknown", "up", "down"};
  auto const& target = status.target;
  auto labels = labels_json(target.labels);
  labels["job"] = target.job;
  labels["instance"] = target.shown_instance();
  auto const* settings = target.settings.get();
  if (settings != nullptr && settings->interval.count() > 0) interval = settings->interval;
  if (settings != nullptr && settings->timeout.count() > 0) timeout = settings->timeout;
  auto discovered = labels_json(target.discovered);
  if (discovered.empty()) discovered = {{"__address__", target.address}, {"job", target.job}};
  return {{"discoveredLabels", std::move(discovered)},
          {"labels", std::move(labels)},
          {"scrapePool", target.job},
          {"scrapeUrl", target.url()},
          {"globalUrl", target.url()},
          {"lastError", status.last_error()},
          {"lastScrape", format_instant(status.last_scrape)},
          {"lastScrapeDuration", status.seconds},
          {"health", health[static_cast<std::size_t>(status.state)]},
          {"scrapeInterval", format_duration(interval.count())},
          {"scrapeTimeout", format_duration(std::min(interval, timeout).count())},
          {"scrapeSamples", status.samples}};
}

json::object rules_json(std::vector<RuleStatus> const& rules, bool with_alerts) {
  json::array groups;
  std::string last;
  double taken = 0;
  for (auto const& status : rules) {
    auto const key = status.file + ";" + status.group;
    if (groups.empty() || key != last) {
      taken = 0;
      groups.push_back(json::object{{"name", status.group},
                                    {"file", status.file},
                                    {"interval", seconds(status.interval)},
                                    {"limit", status.rule.limit},
                                    {"evaluationTime", status.seconds},
                                    {"lastEvaluation", format_instant(status.last_run)},
                                    {"rules", json::array()}});
    }
    last = key;
    taken += status.seconds;
    auto& group = groups.back().as_object();
    group["evaluationTime"] = taken;
    auto rule = rule_json(status);
    if (!with_alerts && !status.rule.recording) rule["alerts"] = json::array();
    group["rules"].as_array().push_back(std::move(rule));
  }
  return {{"groups", std::move(groups)}};
}

json::object alerts_json(std::vector<Alert> const& alerts) {
  return {{"alerts", list_json(alerts)}};
}

json::object metadata_json(Metadata const& metadata, std::string_view metric, std::size_t limit) {
  json::object object;
  for (auto const& [name, facts] : metadata) {
    if ((!metric.empty() && metric != name) || object.size() >= limit) continue;
    object[name] = json::array{json::object{{"type", facts.type}, {"help", facts.help}, {"unit", ""}}};
  }
  return object;
}

}  // namespace yunzhi::monitor
