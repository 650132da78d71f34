// What an editor of queries needs: a query laid out, its tree, its cost; and the queries that run now.
#include <charconv>
#include <set>
#include <utility>

#include "monitor/api/adder.hpp"
#include "monitor/api/prometheus_json.hpp"
#include "monitor/api/query_tree.hpp"
#include "monitor/query/explain.hpp"
#include "monitor/query/format.hpp"
#include "monitor/query/print.hpp"

namespace yunzhi::monitor {
namespace {

using Json = Result<json::value>;

Json format(Form const& form) {
  auto const query = parse_query(form.get("query"));
  if (!query) return query.error();
  return json::value(format_query(**query));
}

Json parse(Form const& form) {
  auto const query = parse_query(form.get("query"));
  if (!query) return query.error();
  return json::value(tree_json(**query));
}

json::object plan_json(PlanNode const& node) {
  json::array parts;
  for (auto const& part : node.parts) parts.push_back(plan_json(part));
  return {{"text", node.text},        {"kind", node.kind},       {"place", node.place},
          {"series", node.series},    {"samples", node.samples}, {"steps", node.steps},
          {"parts", std::move(parts)}};
}

// Of a range query when a step is given, else of an instant query.
Json plan(Monitor const& monitor, Form const& form) {
  auto const at = form.instant("time", monitor.now());
  if (!at) return at.error();
  Grid grid{to_ms(*at), to_ms(*at), instant_step};
  if (!form.get("step").empty()) {
    auto const start = form.instant("start", std::nullopt);
    if (!start) return start.error();
    auto const end = form.instant("end", std::nullopt);
    if (!end) return end.error();
    auto const step = form.duration("step");
    if (!step) return step.error();
    grid = {to_ms(*start), to_ms(*end), step->count()};
  }
  auto const node = monitor.explain(form.get("query"), grid);
  if (!node) return node.error();
  return json::value(plan_json(*node));
}

json::object change_json(AlertChange const& change) {
  json::object object{{"state", name_of(change.state)},
                      {"labels", labels_json(change.labels)},
                      {"severity", change.severity},
                      {"activeAt", format_instant(change.active_at)},
                      {"value", format_number(change.value)}};
  if (change.fired_at) object["firedAt"] = format_instant(*change.fired_at);
  if (change.resolved_at) object["resolvedAt"] = format_instant(*change.resolved_at);
  return object;
}

// "Would have fired 3 times last week": a rule tried on what is stored.
Json preview(Monitor const& monitor, Form const& form) {
  auto const start = form.instant("start", std::nullopt);
  if (!start) return start.error();
  auto const end = form.instant("end", monitor.now());
  if (!end) return end.error();
  auto const step = form.duration("step");
  if (!step) return step.error();
  auto const changes = monitor.preview(form.get("rule"), *start, *end, *step);
  if (!changes) return changes.error();
  // One whose severity changes is told again and has fired once.
  std::set<std::pair<std::string, Instant>> fired;
  json::array list;
  for (auto const& change : *changes) {
    if (change.state == AlertState::firing) fired.emplace(change.fingerprint, change.active_at);
    list.push_back(change_json(change));
  }
  return json::value(json::object{{"fired", fired.size()}, {"changes", std::move(list)}});
}

json::object exemplar_json(Exemplar const& exemplar) {
  return {{"labels", labels_json(exemplar.labels)},
          {"value", format_number(exemplar.value)},
          {"timestamp", static_cast<double>(exemplar.at) / 1000}};
}

Json exemplars(Monitor const& monitor, Form const& form) {
  auto const start = form.instant("start", from_ms(0));
  if (!start) return start.error();
  auto const end = form.instant("end", from_ms(INT64_MAX / 2));
  if (!end) return end.error();
  if (*end < *start) return refuse(Why::invalid, "end", "the end lies before the start");
  auto const found = monitor.exemplars(form.get("query"), *start, *end);
  if (!found) return found.error();
  json::array list;
  for (auto const& series : *found) {
    json::array exemplars;
    for (auto const& each : series.exemplars) exemplars.push_back(exemplar_json(each));
    list.push_back(
        json::object{{"seriesLabels", labels_json(series.series)}, {"exemplars", std::move(exemplars)}});
  }
  return json::value(std::move(list));
}

json::value running(Monitor const& monitor) {
  json::array list;
  for (auto const& query : monitor.running_queries()) {
    list.push_back(json::object{
        {"number", query.number}, {"query", query.text}, {"since", format_instant(query.since)}});
  }
  return list;
}

Json end(Monitor& monitor, std::string const& number) {
  std::uint64_t value = 0;
  auto const parsed = std::from_chars(number.data(), number.data() + number.size(), value);
  if (parsed.ptr != number.data() + number.size() || !monitor.end_query(value))
    return refuse(Why::missing, "number", "no query of this number is running");
  return json::value(nullptr);
}

}  // namespace

void add_query_tools(Adder& adder, Monitor& monitor) {
  adder.get_and_post("format_query", "prometheusFormatQuery", "Lays a query out so that it can be read",
                     [](Form const& form, http::Request const&) { return format(form); }, {"query"});
  adder.get_and_post("parse_query", "prometheusParseQuery", "Tells the tree of a query",
                     [](Form const& form, http::Request const&) { return parse(form); }, {"query"});
  adder.get_and_post("explain", "prometheusExplain", "Tells what a query would read, part by part",
                     [&](Form const& form, http::Request const&) { return plan(monitor, form); },
                     {"query", "time", "start", "end", "step"});
  adder.get("queries", "prometheusQueries", "Lists the queries that run now",
            [&](Form const&, http::Request const&) -> Json { return running(monitor); });
  adder.post(
      "queries/{number}/end", "prometheusEndQuery", "Ends a running query",
      [&](Form const&, http::Request const& request) { return end(monitor, request.capture("number")); });
  adder.post("rules/preview", "prometheusPreviewRule", "Tells what a rule would have told in the past",
             [&](Form const& form, http::Request const&) { return preview(monitor, form); },
             {"rule", "start", "end", "step"});
  adder.get_and_post("query_exemplars", "prometheusExemplars", "Lists the exemplars of what a query reads",
                     [&](Form const& form, http::Request const&) { return exemplars(monitor, form); },
                     {"query", "start", "end"});
}

}  // namespace yunzhi::monitor
