// Runs the unit tests of rule files that promtool runs (Prometheus' docs, "Unit testing for rules"): input
// series, rules evaluated step by step, and what alerts and queries must then give.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace yunzhi::monitor {

struct RuleTestReport {
  std::size_t passed = 0;
  std::vector<std::string> failures;  ///< one per expectation that was not met, with the test's name
};

/// Reads a test file and the rule files it names, relative to its own folder. Refused when either cannot be
/// read, with file and line.
Result<RuleTestReport> run_rule_tests(std::filesystem::path const& file);

}  // namespace yunzhi::monitor
