// Runs the unit tests of rule files that promtool runs (Prometheus' docs, "Unit testing for rules"): input
// series, rules evaluated step by step, and what alerts and queries must then give.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "monitor/alert/rule.hpp"

namespace yunzhi::monitor {

struct RuleTestReport {
  std::size_t passed = 0;
  std::vector<std::string> failures;  ///< one per expectation that was not met, with the test's name
  std::vector<std::string> refused;   ///< one per test group that was not run, with file, line and reason
};

struct RuleTestChoice {
  std::vector<std::string> names{};  ///< regular expressions (RE2); a test whose name has one of them is run
  UnknownKeys unknown = UnknownKeys::refused;  ///< in the rule files
};

/// Reads a test file and the rule files it names, relative to its own folder. Refused when either cannot be
/// read, with file and line, or when a chosen name is no regular expression.
Result<RuleTestReport> run_rule_tests(std::filesystem::path const& file, RuleTestChoice const& choice = {});

}  // namespace yunzhi::monitor
