#include <doctest/doctest.h>

#include "monitor/alert/rule.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

std::string problem(std::string const& rules) {
  auto const parsed = parse_rules("groups:\n- name: g\n  rules:\n" + rules, "r.yaml");
  return parsed ? "" : parsed.error().english();
}

}  // namespace

TEST_CASE("a rule file in Prometheus' format loads") {
  auto const groups = parse_rules(R"(
groups:
  - name: g
    interval: 30s
    limit: 7
    query_offset: 1m
    labels: {team: ops}
    rules:
      - record: job:up:sum
        expr: sum by (job) (up)
      - alert: Down
        expr: up == 0
        for: 5m
        keep_firing_for: 1h
        labels: {severity: critical, team: db}
        annotations: {summary: "{{ $labels.instance }} is down"}
)",
                                  "r.yaml");
  REQUIRE(groups.has_value());
  auto const& group = groups->at(0);
  CHECK(group.interval == std::chrono::seconds(30));
  CHECK(group.rules.at(0).recording);
  CHECK(group.rules.at(0).limit == 7);
  CHECK(group.rules.at(1).offset() == std::chrono::minutes(1));
  CHECK(group.rules.at(1).hold == std::chrono::minutes(5));
  CHECK(group.rules.at(1).keep_firing == std::chrono::hours(1));
  CHECK(group.rules.at(1).labels.size() == 2);
}

TEST_CASE("mistakes are refused with file and line and what would be right") {
  CHECK(problem("  - alert: A\n    expr: up ==\n").starts_with("r.yaml:5: expr, at 1:6: "));
  CHECK(problem("  - alert: A\n") == "r.yaml:4: a rule needs expr, a PromQL query");
  CHECK(problem("  - alert: A\n    record: b\n    expr: up\n") ==
        "r.yaml:4: a rule has either record or alert, with a name");
  CHECK(problem("  - alert: A\n    expr: up\n    for: soon\n") ==
        "r.yaml:6: for must be a duration such as 30s, 5m or 1h30m, not soon");
  CHECK(problem("  - alert: A\n    expr: up\n    labels: {a: \"{{ $x }}\"}\n")
            .starts_with("r.yaml:6: a template"));
  CHECK(problem("  - alert: A\n    exp: up\n").starts_with("r.yaml:5: the key exp is not known here"));
  CHECK(problem("  - record: a b\n    expr: up\n") == "r.yaml:4: a b is no metric name");
  CHECK(
      problem("  - alert: A\n    expr: up[5m]\n").starts_with("r.yaml:5: expr must give an instant vector"));
  CHECK(parse_rules("groups:\n- {name: g, limit: many, rules: []}\n", "r.yaml").error().english() ==
        "r.yaml:2: limit must be a whole number, not many");
  CHECK_FALSE(parse_rules("groups: [", "r.yaml").has_value());
  CHECK_FALSE(parse_rules("rules: []", "r.yaml").has_value());
}

TEST_CASE("keys that mean nothing here are passed over when that is asked for") {
  std::string const text = "groups:\n- {name: g, owner: us, rules: [{record: a, expr: up, team: x}]}\n";
  CHECK_FALSE(parse_rules(text, "r.yaml").has_value());
  CHECK(parse_rules(text, "r.yaml", UnknownKeys::ignored).has_value());
}
