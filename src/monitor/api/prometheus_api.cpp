#include "monitor/prometheus_api.hpp"

#include <algorithm>
#include <set>

#include "monitor/api/adder.hpp"
#include "monitor/api/prometheus_json.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t names_limit = 100'000;

Result<json::value> query(Monitor const& monitor, Form const& form) {
  auto const at = form.instant("time", monitor.now());
  if (!at) return at.error();
  auto const result = monitor.query(form.get("query"), *at);
  if (!result) return result.error();
  return json::value(result_json(*result));
}

Result<json::value> query_range(Monitor const& monitor, Form const& form) {
  auto const start = form.instant("start", std::nullopt);
  if (!start) return start.error();
  auto const end = form.instant("end", std::nullopt);
  if (!end) return end.error();
  auto const step = form.duration("step");
  if (!step) return step.error();
  auto const result = monitor.query_range(form.get("query"), *start, *end, *step);
  if (!result) return result.error();
  return json::value(result_json(*result));
}

// The series that any of match[] selects in the time asked for; without match[] all of them.
Result<std::set<Labels>> matching(Monitor const& monitor, Form const& form, bool need_match) {
  auto const start = form.instant("start", monitor.now() - std::chrono::hours(1));
  if (!start) return start.error();
  auto const end = form.instant("end", monitor.now());
  if (!end) return end.error();
  auto const matches = form.all("match[]");
  if (matches.empty() && need_match) return refuse(Why::invalid, "match[]", "at least one match[] is needed");
  std::set<Labels> result;
  if (matches.empty()) {
    for (auto& labels : monitor.series({}, *start, *end)) result.insert(std::move(labels));
  }
  for (auto const& match : matches) {
    auto const matchers = parse_selector(match);
    if (!matchers) return matchers.error();
    for (auto& labels : monitor.series(*matchers, *start, *end)) result.insert(std::move(labels));
  }
  return result;
}

Result<json::value> series(Monitor const& monitor, Form const& form) {
  auto const found = matching(monitor, form, true);
  if (!found) return found.error();
  auto const limit = form.count("limit", names_limit);
  json::array list;
  for (auto const& labels : *found) {
    if (list.size() < limit) list.push_back(labels_json(labels));
  }
  return json::value(std::move(list));
}

json::value names_json(std::set<std::string> const& names, std::size_t limit) {
  json::array list;
  for (auto const& name : names) {
    if (list.size() < limit) list.emplace_back(name);
  }
  return list;
}

Result<json::value> label_names(Monitor const& monitor, Form const& form) {
  auto const found = matching(monitor, form, false);
  if (!found) return found.error();
  std::set<std::string> names;
  for (auto const& labels : *found) {
    for (auto const& [name, value] : labels) names.insert(name);
  }
  return names_json(names, form.count("limit", names_limit));
}

Result<json::value> label_values(Monitor const& monitor, Form const& form, std::string const& name) {
  if (!is_label_name(name)) return refuse(Why::invalid, "name", "\"{}\" is no label name", name);
  auto const found = matching(monitor, form, false);
  if (!found) return found.error();
  std::set<std::string> values;
  for (auto const& labels : *found) {
    auto const value = labels.get(name);
    if (!value.empty()) values.emplace(value);
  }
  return names_json(values, form.count("limit", names_limit));
}

json::object build_information() {
  return {{"version", "3.5.0"},    {"revision", ""},  {"branch", ""},
          {"buildUser", "yunzhi"}, {"buildDate", ""}, {"goVersion", ""}};
}

void add_queries(Adder& adder, Monitor& monitor) {
  adder.get_and_post("query", "prometheusQuery", "Evaluates PromQL at one moment",
                     [&](Form const& form, http::Request const&) { return query(monitor, form); },
                     {"query", "time", "timeout", "limit"});
  adder.get_and_post("query_range", "prometheusQueryRange", "Evaluates PromQL over a range of time",
                     [&](Form const& form, http::Request const&) { return query_range(monitor, form); },
                     {"query", "start", "end", "step", "timeout"});
  adder.get_and_post("series", "prometheusSeries", "Lists series that match",
                     [&](Form const& form, http::Request const&) { return series(monitor, form); },
                     {"match[]", "start", "end", "limit"});
  adder.get_and_post("labels", "prometheusLabels", "Lists names of labels",
                     [&](Form const& form, http::Request const&) { return label_names(monitor, form); },
                     {"match[]", "start", "end", "limit"});
  adder.get("label/{name}/values", "prometheusLabelValues", "Lists values of a label",
            [&](Form const& form, http::Request const& request) {
              return label_values(monitor, form, request.capture("name"));
            },
            {"match[]", "start", "end", "limit"});
}

void add_states(Adder& adder, Monitor& monitor) {
  using Json = Result<json::value>;
  adder.get("metadata", "prometheusMetadata", "Lists types and help texts of metrics",
            [&](Form const& form, http::Request const&) -> Json {
              return json::value(
                  metadata_json(monitor.metadata(), form.get("metric"), form.count("limit", names_limit)));
            },
            {"metric", "limit"});
  adder.get("targets", "prometheusTargets", "Lists targets with their state",
            [&](Form const&, http::Request const&) -> Json {
              return json::value(targets_json(monitor.targets(), monitor.scrape_interval()));
            });
  adder.get(
      "rules", "prometheusRules", "Lists rules with their state",
      [&](Form const&, http::Request const&) -> Json { return json::value(rules_json(monitor.rules())); });
  adder.get(
      "alerts", "prometheusAlerts", "Lists pending and firing alerts",
      [&](Form const&, http::Request const&) -> Json { return json::value(alerts_json(monitor.alerts())); });
  adder.get("status/buildinfo", "prometheusBuild", "Tells the version clients may expect",
            [](Form const&, http::Request const&) -> Json { return json::value(build_information()); });
}

}  // namespace

void routes(http::Router& router, Monitor& monitor, Guard const& guard, std::string const& prefix,
            std::string const& permission) {
  Adder adder(router, guard, prefix, permission);
  add_queries(adder, monitor);
  add_states(adder, monitor);
  add_query_tools(adder, monitor);
}

}  // namespace yunzhi::monitor
