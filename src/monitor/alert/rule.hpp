// Rules as Prometheus' rule files give them: groups of recording and alerting rules.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "monitor/alert/template.hpp"
#include "monitor/query/expression.hpp"

namespace yunzhi::monitor {

using NamedTemplates = std::vector<std::pair<std::string, Template>>;

/// One severity of a rule that has several: the alert has that of the last level whose condition holds.
struct RuleLevel {
  std::string severity;
  std::string condition;  ///< as written: "> 0.9"
  std::shared_ptr<Expression const> query;
};

/// What becomes of an alert whose series has no data any more.
enum class NoData { resolve, keep, fire };

/// An alert that fired so often within this time stays firing until its condition was gone for as long.
struct Flapping {
  std::size_t times = 0;  ///< 0: no such rule
  Milliseconds within{0};
};

struct Rule {
  std::string name;  ///< of the alert or the recorded metric
  bool recording = false;
  std::string query_text;
  std::shared_ptr<Expression const> query;
  Milliseconds hold{0};         ///< `for`
  Milliseconds keep_firing{0};  ///< `keep_firing_for`
  NamedTemplates labels;
  NamedTemplates annotations;
  // Beyond Prometheus.
  std::vector<RuleLevel> levels;              ///< the least severe first; empty: the query is the condition
  std::shared_ptr<Expression const> recover;  ///< a firing alert ends only when this gives its series
  std::shared_ptr<Expression const> data;     ///< what the condition is asked of; there when no_data matters
  NoData no_data = NoData::resolve;
  Flapping flapping;
  std::string place;  ///< file:line
  // Of its group.
  std::size_t limit = 0;                     ///< of series or alerts it may give at once; 0: no bound
  std::optional<Milliseconds> query_offset;  ///< it asks for, and writes, what was so long ago

  [[nodiscard]] Milliseconds offset() const { return query_offset.value_or(Milliseconds{0}); }
};

struct RuleGroup {
  std::string name;
  std::string file;
  Milliseconds interval{0};  ///< 0: the default
  std::vector<Rule> rules;
};

/// What becomes of keys in a rule file that mean nothing here.
enum class UnknownKeys { refused, ignored };

/// Reads one rule as it would stand in a group's list. A fault's field is the path of the key ("expr",
/// "levels/0/when", "annotations/summary"), with ":line:column" within its text when that is known; where the
/// text is no YAML it is the line and column of that.
Result<Rule> parse_rule(std::string const& yaml);

/// The keys of one rule as they were written, each a text, a map or a list of maps of texts: for a form.
Result<json::object> written_rule(std::string const& yaml);

/// Reads one rule file. Every mistake is a fault with `file:line` and what would be right.
Result<std::vector<RuleGroup>> parse_rules(std::string const& yaml, std::string const& file,
                                           UnknownKeys unknown = UnknownKeys::refused);
Result<std::vector<RuleGroup>> read_rules(std::vector<std::filesystem::path> const& files,
                                          UnknownKeys unknown = UnknownKeys::refused);

}  // namespace yunzhi::monitor
