// Rules as Prometheus' rule files give them: groups of recording and alerting rules.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "monitor/alert/template.hpp"
#include "monitor/query/expression.hpp"

namespace yunzhi::monitor {

using NamedTemplates = std::vector<std::pair<std::string, Template>>;

struct Rule {
  std::string name;  ///< of the alert or the recorded metric
  bool recording = false;
  std::string query_text;
  std::shared_ptr<Expression const> query;
  Milliseconds hold{0};         ///< `for`
  Milliseconds keep_firing{0};  ///< `keep_firing_for`
  NamedTemplates labels;
  NamedTemplates annotations;
  std::string place;  ///< file:line
};

struct RuleGroup {
  std::string name;
  std::string file;
  Milliseconds interval{0};  ///< 0: the default
  std::vector<Rule> rules;
};

/// Reads one rule file. Every mistake is a fault with `file:line` and what would be right.
Result<std::vector<RuleGroup>> parse_rules(std::string const& yaml, std::string const& file);
Result<std::vector<RuleGroup>> read_rules(std::vector<std::filesystem::path> const& files);

}  // namespace yunzhi::monitor
