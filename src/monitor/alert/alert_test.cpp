#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "monitor/alert/rule_tests.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

// A folder with a rule file and a test file, gone when the test is.
class Folder {
 public:
  explicit Folder(std::string const& name)
      : path_(std::filesystem::temp_directory_path() / ("yunzhi-" + name)) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
    write("rules.yml", R"(
groups:
  - name: g
    rules:
      - record: job:up:count
        expr: count by (job) (up)
      - alert: Down
        expr: up == 0
        for: 2m
        labels: {severity: page, site: "{{ $externalLabels.site }}"}
        annotations: {summary: "{{ $labels.instance }} is down, {{ query \"count(up)\" | first | value }} known"}
)");
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;

  void write(std::string const& name, std::string const& text) const { std::ofstream(path_ / name) << text; }

  [[nodiscard]] Result<RuleTestReport> run(std::string const& tests, RuleTestChoice const& choice = {},
                                           std::string const& more = "") const {
    write("tests.yml", more + "rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n" + tests);
    return run_rule_tests(path_ / "tests.yml", choice);
  }

 private:
  std::filesystem::path path_;
};

constexpr auto input = R"(
  - interval: 1m
    name: a host goes down
    external_labels: {site: north}
    input_series:
      - {series: 'up{job="node", instance="a"}', values: "1 1 0x10"}
      - {series: 'up{job="node", instance="b"}', values: "1x12"}
)";

}  // namespace

TEST_CASE("a rule test in promtool's format passes when rules do what it says") {
  Folder const folder("rule-tests-pass");
  auto const report = folder.run(std::string(input) + R"(
    alert_rule_test:
      - {eval_time: 3m, alertname: Down, exp_alerts: []}
      - eval_time: 5m
        alertname: Down
        exp_alerts:
          - exp_labels: {job: node, instance: a, severity: page, site: north}
            exp_annotations: {summary: "a is down, 2 known"}
    promql_expr_test:
      - {expr: 'job:up:count', eval_time: 2m, exp_samples: [{labels: 'job:up:count{job="node"}', value: 2}]}
      - {expr: 'ALERTS{alertstate="pending"}', eval_time: 2m, exp_samples: [{labels: 'ALERTS{alertname="Down",alertstate="pending",instance="a",job="node",severity="page",site="north"}', value: 1}]}
      - {expr: 'absent(up)', eval_time: 2m, exp_samples: []}
)");
  REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().english()));
  for (auto const& failure : report->failures) FAIL_CHECK(failure);
  CHECK(report->passed == 5);
}

TEST_CASE("a rule test that expects something else fails and shows both") {
  Folder const folder("rule-tests-fail");
  auto const report = folder.run(std::string(input) + R"(
    alert_rule_test:
      - {eval_time: 5m, alertname: Down, exp_alerts: []}
    promql_expr_test:
      - {expr: 'job:up:count', eval_time: 2m, exp_samples: [{labels: 'job:up:count{job="node"}', value: 3}]}
)");
  REQUIRE(report.has_value());
  CHECK(report->passed == 0);
  REQUIRE(report->failures.size() == 2);
  CHECK(report->failures[0].find("alertname: Down, time: 5m, exp: [], got: [") != std::string::npos);
  CHECK(report->failures[1].find("got: job:up:count{job=\"node\"} 2") != std::string::npos);
}

TEST_CASE("a rule test file with a mistake is refused with its line") {
  Folder const folder("rule-tests-refused");
  auto const problem = [&](std::string const& tests) {
    auto const report = folder.run(tests);
    return report ? std::string() : report.error().english();
  };
  CHECK(problem("  - {intervall: 1m}\n").find("tests.yml:4: the key intervall is not known here") !=
        std::string::npos);
  CHECK(problem("  - input_series: [{series: 'up{', values: 1}]\n").find("cannot be read") !=
        std::string::npos);
  CHECK(problem("  - alert_rule_test: [{eval_time: 1m}]\n").find("alertname") != std::string::npos);
}

TEST_CASE("a test group that needs native histograms is refused alone, with its line, and the others run") {
  Folder const folder("rule-tests-histograms");
  auto const report = folder.run(std::string(input) + R"(
    promql_expr_test:
      - {expr: 'job:up:count', eval_time: 2m, exp_samples: [{labels: 'job:up:count{job="node"}', value: 2}]}
  - name: as input
    input_series: [{series: h, values: "{{schema:1 sum:-0.3 count:32.1 buckets:[5.1 10 7]}}"}]
    promql_expr_test: [{expr: h, eval_time: 0, exp_samples: []}]
  - name: as result
    promql_expr_test: [{expr: h, eval_time: 0, exp_samples: [{labels: h, histogram: "{{sum:1}}"}]}]
)");
  REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().english()));
  CHECK(report->passed == 1);
  CHECK(report->failures.empty());
  REQUIRE(report->refused.size() == 2);
  CHECK(report->refused[0].starts_with("as input: "));
  CHECK(report->refused[0].ends_with("tests.yml:15: native histograms are not supported"));
  CHECK(report->refused[1].ends_with("tests.yml:18: native histograms are not supported"));
}

TEST_CASE("only tests with a chosen name are run") {
  Folder const folder("rule-tests-chosen");
  auto const tests = R"(
  - {name: first, promql_expr_test: [{expr: vector(1), eval_time: 0, exp_samples: [{value: 1}]}]}
  - {name: second, promql_expr_test: [{expr: vector(1), eval_time: 0, exp_samples: [{value: 2}]}]}
)";
  CHECK(folder.run(tests, {{"fir"}})->failures.empty());
  CHECK(folder.run(tests, {{"fir", "sec.nd"}})->failures.size() == 1);
  CHECK_FALSE(folder.run(tests, {{"("}}).has_value());
}

TEST_CASE("a fuzzy comparison lets the nearest neighbour of a number pass and no other") {
  Folder const folder("rule-tests-fuzzy");
  auto const passes = [&](std::string const& given) {
    auto const tests =
        "  - {input_series: [{series: a, values: " + given +
        "}], promql_expr_test: [{expr: a, eval_time: 0, exp_samples: [{labels: a, value: 3}]}]}\n";
    return folder.run(tests, {}, "fuzzy_compare: true\n")->failures.empty();
  };
  CHECK(passes("2.9999999999999996"));
  CHECK_FALSE(passes("2.9999999999999987"));
}
