#include "monitor/alert/rule_tests_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <glob.h>
#include <yaml-cpp/yaml.h>

#include "base/instant.hpp"
#include "monitor/query/format.hpp"
#include "monitor/query/token.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t file_bytes = 4 << 20;

// Thrown to the one catch below; a test file is read as a whole or not at all.
struct Mistake {
  int line;
  std::string text;
};

// Thrown to where a test group is read: it asks for what is not kept here, the others may run.
struct NotSupported {
  int line;
};

[[noreturn]] void histogram_at(YAML::Node const& node) {
  throw NotSupported{node.Mark().line + 1};
}

[[noreturn]] void mistake(YAML::Node const& node, std::string text) {
  throw Mistake{node.Mark().line + 1, std::move(text)};
}

void need_keys(YAML::Node const& node, std::initializer_list<std::string_view> known) {
  if (!node.IsMap()) mistake(node, "here must be a map of keys and values");
  for (auto const& pair : node) {
    auto const key = pair.first.Scalar();
    if (std::find(known.begin(), known.end(), key) == known.end())
      mistake(pair.first, "the key " + key + " is not known here");
  }
}

std::string text_of(YAML::Node const& node, std::string const& key) {
  auto const value = node[key];
  if (!value || value.IsNull()) return {};
  if (!value.IsScalar()) mistake(value, key + " must be a text");
  return value.Scalar();
}

std::int64_t duration_of(YAML::Node const& node, std::string const& key, std::int64_t otherwise) {
  auto const text = text_of(node, key);
  if (text.empty()) return otherwise;
  auto const parsed = parse_promql_duration(text);
  if (!parsed) mistake(node[key], key + " must be a duration such as 5m, not " + text);
  return *parsed;
}

std::vector<std::pair<std::string, std::string>> texts_of(YAML::Node const& node, std::string const& key) {
  std::vector<std::pair<std::string, std::string>> result;
  auto const map = node[key];
  if (!map || map.IsNull()) return result;
  if (!map.IsMap()) mistake(map, key + " must be a map of names and texts");
  for (auto const& pair : map) {
    if (!pair.second.IsScalar() && !pair.second.IsNull()) mistake(pair.second, "here must be a text");
    result.emplace_back(pair.first.Scalar(), pair.second.IsNull() ? "" : pair.second.Scalar());
  }
  return result;
}

// Each item of a list that may be absent.
template <class Read>
void each(YAML::Node const& node, std::string const& key, Read read) {
  auto const list = node[key];
  if (!list || list.IsNull()) return;
  if (!list.IsSequence()) mistake(list, key + " must be a list");
  for (auto const& item : list) read(item);
}

WrittenSeries series_of(YAML::Node const& node) {
  need_keys(node, {"series", "values"});
  auto series = parse_written_series(text_of(node, "series") + " " + text_of(node, "values"));
  if (!series) mistake(node, "this series cannot be read: " + series.error().english());
  bool const histograms = std::any_of(series->points.begin(), series->points.end(),
                                      [](auto const& point) { return point && is_histogram(*point); });
  if (histograms) histogram_at(node);
  return std::move(*series);
}

AlertExpectation alert_of(YAML::Node const& node) {
  need_keys(node, {"eval_time", "alertname", "exp_alerts"});
  AlertExpectation result;
  result.at = duration_of(node, "eval_time", 0);
  result.alert = text_of(node, "alertname");
  if (result.alert.empty())
    mistake(node, "an item under alert_rule_test misses required attribute alertname");
  each(node, "exp_alerts", [&](YAML::Node const& item) {
    ExpectedAlert alert;
    if (!item.IsNull()) {
      need_keys(item, {"exp_labels", "exp_annotations"});
      alert.labels = Labels(texts_of(item, "exp_labels"));
      for (auto& [name, text] : texts_of(item, "exp_annotations")) alert.annotations[name] = text;
    }
    alert.labels.set("alertname", result.alert);
    result.firing.push_back(std::move(alert));
  });
  return result;
}

QueryExpectation query_of(YAML::Node const& node) {
  need_keys(node, {"expr", "eval_time", "exp_samples"});
  QueryExpectation result;
  result.query = text_of(node, "expr");
  result.at = duration_of(node, "eval_time", 0);
  each(node, "exp_samples", [&](YAML::Node const& item) {
    need_keys(item, {"labels", "value", "histogram"});
    auto const labels = parse_written_series(item["labels"] ? text_of(item, "labels") : "{}");
    double value = 0;
    if (!labels) mistake(item, "these labels cannot be read: " + labels.error().english());
    if (item["histogram"]) histogram_at(item["histogram"]);
    if (item["value"] && !parse_number(text_of(item, "value"), value))
      mistake(item["value"], "this is no number");
    result.samples.emplace_back(labels->labels, value);
  });
  return result;
}

std::int64_t start_of(YAML::Node const& node) {
  auto const text = text_of(node, "start_timestamp");
  if (text.empty()) return 0;
  double seconds = 0;
  if (parse_number(text, seconds)) return static_cast<std::int64_t>(seconds * 1000);
  auto const instant = parse_instant(text);
  if (!instant) mistake(node["start_timestamp"], "start_timestamp must be RFC 3339 or seconds since 1970");
  return to_ms(*instant);
}

RuleTest test_of(YAML::Node const& node, std::int64_t evaluation_interval) {
  need_keys(node, {"name", "interval", "input_series", "alert_rule_test", "promql_expr_test",
                   "external_labels", "external_url", "start_timestamp"});
  RuleTest result;
  result.name = text_of(node, "name");
  result.interval_ms = duration_of(node, "interval", evaluation_interval);
  result.start_ms = start_of(node);
  result.external_labels = Labels(texts_of(node, "external_labels"));
  result.external_url = text_of(node, "external_url");
  try {
    each(node, "input_series", [&](YAML::Node const& item) { result.input.push_back(series_of(item)); });
    each(node, "alert_rule_test", [&](YAML::Node const& item) { result.alerts.push_back(alert_of(item)); });
    each(node, "promql_expr_test", [&](YAML::Node const& item) { result.queries.push_back(query_of(item)); });
  } catch (NotSupported const& found) {
    result.refused_line = found.line;
  }
  return result;
}

std::vector<std::filesystem::path> files_of(std::filesystem::path const& folder, std::string const& pattern) {
  std::vector<std::filesystem::path> result;
  auto const full = (folder / pattern).string();
  glob_t found{};
  // Rule tests run on one thread, as a program of their own.
  if (glob(full.c_str(), 0, nullptr, &found) == 0) {  // NOLINT(concurrency-mt-unsafe)
    for (std::size_t i = 0; i < found.gl_pathc; ++i) result.emplace_back(found.gl_pathv[i]);
  } else {
    result.emplace_back(full);  // told as unreadable when it is opened
  }
  globfree(&found);
  return result;
}

void order_groups(std::vector<RuleGroup>& groups, std::vector<std::string> const& order) {
  auto const place = [&](RuleGroup const& group) {
    return std::find(order.begin(), order.end(), group.name) - order.begin();
  };
  std::stable_sort(groups.begin(), groups.end(),
                   [&](RuleGroup const& a, RuleGroup const& b) { return place(a) < place(b); });
}

Result<RuleTestFile> read_document(YAML::Node const& root, std::filesystem::path const& folder,
                                   UnknownKeys unknown) {
  need_keys(root, {"rule_files", "evaluation_interval", "group_eval_order", "fuzzy_compare", "tests"});
  RuleTestFile result;
  result.evaluation_interval_ms = duration_of(root, "evaluation_interval", result.evaluation_interval_ms);
  result.fuzzy_compare = text_of(root, "fuzzy_compare") == "true";
  std::vector<std::filesystem::path> files;
  each(root, "rule_files", [&](YAML::Node const& item) {
    for (auto& path : files_of(folder, item.Scalar())) files.push_back(std::move(path));
  });
  auto groups = read_rules(files, unknown);
  if (!groups) return groups.error();
  result.groups = std::move(*groups);
  std::vector<std::string> order;
  each(root, "group_eval_order", [&](YAML::Node const& item) { order.push_back(item.Scalar()); });
  order_groups(result.groups, order);
  each(root, "tests",
       [&](YAML::Node const& item) { result.tests.push_back(test_of(item, result.evaluation_interval_ms)); });
  return result;
}

}  // namespace

Result<RuleTestFile> read_rule_tests(std::filesystem::path const& file, UnknownKeys unknown) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return refuse(Why::missing, file.string(), "the file cannot be read");
  std::string const text(std::istreambuf_iterator<char>(in), {});
  if (text.size() > file_bytes)
    return refuse(Why::too_large, file.string(), "a rule file has at most {} bytes", file_bytes);
  try {
    return read_document(YAML::Load(text), file.parent_path(), unknown);
  } catch (Mistake const& found) {
    return refuse(Why::invalid, file.string() + ":" + std::to_string(found.line), "{}", found.text);
  } catch (YAML::Exception const& problem) {
    return refuse(Why::invalid, file.string() + ":" + std::to_string(problem.mark.line + 1),
                  "this is no YAML: {}", problem.msg);
  }
}

}  // namespace yunzhi::monitor
