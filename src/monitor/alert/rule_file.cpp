// Reads rule files: YAML in, rules with compiled queries and templates out, every mistake with its line.
#include <fstream>
#include <iterator>

#include "monitor/alert/rule_reader.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t file_bytes = 4 << 20;

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
