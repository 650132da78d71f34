// Reads rule files: YAML in, rules with compiled queries and templates out, every mistake with its line.
#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include <yaml-cpp/yaml.h>

#include "monitor/alert/rule.hpp"
#include "monitor/query/format.hpp"
#include "monitor/query/print.hpp"
#include "monitor/query/token.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t file_bytes = 4 << 20;
constexpr std::size_t named_places = 1'000;

// Where the parts of one rule stand in it. Names what a rule can have and no deeper, for aliases can make a
// short text endless.
class Places {
 public:
  explicit Places(YAML::Node const& rule) { add(rule, "", 2); }

  [[nodiscard]] std::string of(YAML::Node const& node) const {
    auto const found =
        std::find_if(known_.begin(), known_.end(), [&](auto const& each) { return each.first.is(node); });
    return found == known_.end() ? std::string() : found->second;
  }

 private:
  void add(YAML::Node const& node, std::string const& path, int deeper) {
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

  std::vector<std::pair<YAML::Node, std::string>> known_;
};

// Collects faults instead of stopping at the first, so that a file is mended in one go.
class RuleReader {
 public:
  RuleReader(std::string file, UnknownKeys unknown) : file_(std::move(file)), unknown_(unknown) {}

  Result<std::vector<RuleGroup>> run(YAML::Node const& root) {
    std::vector<RuleGroup> groups;
    if (need_map(root, {"groups"})) {
      auto const list = root["groups"];
      if (!list || !list.IsSequence()) {
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

  /// One rule that stands alone; faults name its keys instead of lines.
  Result<Rule> run_alone(YAML::Node const& root) {
    places_.emplace(root);
    auto read = rule(root);
    if (!faults_.empty()) return Refusal{Why::invalid, std::move(faults_)};
    return read;
  }

 private:
  [[nodiscard]] std::string place(YAML::Node const& node) const {
    if (places_) return places_->of(node);
    return file_ + ":" + std::to_string(node.Mark().line + 1);
  }

  template <class... A>
  void fault(YAML::Node const& node, std::string_view text, A const&... arguments) {
    auto refusal = refuse(Why::invalid, place(node), text, arguments...);
    faults_.push_back(std::move(refusal.faults[0]));
  }

  void wrong_query(YAML::Node const& node, std::string_view key, Fault problem) {
    if (!places_) return fault(node, "{}, at {}: {}", key, problem.field, problem.english());
    // The query of a level is put together of two texts, so that a column of it tells nothing.
    problem.field =
        key == "expr" || key == "recover" ? place(node) + ":" + problem.field : place(node[std::string(key)]);
    faults_.push_back(std::move(problem));
  }

  bool need_map(YAML::Node const& node, std::initializer_list<std::string_view> keys) {
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

  std::string text(YAML::Node const& node, std::string_view key) {
    auto const value = node[std::string(key)];
    if (!value) return {};
    if (value.IsScalar()) return value.Scalar();
    fault(value, "{} must be a text", key);
    return {};
  }

  Milliseconds duration(YAML::Node const& node, std::string_view key) {
    auto const written = text(node, key);
    if (written.empty()) return Milliseconds{0};
    auto const parsed = parse_promql_duration(written);
    if (parsed) return Milliseconds{*parsed};
    fault(node[std::string(key)], "{} must be a duration such as 30s, 5m or 1h30m, not {}", key, written);
    return Milliseconds{0};
  }

  std::size_t count(YAML::Node const& node, std::string_view key) {
    auto const written = text(node, key);
    std::size_t number = 0;
    auto const* end = written.data() + written.size();
    if (written.empty() || std::from_chars(written.data(), end, number).ptr == end) return number;
    fault(node[std::string(key)], "{} must be a whole number, not {}", key, written);
    return 0;
  }

  RuleGroup group(YAML::Node const& node) {
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
    if (!rules || !rules.IsSequence()) {
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

  Rule rule(YAML::Node const& node) {
    Rule result;
    result.place = place(node);
    bool const map = need_map(node, {"record", "alert", "expr", "for", "keep_firing_for", "labels",
                                     "annotations", "levels", "recover", "no_data", "flapping"});
    if (!map) return result;
    auto const record = text(node, "record");
    auto const alert = text(node, "alert");
    if (record.empty() == alert.empty()) fault(node, "a rule has either record or alert, with a name");
    result.recording = !record.empty();
    result.name = result.recording ? record : alert;
    if (result.recording && !is_metric_name(record)) fault(node["record"], "{} is no metric name", record);
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
    for (auto const* key :
         {"for", "keep_firing_for", "annotations", "levels", "recover", "no_data", "flapping"}) {
      if (node[key]) fault(node[key], "{} belongs to alerts, not to recorded metrics", key);
    }
    return result;
  }

  std::shared_ptr<Expression const> parsed_query(YAML::Node const& node, std::string const& written,
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

  void query(YAML::Node const& node, Rule& rule) {
    rule.query_text = text(node, "expr");
    if (rule.query_text.empty()) return fault(node, "a rule needs expr, a PromQL query");
    rule.query = parsed_query(node["expr"], rule.query_text, "expr");
  }

  // Severities in one rule: a list of {severity, when}, the least severe first.
  void levels(YAML::Node const& node, Rule& rule) {
    auto const list = node["levels"];
    if (!list) return;
    if (!list.IsSequence()) return fault(list, "levels is a list of severity and when");
    for (auto const& each : list) {
      if (!need_map(each, {"severity", "when"})) continue;
      RuleLevel level{text(each, "severity"), text(each, "when"), nullptr};
      if (level.severity.empty() || level.condition.empty()) {
        fault(each, "a level needs severity, and when with a condition such as \"> 0.9\"");
        continue;
      }
      if (!rule.query) continue;  // told already
      level.query = parsed_query(each, "(" + rule.query_text + ") " + level.condition, "when");
      rule.levels.push_back(std::move(level));
    }
  }

  void recovery(YAML::Node const& node, Rule& rule) {
    auto const written = text(node, "recover");
    if (!written.empty()) rule.recover = parsed_query(node["recover"], written, "recover");
  }

  // Whether a series is there is asked of what the condition compares.
  void no_data(YAML::Node const& node, Rule& rule) {
    auto const written = text(node, "no_data");
    if (written.empty()) return;
    auto const value = node["no_data"];
    if (written != "keep" && written != "fire" && written != "resolve")
      return fault(value, "no_data is one of keep, fire and resolve, not {}", written);
    rule.no_data = written == "keep" ? NoData::keep : written == "fire" ? NoData::fire : NoData::resolve;
    if (rule.no_data == NoData::resolve || !rule.query) return;
    if (!rule.levels.empty()) {
      rule.data = rule.query;
      return;
    }
    auto const* comparison = std::get_if<BinaryNode>(&rule.query->node);
    if (comparison == nullptr || !is_comparison(comparison->op) || comparison->as_bool)
      return fault(value, "no_data needs an expr that is a comparison, or levels");
    bool const left = comparison->left->type == ValueType::vector;
    rule.data = parsed_query(value, print_query(left ? *comparison->left : *comparison->right), "expr");
  }

  void flapping(YAML::Node const& node, Rule& rule) {
    auto const map = node["flapping"];
    if (!map || !need_map(map, {"times", "within"})) return;
    auto const written = text(map, "times");
    double times = 0;
    if (!parse_number(written, times) || !(times >= 2 && times <= 1000))
      return fault(map, "flapping needs times, a number from 2 to 1000");
    rule.flapping = {static_cast<std::size_t>(times), duration(map, "within")};
    if (rule.flapping.within <= Milliseconds{0}) fault(map, "flapping needs within, a duration such as 1h");
  }

  NamedTemplates templates(YAML::Node const& node, std::string const& key) {
    NamedTemplates result;
    auto const map = node[key];
    if (!map) return result;
    if (!map.IsMap()) {
      fault(map, "{} is a map of names and texts", key);
      return result;
    }
    for (auto const& pair : map) {
      if (!pair.first.IsScalar() || !pair.second.IsScalar()) {
        fault(pair.first, "{} is a map of names and texts", key);
        continue;
      }
      auto const& name = pair.first.Scalar();
      if (!is_label_name(name) || name == name_label)
        fault(pair.first, "{} is no name for one of the {}", name, key);
      auto made = Template::make(pair.second.Scalar());
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

  std::string file_;
  UnknownKeys unknown_;
  std::optional<Places> places_;
  std::vector<Fault> faults_;
};

// Only what a rule can have: a text, a map of texts, or a list of those.
json::value as_written(YAML::Node const& node, int deeper) {
  if (node.IsMap() && deeper > 0) {
    json::object map;
    for (auto const& pair : node) map[pair.first.Scalar()] = as_written(pair.second, deeper - 1);
    return map;
  }
  if (node.IsSequence() && deeper > 0) {
    json::array list;
    for (auto const& each : node) list.push_back(as_written(each, deeper - 1));
    return list;
  }
  return node.IsScalar() ? json::value(node.Scalar()) : json::value("");
}

Result<> load(std::string const& yaml, std::string const& before_line, YAML::Node& root) {
  if (yaml.size() > file_bytes)
    return refuse(Why::too_large, before_line, "a rule file has at most {} bytes", file_bytes);
  try {
    root = YAML::Load(yaml);
    return {};
  } catch (YAML::Exception const& problem) {
    auto const line = std::to_string(problem.mark.line + 1);
    auto const field =
        before_line.empty() ? line + ":" + std::to_string(problem.mark.column + 1) : before_line + ":" + line;
    return refuse(Why::invalid, field, "this is no YAML: {}", problem.msg);
  }
}

}  // namespace

Result<Rule> parse_rule(std::string const& yaml) {
  YAML::Node root;
  if (auto const loaded = load(yaml, "", root); !loaded) return loaded.error();
  try {
    return RuleReader("rule", UnknownKeys::refused).run_alone(root);
  } catch (YAML::Exception const& problem) {
    return refuse(Why::invalid, "", "this is no YAML: {}", problem.msg);
  }
}

Result<json::object> written_rule(std::string const& yaml) {
  if (auto const rule = parse_rule(yaml); !rule) return rule.error();
  constexpr int levels_and_their_keys = 3;
  return as_written(YAML::Load(yaml), levels_and_their_keys).as_object();
}

Result<std::vector<RuleGroup>> parse_rules(std::string const& yaml, std::string const& file,
                                           UnknownKeys unknown) {
  YAML::Node root;
  if (auto const loaded = load(yaml, file, root); !loaded) return loaded.error();
  if (root.IsNull()) return std::vector<RuleGroup>{};
  try {
    return RuleReader(file, unknown).run(root);
  } catch (YAML::Exception const& problem) {
    return refuse(Why::invalid, file + ":" + std::to_string(problem.mark.line + 1), "this is no YAML: {}",
                  problem.msg);
  }
}

Result<std::vector<RuleGroup>> read_rules(std::vector<std::filesystem::path> const& files,
                                          UnknownKeys unknown) {
  std::vector<RuleGroup> groups;
  std::vector<Fault> faults;
  for (auto const& path : files) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
      faults.push_back({path.string(), "the rule file cannot be read", {}});
      continue;
    }
    auto parsed = parse_rules({std::istreambuf_iterator<char>(in), {}}, path.filename().string(), unknown);
    if (parsed) {
      std::move(parsed->begin(), parsed->end(), std::back_inserter(groups));
    } else {
      auto const more = parsed.error().faults;
      faults.insert(faults.end(), more.begin(), more.end());
    }
  }
  if (!faults.empty()) return Refusal{Why::invalid, std::move(faults)};
  return groups;
}

}  // namespace yunzhi::monitor
