#include "monitor/prometheus_api.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include "monitor/api/adder.hpp"
#include "monitor/api/prometheus_json.hpp"
#include "monitor/api/result_text.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t names_limit = 100'000;

// The parameter has Thanos' name; without it rollups stand in only for samples that are gone.
Result<Resolution> resolution_of(Form const& form) {
  auto const text = form.get("max_source_resolution");
  if (text.empty()) return Resolution::as_needed;
  if (text == "auto") return Resolution::by_step;
  if (text == "raw" || text == "0s") return Resolution::raw;
  if (text == "5m") return Resolution::five_minutes;
  if (text == "1h") return Resolution::one_hour;
  return refuse(Why::invalid, "max_source_resolution", "must be one of raw, 5m, 1h and auto");
}

Result<QueryWishes> wishes_of(Form const& form) {
  auto const timeout = form.optional_duration("timeout");
  if (!timeout) return timeout.error();
  auto const lookback = form.optional_duration("lookback_delta");
  if (!lookback) return lookback.error();
  auto const resolution = resolution_of(form);
  if (!resolution) return resolution.error();
  return QueryWishes{*timeout, *lookback, *resolution};
}

// What the query took, when `stats` asks for it.
json::object stats_of(Form const& form, QueryResult const& result,
                      std::chrono::steady_clock::time_point since) {
  if (form.get("stats").empty()) return {};
  auto const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
  return {{"stats",
           {{"timings",
             {{"evalTotalTime", seconds},
              {"resultSortTime", 0},
              {"queryPreparationTime", 0},
              {"innerEvalTime", seconds},
              {"execQueueTime", 0},
              {"execTotalTime", seconds}}},
            {"samples",
             {{"totalQueryableSamples", result.samples_read}, {"peakSamples", result.samples_read}}}}}};
}

Result<std::string> answered(Form const& form, QueryResult result,
                             std::chrono::steady_clock::time_point since) {
  auto const limit = form.count("limit", names_limit);
  if (!limit) return limit.error();
  if (result.series.size() > *limit) {
    result.series.resize(*limit);
    result.annotations.warnings.push_back({"results truncated due to limit", {}});
  }
  auto body = R"({"status":"success","data":)" + result_text(result, stats_of(form, result, since));
  body += remarks_text(result.annotations);
  body += '}';
  return Result<std::string>(std::move(body));
}

Result<std::string> query(Monitor const& monitor, Form const& form) {
  auto const since = std::chrono::steady_clock::now();
  auto const at = form.instant("time", monitor.now());
  if (!at) return at.error();
  auto const wishes = wishes_of(form);
  if (!wishes) return wishes.error();
  auto result = monitor.query(form.get("query"), *at, *wishes);
  if (!result) return result.error();
  return answered(form, std::move(*result), since);
}

Result<std::string> query_range(Monitor const& monitor, Form const& form) {
  auto const since = std::chrono::steady_clock::now();
  auto const start = form.instant("start", std::nullopt);
  if (!start) return start.error();
  auto const end = form.instant("end", std::nullopt);
  if (!end) return end.error();
  auto const step = form.duration("step");
  if (!step) return step.error();
  auto const wishes = wishes_of(form);
  if (!wishes) return wishes.error();
  auto result = monitor.query_range(form.get("query"), *start, *end, *step, *wishes);
  if (!result) return result.error();
  return answered(form, std::move(*result), since);
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
    auto const all = monitor.all_series({}, *start, *end);
    if (!all) return all.error();
    result.insert(all->begin(), all->end());
  }
  for (auto const& match : matches) {
    auto const matchers = parse_selector(match);
    if (!matchers) return matchers.error();
    auto const found = monitor.all_series(*matchers, *start, *end);
    if (!found) return found.error();
    result.insert(found->begin(), found->end());
  }
  return result;
}

Result<json::value> series(Monitor const& monitor, Form const& form) {
  auto const found = matching(monitor, form, true);
  if (!found) return found.error();
  auto const limit = form.count("limit", names_limit);
  if (!limit) return limit.error();
  json::array list;
  for (auto const& labels : *found) {
    if (list.size() < *limit) list.push_back(labels_json(labels));
  }
  return json::value(std::move(list));
}

Result<json::value> names_json(Form const& form, std::set<std::string> const& names) {
  auto const limit = form.count("limit", names_limit);
  if (!limit) return limit.error();
  json::array list;
  for (auto const& name : names) {
    if (list.size() < *limit) list.emplace_back(name);
  }
  return json::value(std::move(list));
}

Result<json::value> label_names(Monitor const& monitor, Form const& form) {
  auto const found = matching(monitor, form, false);
  if (!found) return found.error();
  std::set<std::string> names;
  for (auto const& labels : *found) {
    for (auto const& [name, value] : labels) names.insert(name);
  }
  return names_json(form, names);
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
  return names_json(form, values);
}

void add_queries(Adder& adder, Monitor& monitor) {
  adder.queries("query", "prometheusQuery", "Evaluates PromQL at one moment",
                [&](Form const& form, http::Request const&) { return query(monitor, form); },
                {"query", "time", "timeout", "limit", "lookback_delta", "stats", "max_source_resolution"});
  adder.queries("query_range", "prometheusQueryRange", "Evaluates PromQL over a range of time",
                [&](Form const& form, http::Request const&) { return query_range(monitor, form); },
                {"query", "start", "end", "step", "timeout", "limit", "lookback_delta", "stats",
                 "max_source_resolution"});
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

}  // namespace

void routes(http::Router& router, Monitor& monitor, Guard const& guard, std::string const& prefix,
            std::string const& permission, ServerFacts const& facts) {
  Adder adder(router, guard, prefix, permission);
  add_queries(adder, monitor);
  add_states(adder, monitor);
  add_query_tools(adder, monitor);
  add_status(adder, monitor, facts);
}

}  // namespace yunzhi::monitor
