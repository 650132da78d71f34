#include "monitor/api/prometheus_json.hpp"

#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

json::value seconds_json(std::int64_t ms) {
  return ms % 1000 == 0 ? json::value(ms / 1000) : json::value(static_cast<double>(ms) / 1000);
}

// [seconds, "value"]
json::array sample_json(Sample const& sample) {
  return {seconds_json(sample.at), format_number(sample.value)};
}

json::object texts_json(NamedTemplates const& templates) {
  json::object object;
  for (auto const& [name, text] : templates) object[name] = text.text();
  return object;
}

double seconds(Milliseconds duration) {
  return static_cast<double>(duration.count()) / 1000;
}

json::object alert_json(Alert const& alert) {
  json::object annotations;
  for (auto const& [name, text] : alert.annotations) annotations[name] = text;
  return {{"labels", labels_json(alert.labels)},
          {"annotations", std::move(annotations)},
          {"state", name_of(alert.state)},
          {"activeAt", format_instant(alert.active_at)},
          {"value", format_number(alert.value)}};
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

void add_annotations(json::object& object, std::string_view key, std::vector<Annotation> const& annotations) {
  if (annotations.empty()) return;
  json::array list;
  for (auto const& annotation : annotations) list.emplace_back(annotation.english());
  object[key] = std::move(list);
}

}  // namespace

json::object labels_json(Labels const& labels) {
  json::object object;
  for (auto const& [name, value] : labels) object[name] = value;
  return object;
}

json::object result_json(QueryResult const& result) {
  json::object object{{"resultType", name_of(result.type)}};
  if (result.type == ValueType::scalar) {
    object["result"] = sample_json(result.scalar);
  } else if (result.type == ValueType::text) {
    object["result"] = json::array{seconds_json(result.scalar.at), result.text};
  } else {
    json::array list;
    for (auto const& series : result.series) {
      json::object entry{{"metric", labels_json(series.labels)}};
      if (result.type == ValueType::vector) {
        entry["value"] = sample_json(series.samples.front());
      } else {
        json::array values;
        values.reserve(series.samples.size());
        for (auto const& sample : series.samples) values.push_back(sample_json(sample));
        entry["values"] = std::move(values);
      }
      list.push_back(std::move(entry));
    }
    object["result"] = std::move(list);
  }
  add_annotations(object, "warnings", result.annotations.warnings);
  add_annotations(object, "infos", result.annotations.infos);
  return object;
}

json::object targets_json(std::vector<TargetStatus> const& targets, Milliseconds interval) {
  constexpr std::string_view health[] = {"unknown", "up", "down"};
  json::array active;
  for (auto const& status : targets) {
    auto labels = labels_json(status.target.labels);
    labels["job"] = status.target.job;
    labels["instance"] = status.target.shown_instance();
    active.push_back(json::object{{"discoveredLabels", {{"__address__", status.target.address}}},
                                  {"labels", std::move(labels)},
                                  {"scrapePool", status.target.job},
                                  {"scrapeUrl", status.target.url()},
                                  {"globalUrl", status.target.url()},
                                  {"lastError", status.last_error},
                                  {"lastScrape", format_instant(status.last_scrape)},
                                  {"lastScrapeDuration", status.seconds},
                                  {"health", health[static_cast<std::size_t>(status.state)]},
                                  {"scrapeInterval", std::to_string(interval.count()) + "ms"},
                                  {"scrapeSamples", status.samples}});
  }
  return {{"activeTargets", std::move(active)},
          {"droppedTargets", json::array()},
          {"droppedTargetCounts", json::object()}};
}

json::object rules_json(std::vector<RuleStatus> const& rules) {
  json::array groups;
  std::string last;
  for (auto const& status : rules) {
    auto const key = status.file + ";" + status.group;
    if (groups.empty() || key != last) {
      groups.push_back(json::object{{"name", status.group},
                                    {"file", status.file},
                                    {"interval", seconds(status.interval)},
                                    {"limit", 0},
                                    {"evaluationTime", status.seconds},
                                    {"lastEvaluation", format_instant(status.last_run)},
                                    {"rules", json::array()}});
    }
    last = key;
    groups.back().as_object()["rules"].as_array().push_back(rule_json(status));
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
