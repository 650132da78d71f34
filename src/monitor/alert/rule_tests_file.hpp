// What a rule test file says.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "monitor/alert/rule.hpp"
#include "monitor/query/series_notation.hpp"

namespace yunzhi::monitor {

struct ExpectedAlert {
  Labels labels;
  std::map<std::string, std::string> annotations;

  bool operator==(ExpectedAlert const&) const = default;
  auto operator<=>(ExpectedAlert const&) const = default;
};

struct AlertExpectation {
  std::int64_t at = 0;
  std::string alert;
  std::vector<ExpectedAlert> firing;
};

struct QueryExpectation {
  std::int64_t at = 0;
  std::string query;
  std::vector<std::pair<Labels, double>> samples;
};

struct RuleTest {
  std::string name;
  std::int64_t interval_ms = 60'000;
  std::int64_t start_ms = 0;
  std::vector<WrittenSeries> input;
  std::vector<AlertExpectation> alerts;
  std::vector<QueryExpectation> queries;
  Labels external_labels;
  std::string external_url;
  int refused_line = 0;  ///< where it asks for native histograms, which are not kept; 0: it can run
};

struct RuleTestFile {
  std::vector<RuleGroup> groups;  ///< in the order in which they are evaluated
  std::int64_t evaluation_interval_ms = 60'000;
  bool fuzzy_compare = false;
  std::vector<RuleTest> tests;
};

Result<RuleTestFile> read_rule_tests(std::filesystem::path const& file, UnknownKeys unknown);

}  // namespace yunzhi::monitor
