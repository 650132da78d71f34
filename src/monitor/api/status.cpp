// What clients ask of the server itself: its version, configuration, flags, state and the figures of its
// store, in Prometheus' shapes.
#include <algorithm>
#include <filesystem>
#include <map>
#include <thread>

#include "monitor/api/adder.hpp"
#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

using Json = Result<json::value>;
using Counts = std::map<std::string, std::size_t>;

constexpr std::size_t shown = 10;

json::object build_information() {
  return {{"version", "3.5.0"},    {"revision", ""},  {"branch", ""},
          {"buildUser", "yunzhi"}, {"buildDate", ""}, {"goVersion", ""}};
}

json::object run_information(Monitor const& monitor, Instant started) {
  auto const stats = monitor.stats();
  std::error_code none;
  auto const damaged = stats.damaged_blocks + (stats.damaged_snapshot ? 1 : 0);
  return {{"startTime", format_instant(started)},
          {"CWD", std::filesystem::current_path(none).string()},
          {"hostname", ""},
          {"serverTime", format_instant(monitor.now())},
          {"reloadConfigSuccess", true},
          {"lastConfigTime", format_instant(started)},
          {"corruptionCount", damaged},
          {"goroutineCount", 0},
          {"GOMAXPROCS", std::thread::hardware_concurrency()},
          {"GOMEMLIMIT", 0},
          {"GOGC", ""},
          {"GODEBUG", ""},
          {"storageRetention", format_duration(monitor.retention().count())}};
}

// The largest first, as many as asked for.
json::array largest(Counts const& counts, std::size_t limit) {
  std::vector<std::pair<std::size_t, std::string_view>> order;
  for (auto const& [name, count] : counts) order.emplace_back(count, name);
  std::sort(order.begin(), order.end(), [](auto const& a, auto const& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  json::array list;
  for (auto const& [count, name] : order)
    if (list.size() < limit) list.push_back(json::object{{"name", name}, {"value", count}});
  return list;
}

Json store_figures(Monitor const& monitor, Form const& form) {
  auto const limit = form.count("limit", shown);
  if (!limit) return limit.error();
  auto const stats = monitor.stats();
  Counts by_metric;
  Counts by_pair;
  std::map<std::string, Counts> values;
  for (auto const& labels : monitor.series({}, from_ms(stats.first), from_ms(stats.last))) {
    for (auto const& [name, value] : labels) {
      if (name == name_label) ++by_metric[value];
      ++by_pair[name + "=" + value];
      ++values[name][value];
    }
  }
  Counts value_counts;
  Counts value_bytes;
  for (auto const& [name, counts] : values) {
    value_counts[name] = counts.size();
    for (auto const& [value, count] : counts) value_bytes[name] += value.size() * count;
  }
  return json::value(json::object{{"headStats",
                                   {{"numSeries", stats.series},
                                    {"numLabelPairs", by_pair.size()},
                                    {"chunkCount", stats.series},
                                    {"chunkBytes", stats.head_bytes},
                                    {"minTime", stats.first},
                                    {"maxTime", stats.last}}},
                                  {"seriesCountByMetricName", largest(by_metric, *limit)},
                                  {"labelValueCountByLabelName", largest(value_counts, *limit)},
                                  {"memoryInBytesByLabelName", largest(value_bytes, *limit)},
                                  {"seriesCountByLabelValuePair", largest(by_pair, *limit)},
                                  {"blocks", stats.blocks},
                                  {"blockBytes", stats.block_bytes},
                                  {"damagedBlocks", stats.damaged_blocks},
                                  {"lostLogBytes", stats.wal.lost_bytes}});
}

}  // namespace

void add_status(Adder& adder, Monitor& monitor, ServerFacts const& facts) {
  auto const started = monitor.now();
  adder.get("status/buildinfo", "prometheusBuild", "Tells the version clients may expect",
            [](Form const&, http::Request const&) -> Json { return json::value(build_information()); });
  adder.get("status/config", "prometheusConfiguration", "Tells the configuration as YAML",
            [yaml = facts.configuration](Form const&, http::Request const&) -> Json {
              return json::value(json::object{{"yaml", yaml}});
            });
  json::object flags;
  for (auto const& [name, value] : facts.flags) flags[name] = value;
  adder.get(
      "status/flags", "prometheusFlags", "Tells the command line flags",
      [flags = std::move(flags)](Form const&, http::Request const&) -> Json { return json::value(flags); });
  adder.get("status/runtimeinfo", "prometheusRuntime", "Tells the state of the running engine",
            [&monitor, started](Form const&, http::Request const&) -> Json {
              return json::value(run_information(monitor, started));
            });
  adder.get("status/tsdb", "prometheusStore", "Tells the store's figures and what fills it",
            [&monitor](Form const& form, http::Request const&) { return store_figures(monitor, form); },
            {"limit"});
  adder.get("status/walreplay", "prometheusLogReplay", "Tells how far the log has been read at the start",
            [](Form const&, http::Request const&) -> Json {
              return json::value(json::object{{"min", 0}, {"max", 0}, {"current", 0}});
            });
  adder.get("alertmanagers", "prometheusAlertmanagers", "Lists whom alerts are sent to",
            [told = facts.alertmanagers](Form const&, http::Request const&) -> Json {
              if (told) return json::value(told());
              return json::value(json::object{{"activeAlertmanagers", json::array()},
                                              {"droppedAlertmanagers", json::array()}});
            });
}

}  // namespace yunzhi::monitor
