#include "monitor/alert/rule_reader.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text/utf8.hpp"
#include "monitor/query/format.hpp"
#include "monitor/query/token.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t named_places = 1'000;

}  // namespace

std::string RulePlaces::of(YAML::Node const& node) const {
  auto const found =
      std::find_if(known_.begin(), known_.end(), [&](auto const& each) { return each.first.is(node); });
  return found == known_.end() ? std::string() : found->second;
}

void RulePlaces::add(YAML::Node const& node, std::string const& path, int deeper) {
  if (known_.size() >= named_places) return;
  known_.emplace_back(node, path);
  if (deeper < 0) return;
  auto const below = [&](std::string const& key) { return path.empty() ? key : path + "/" + key; };
  if (node.IsSequence())
    for (std::size_t i = 0; i < node.size(); ++i) add(node[i], below(std::to_string(i)), deeper - 1);
  if (!node.IsMap()) return;
  for (auto const& pair : node) {
    if (!pair.first.IsScalar()) continue;
    known_.emplace_back(pair.first, below(pair.first.Scalar()));
    add(pair.second, below(pair.first.Scalar()), deeper - 1);
  }
}

Result<std::vector<RuleGroup>> RuleReader::run(YAML::Node const& root) {
  std::vector<RuleGroup> groups;
  if (need_map(root, {"groups"})) {
    auto const list = root["groups"];
    if (!list || !(list.IsSequence() || list.IsNull())) {
      fault(root, "a rule file has a list of groups under the key groups");
    } else {
      for (auto const& node : list) groups.push_back(group(node));
    }
  }
  std::set<std::string> names;
  for (auto const& each : groups) {
    if (!names.insert(each.name).second) fault(root, "the group {} comes twice in this file", each.name);
  }
  if (!faults_.empty()) return Refusal{Why::invalid, std::move(faults_)};
  return groups;
}

Result<Rule> RuleReader::run_alone(YAML::Node const& root) {
  places_.emplace(root);
  auto read = rule(root);
  if (!faults_.empty()) return Refusal{Why::invalid, std::move(faults_)};
  return read;
}

RuleGroup RuleReader::group(YAML::Node const& node) {
  RuleGroup result;
  result.file = file_;
  if (!need_map(node, {"name", "interval", "rules", "limit", "query_offset", "labels"})) return result;
  result.name = text(node, "name");
  if (result.name.empty()) fault(node, "a group needs a name");
  result.interval = duration(node, "interval");
  auto const limit = count(node, "limit");
  std::optional<Milliseconds> offset;
  if (node["query_offset"]) offset = duration(node, "query_offset");
  auto const rules = node["rules"];
  if (rules && !rules.IsSequence() && !rules.IsNull()) {
    fault(node, "a group has a list of rules under the key rules");
    return result;
  }
  auto const common = templates(node, "labels");
  for (auto const& each : rules) {
    auto& added = result.rules.emplace_back(rule(each));
    added.limit = limit;
    added.query_offset = offset;
    auto& labels = added.labels;
    for (auto const& label : common) {
      bool const own = std::any_of(labels.begin(), labels.end(),
                                   [&](auto const& pair) { return pair.first == label.first; });
      if (!own) labels.push_back(label);
    }
  }
  return result;
}

Rule RuleReader::rule(YAML::Node const& node) {
  Rule result;
  result.place = place(node);
  bool const map =
      need_map(node, {"record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations", "levels",
                      "recover", "no_data", "flapping", "forecast", "baseline"});
  if (!map) return result;
  auto const record = text(node, "record");
  auto const alert = text(node, "alert");
  if (record.empty() == alert.empty()) fault(node, "a rule has either record or alert, with a name");
  result.recording = !record.empty();
  result.name = result.recording ? record : alert;
  if (result.recording && !valid_utf8(record)) fault(node["record"], "{} is no metric name", record);
  query(node, result);
  result.hold = duration(node, "for");
  result.keep_firing = duration(node, "keep_firing_for");
  result.labels = templates(node, "labels");
  result.annotations = templates(node, "annotations");
  levels(node, result);
  recovery(node, result);
  no_data(node, result);
  flapping(node, result);
  if (!result.recording) return result;
  for (auto const* key : {"for", "keep_firing_for", "annotations", "levels", "recover", "no_data", "flapping",
                          "forecast", "baseline"}) {
    if (node[key]) fault(node[key], "{} belongs to alerts, not to recorded metrics", key);
  }
  return result;
}

// A condition comes as PromQL, or as one of the helpers that stand for it.
void RuleReader::query(YAML::Node const& node, Rule& rule) {
  auto const forecasts = node["forecast"];
  auto const baselines = node["baseline"];
  if (int(bool(node["expr"])) + int(bool(forecasts)) + int(bool(baselines)) > 1)
    return fault(node, "a rule has one of expr, forecast and baseline");
  if (forecasts) return forecast(forecasts, rule);
  if (baselines) return baseline(baselines, rule);
  rule.query_text = text(node, "expr");
  if (rule.query_text.empty()) return fault(node, "a rule needs expr, a PromQL query");
  rule.query = parsed_query(node["expr"], rule.query_text, "expr");
}

NamedTemplates RuleReader::templates(YAML::Node const& node, std::string const& key) {
  NamedTemplates result;
  auto const map = node[key];
  if (!map || map.IsNull()) return result;
  if (!map.IsMap()) {
    fault(map, "{} is a map of names and texts", key);
    return result;
  }
  for (auto const& pair : map) {
    if (!pair.first.IsScalar() || !(pair.second.IsScalar() || pair.second.IsNull())) {
      fault(pair.first, "{} is a map of names and texts", key);
      continue;
    }
    auto const& name = pair.first.Scalar();
    if (name.empty() || !valid_utf8(name) || name == name_label)
      fault(pair.first, "{} is no name for one of the {}", name, key);
    auto made = Template::make(pair.second.IsNull() ? std::string() : pair.second.Scalar());
    if (made) {
      result.emplace_back(name, std::move(*made));
    } else {
      auto problem = made.error().faults[0];
      problem.field = place(pair.second);
      faults_.push_back(std::move(problem));
    }
  }
  return result;
}

std::string RuleReader::place(YAML::Node const& node) const {
  if (places_) return places_->of(node);
  return file_ + ":" + std::to_string(node.Mark().line + 1);
}

void RuleReader::wrong_query(YAML::Node const& node, std::string_view key, Fault problem) {
  if (!places_) return fault(node, "{}, at {}: {}", key, problem.field, problem.english());
  // The query of a level is put together of two texts, so that a column of it tells nothing.
  problem.field = key == "expr" || key == "recover" || key == "only_if" ? place(node) + ":" + problem.field
                                                                        : place(node[std::string(key)]);
  faults_.push_back(std::move(problem));
}

bool RuleReader::need_map(YAML::Node const& node, std::initializer_list<std::string_view> keys) {
  if (!node.IsMap()) {
    fault(node, "here must be a map of keys and values");
    return false;
  }
  if (unknown_ == UnknownKeys::ignored) return true;
  for (auto const& pair : node) {
    auto const key = pair.first.IsScalar() ? pair.first.Scalar() : std::string();
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    std::string known;
    for (auto const each : keys) known += (known.empty() ? "" : ", ") + std::string(each);
    fault(pair.first, "the key {} is not known here; known are {}", key, known);
  }
  return true;
}

std::string RuleReader::text(YAML::Node const& node, std::string_view key) {
  auto const value = node[std::string(key)];
  if (!value || value.IsNull()) return {};
  if (value.IsScalar()) return value.Scalar();
  fault(value, "{} must be a text", key);
  return {};
}

Milliseconds RuleReader::duration(YAML::Node const& node, std::string_view key, Milliseconds otherwise) {
  auto const written = text(node, key);
  if (written.empty()) return otherwise;
  auto const parsed = parse_promql_duration(written);
  if (parsed) return Milliseconds{*parsed};
  fault(node[std::string(key)], "{} must be a duration such as 30s, 5m or 1h30m, not {}", key, written);
  return otherwise;
}

std::size_t RuleReader::count(YAML::Node const& node, std::string_view key) {
  auto const written = text(node, key);
  std::size_t number = 0;
  auto const* end = written.data() + written.size();
  if (written.empty() || std::from_chars(written.data(), end, number).ptr == end) return number;
  fault(node[std::string(key)], "{} must be a whole number, not {}", key, written);
  return 0;
}

double RuleReader::number(YAML::Node const& node, std::string_view key, double least, double most,
                          double otherwise) {
  auto const written = text(node, key);
  if (written.empty()) return otherwise;
  double value = 0;
  if (parse_number(written, value) && value >= least && value <= most) return value;
  fault(node[std::string(key)], "{} must be a number from {} to {}, not {}", key, format_number(least),
        format_number(most), written);
  return otherwise;
}

std::shared_ptr<Expression const> RuleReader::parsed_query(YAML::Node const& node, std::string const& written,
                                                           std::string_view key) {
  auto parsed = parse_query(written);
  if (!parsed) {
    wrong_query(node, key, parsed.error().faults[0]);
    return nullptr;
  }
  auto const type = (*parsed)->type;
  if (type != ValueType::vector && type != ValueType::scalar) {
    fault(node, "{} must give an instant vector or a scalar, not a {}", key, name_of(type));
    return nullptr;
  }
  return std::shared_ptr<Expression const>(std::move(*parsed));
}

}  // namespace yunzhi::monitor
