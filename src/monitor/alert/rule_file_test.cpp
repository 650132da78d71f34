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
  CHECK(
      problem("  - alert: A\n    expr: up[5m]\n").starts_with("r.yaml:5: expr must give an instant vector"));
  CHECK(parse_rules("groups:\n- {name: g, limit: many, rules: []}\n", "r.yaml").error().english() ==
        "r.yaml:2: limit must be a whole number, not many");
  CHECK_FALSE(parse_rules("groups: [", "r.yaml").has_value());
  CHECK_FALSE(parse_rules("rules: []", "r.yaml").has_value());
}

TEST_CASE("keys without a value mean nothing, and names may be of any letters") {
  for (auto const* text : {"groups:\n- name: g\n  rules:\n", "groups:\n- name: g\n", "groups:\n"})
    CHECK_MESSAGE(parse_rules(text, "r.yaml").has_value(), text);
  CHECK(problem("  - alert: A\n    expr: up\n    for:\n    labels:\n    annotations: {summary: }\n").empty());
  CHECK(problem("  - record: 主机.在线\n    expr: up\n    labels: {机房: 东}\n").empty());
  CHECK(problem("  - record: a\n    expr: up\n    labels: {__name__: b}\n")
            .starts_with("r.yaml:6: __name__ is no name for one of the labels"));
}

TEST_CASE("keys that mean nothing here are passed over when that is asked for") {
  std::string const text = "groups:\n- {name: g, owner: us, rules: [{record: a, expr: up, team: x}]}\n";
  CHECK_FALSE(parse_rules(text, "r.yaml").has_value());
  CHECK(parse_rules(text, "r.yaml", UnknownKeys::ignored).has_value());
}

TEST_CASE("mistakes of a rule that stands alone name its keys, with the place inside a query") {
  auto const field = [](std::string const& rule) {
    auto const parsed = parse_rule(rule);
    return parsed ? "" : parsed.error().faults.at(0).field;
  };
  CHECK(field("alert: A\nexpr: |\n  up\n  == ==\n") == "expr:2:4");
  CHECK(field("alert: A\nexpr: up\nfor: soon\n") == "for");
  CHECK(field("alert: A\nexpr: up\nfoo: 1\n") == "foo");
  CHECK(field("alert: A\n") == "");
  CHECK(field("alert: A\nexpr: up\nannotations: {summary: \"{{ $x }}\"}\n") == "annotations/summary");
  CHECK(
      field("alert: A\nexpr: up\nlevels:\n- {severity: a, when: \"> 1\"}\n- {severity: b, when: \">\"}\n") ==
      "levels/1/when");
  CHECK(field("alert: A\nexpr: 'up' up\n") == "2:12");
}

TEST_CASE("a rule whose aliases would unfold without end is read in no time") {
  std::string rule = "alert: A\nexpr: up\nlabels:\n  a0: &a0 [x, x]\n";
  for (int i = 1; i < 40; ++i) {
    auto const one = std::to_string(i);
    auto const before = "*a" + std::to_string(i - 1);
    rule += "  a" + one + ": &a" + one + " [" + before + ", " + before + "]\n";
  }
  CHECK(parse_rule(rule).has_error());
  CHECK(written_rule(rule).has_error());
}

TEST_CASE("what stands in a rule is given back key by key") {
  auto const written = written_rule(
      "alert: A\nexpr: up\nfor: 5m\nlevels: [{severity: minor, when: \"> 1\"}]\nannotations: {summary: x}\n");
  REQUIRE(written.has_value());
  CHECK(*written ==
        json::object{{"alert", "A"},
                     {"expr", "up"},
                     {"for", "5m"},
                     {"levels", json::array{json::object{{"severity", "minor"}, {"when", "> 1"}}}},
                     {"annotations", json::object{{"summary", "x"}}}});
}
