// Makes rules of YAML nodes. Collects faults instead of stopping at the first, so that a file is mended in
// one go.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "monitor/alert/rule.hpp"

namespace yunzhi::monitor {

/// Where the parts of one rule stand in it. Names what a rule can have and no deeper, for aliases can make a
/// short text endless.
class RulePlaces {
 public:
  explicit RulePlaces(YAML::Node const& rule) { add(rule, "", 2); }

  /// "levels/0/when"; empty for the rule itself and for what is not in it.
  [[nodiscard]] std::string of(YAML::Node const& node) const;

 private:
  void add(YAML::Node const& node, std::string const& path, int deeper);

  std::vector<std::pair<YAML::Node, std::string>> known_;
};

class RuleReader {
 public:
  RuleReader(std::string file, UnknownKeys unknown) : file_(std::move(file)), unknown_(unknown) {}

  Result<std::vector<RuleGroup>> run(YAML::Node const& root);
  /// One rule that stands alone; faults name its keys instead of lines.
  Result<Rule> run_alone(YAML::Node const& root);

 private:
  // rule_reader.cpp: what Prometheus' files say
  RuleGroup group(YAML::Node const& node);
  Rule rule(YAML::Node const& node);
  void query(YAML::Node const& node, Rule& rule);
  NamedTemplates templates(YAML::Node const& node, std::string const& key);

  // rule_conditions.cpp: what ours say besides
  void forecast(YAML::Node const& map, Rule& rule);
  void baseline(YAML::Node const& map, Rule& rule);
  void helper_query(YAML::Node const& map, std::string query, Rule& rule);
  void levels(YAML::Node const& node, Rule& rule);
  void recovery(YAML::Node const& node, Rule& rule);
  void no_data(YAML::Node const& node, Rule& rule);
  void flapping(YAML::Node const& node, Rule& rule);

  // rule_reader.cpp: single values
  [[nodiscard]] std::string place(YAML::Node const& node) const;
  template <class... A>
  void fault(YAML::Node const& node, std::string_view text, A const&... arguments) {
    auto refusal = refuse(Why::invalid, place(node), text, arguments...);
    faults_.push_back(std::move(refusal.faults[0]));
  }
  void wrong_query(YAML::Node const& node, std::string_view key, Fault problem);
  bool need_map(YAML::Node const& node, std::initializer_list<std::string_view> keys);
  std::string text(YAML::Node const& node, std::string_view key);
  Milliseconds duration(YAML::Node const& node, std::string_view key, Milliseconds otherwise = {});
  std::size_t count(YAML::Node const& node, std::string_view key);
  /// A number from `least` to `most`; `otherwise` when the key is not there.
  double number(YAML::Node const& node, std::string_view key, double least, double most, double otherwise);
  std::shared_ptr<Expression const> parsed_query(YAML::Node const& node, std::string const& written,
                                                 std::string_view key);

  std::string file_;
  UnknownKeys unknown_;
  std::optional<RulePlaces> places_;
  std::vector<Fault> faults_;
};

}  // namespace yunzhi::monitor
