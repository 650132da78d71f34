// What is watched and how it stands: metadata, targets, rules, alerts.
#include <algorithm>
#include <set>

#include "monitor/api/adder.hpp"
#include "monitor/api/prometheus_json.hpp"
#include "monitor/query/expression.hpp"

namespace yunzhi::monitor {
namespace {

using Json = Result<json::value>;

constexpr std::size_t metadata_limit = 100'000;
constexpr Milliseconds recent{300'000};

Json metadata(Monitor const& monitor, Form const& form) {
  auto const limit = form.count("limit", metadata_limit);
  if (!limit) return limit.error();
  return json::value(metadata_json(monitor.metadata(), form.get("metric"), *limit));
}

Json targets(Monitor const& monitor, Form const& form) {
  auto const state = form.get("state");
  if (!state.empty() && state != "active" && state != "dropped" && state != "any")
    return refuse(Why::invalid, "state", "must be one of {}", "active, dropped, any");
  json::array active;
  if (state != "dropped")
    for (auto const& status : monitor.targets()) {
      auto const pool = form.get("scrapePool");
      if (pool.empty() || pool == status.target.job)
        active.push_back(target_json(status, monitor.scrape_interval(), monitor.scrape_timeout()));
    }
  return json::value(json::object{{"activeTargets", std::move(active)},
                                  {"droppedTargets", json::array()},
                                  {"droppedTargetCounts", json::object()}});
}

// The metric whose metadata a series of this name belongs to.
Metadata::const_iterator facts_of(Metadata const& metadata, std::string_view name) {
  for (auto const ending : {"", "_bucket", "_sum", "_count", "_total"}) {
    std::string_view const tail(ending);
    if (!name.ends_with(tail)) continue;
    auto const found = metadata.find(name.substr(0, name.size() - tail.size()));
    if (found != metadata.end()) return found;
  }
  return metadata.end();
}

std::set<std::string> metrics_of(Monitor const& monitor, Metadata const& metadata, Target const& target) {
  auto const job = Matcher::make(Match::equal, "job", target.job);
  auto const instance = Matcher::make(Match::equal, "instance", target.shown_instance());
  std::vector<Matcher> matchers{job.value(), instance.value()};
  std::set<std::string> names;
  for (auto const& labels : monitor.series(matchers, monitor.now() - recent, monitor.now()))
    if (auto const found = facts_of(metadata, labels.get(name_label)); found != metadata.end())
      names.insert(found->first);
  return names;
}

Json target_metadata(Monitor const& monitor, Form const& form) {
  auto const limit = form.count("limit", metadata_limit);
  if (!limit) return limit.error();
  std::vector<Matcher> wanted;
  if (auto const given = form.get("match_target"); !given.empty()) {
    auto read = parse_selector(given);
    if (!read) return read.error();
    wanted = std::move(*read);
  }
  auto const asked = form.get("metric");
  auto const metadata = monitor.metadata();
  json::array list;
  for (auto const& status : monitor.targets()) {
    auto labels = status.target.labels;
    labels.set("job", status.target.job);
    labels.set("instance", status.target.shown_instance());
    if (!all_accept(wanted, labels)) continue;
    for (auto const& name : metrics_of(monitor, metadata, status.target)) {
      if ((!asked.empty() && asked != name) || list.size() >= *limit) continue;
      auto const& facts = metadata.find(name)->second;
      json::object entry{{"target", labels_json(labels)}};
      if (asked.empty()) entry["metric"] = name;
      entry["type"] = facts.type;
      entry["help"] = facts.help;
      entry["unit"] = "";
      list.push_back(std::move(entry));
    }
  }
  return json::value(std::move(list));
}

bool named(std::vector<std::string> const& names, std::string const& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

Json rules(Monitor const& monitor, Form const& form) {
  auto const type = form.get("type");
  if (!type.empty() && type != "alert" && type != "record")
    return refuse(Why::invalid, "type", "must be one of {}", "alert, record");
  auto const names = form.all("rule_name[]");
  auto const groups = form.all("rule_group[]");
  auto const files = form.all("file[]");
  auto all = monitor.rules();
  std::erase_if(all, [&](RuleStatus const& status) {
    bool const other_type = !type.empty() && (type == "record") != status.rule.recording;
    return other_type || !named(names, status.rule.name) || !named(groups, status.group) ||
           !named(files, status.file);
  });
  return json::value(rules_json(all, form.get("exclude_alerts") != "true"));
}

}  // namespace

void add_states(Adder& adder, Monitor& monitor) {
  adder.get("metadata", "prometheusMetadata", "Lists types and help texts of metrics",
            [&](Form const& form, http::Request const&) { return metadata(monitor, form); },
            {"metric", "limit"});
  adder.get("targets", "prometheusTargets", "Lists targets with their state",
            [&](Form const& form, http::Request const&) { return targets(monitor, form); },
            {"state", "scrapePool"});
  adder.get("targets/metadata", "prometheusTargetMetadata", "Lists what each target tells of its metrics",
            [&](Form const& form, http::Request const&) { return target_metadata(monitor, form); },
            {"match_target", "metric", "limit"});
  adder.get("rules", "prometheusRules", "Lists rules with their state",
            [&](Form const& form, http::Request const&) { return rules(monitor, form); },
            {"type", "rule_name[]", "rule_group[]", "file[]", "exclude_alerts"});
  adder.get(
      "alerts", "prometheusAlerts", "Lists pending and firing alerts",
      [&](Form const&, http::Request const&) -> Json { return json::value(alerts_json(monitor.alerts())); });
}

}  // namespace yunzhi::monitor
