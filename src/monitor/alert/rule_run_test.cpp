#include "monitor/alert/rule_run.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "monitor/alert/rule_evaluation.hpp"
#include "monitor/series/memory_source.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

Rule rule(std::string const& yaml) {
  auto made = parse_rule(yaml);
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().english()));
  return std::move(*made);
}

// A rule over a series that is written minute by minute.
class Story {
 public:
  explicit Story(std::string const& yaml) : run_(rule(yaml)) {}

  // Nothing: no sample is written, and the last one is marked as gone.
  std::string at(int minute, std::optional<double> value) {
    Labels const labels{{"__name__", "used"}, {"disk", "sda"}};
    source_.add(labels, {minute * 60'000, value ? *value : stale_marker()});
    auto const now = from_ms(minute * 60'000);
    auto const input = input_of(source_, run_.rule(), now, {});
    REQUIRE(input.has_value());
    auto const points = run_.step(*input, now);
    REQUIRE(points.has_value());
    std::string told;
    for (auto const& change : run_.news()) {
      told += (told.empty() ? "" : " ") + std::string(name_of(change.state));
      if (!change.severity.empty()) told += ":" + change.severity;
      if (change.flapping) told += ":flapping";
      run_.told(change);
    }
    return told;
  }

  [[nodiscard]] bool flaps() const { return !run_.alerts().empty() && run_.alerts()[0].flapping; }

 private:
  MemorySource source_;
  RuleRun run_;
};

}  // namespace

TEST_CASE("an alert waits, fires and resolves as in Prometheus") {
  Story story("alert: Full\nexpr: used > 90\nfor: 2m\n");
  CHECK(story.at(0, 80) == "");
  CHECK(story.at(1, 95) == "pending");
  CHECK(story.at(2, 95) == "");
  CHECK(story.at(3, 95) == "firing");
  CHECK(story.at(4, 85) == "resolved");
  CHECK(story.at(5, 95) == "pending");
  CHECK(story.at(6, 85) == "inactive");
}

TEST_CASE("with a condition for recovery an alert ends only when that holds") {
  Story story("alert: Full\nexpr: used > 90\nrecover: used < 70\n");
  CHECK(story.at(0, 95) == "firing");
  CHECK(story.at(1, 85) == "");
  CHECK(story.at(2, 75) == "");
  CHECK(story.at(3, 65) == "resolved");
  CHECK(story.at(4, 85) == "");
}

TEST_CASE("missing data resolves an alert only when the rule says so") {
  Story as_prometheus("alert: Full\nexpr: used > 90\n");
  CHECK(as_prometheus.at(0, 95) == "firing");
  CHECK(as_prometheus.at(1, {}) == "resolved");

  Story keeps("alert: Full\nexpr: used > 90\nno_data: keep\n");
  CHECK(keeps.at(0, 95) == "firing");
  CHECK(keeps.at(1, {}) == "");
  CHECK(keeps.at(2, 50) == "resolved");

  Story fires("alert: Full\nexpr: used > 90\nno_data: fire\n");
  CHECK(fires.at(0, 50) == "");
  CHECK(fires.at(1, {}) == "firing");
  CHECK(fires.at(2, 50) == "resolved");
}

TEST_CASE("one rule has several severities, and an alert takes the most severe that holds") {
  Story story(
      "alert: Full\nexpr: used\nlevels:\n  - {severity: warning, when: \"> 80\"}\n"
      "  - {severity: critical, when: \"> 95\"}\n");
  CHECK(story.at(0, 50) == "");
  CHECK(story.at(1, 85) == "firing:warning");
  CHECK(story.at(2, 97) == "firing:critical");
  CHECK(story.at(3, 97) == "");
  CHECK(story.at(4, 85) == "firing:warning");
  CHECK(story.at(5, 50) == "resolved:warning");
}

TEST_CASE("an alert that comes and goes stays until it was quiet for long enough") {
  Story story("alert: Full\nexpr: used > 90\nflapping: {times: 3, within: 10m}\n");
  CHECK(story.at(0, 95) == "firing");
  CHECK(story.at(1, 50) == "resolved");
  CHECK(story.at(2, 95) == "firing");
  CHECK(story.at(3, 50) == "resolved");
  CHECK(story.at(4, 95) == "firing:flapping");
  CHECK(story.flaps());
  CHECK(story.at(5, 50) == "");
  CHECK(story.at(6, 95) == "");
  CHECK(story.at(7, 50) == "");
  CHECK(story.at(12, 50) == "");
  CHECK(story.at(17, 50) == "resolved");
}

TEST_CASE("a preview tells what a rule would have told") {
  MemorySource source;
  Labels const labels{{"__name__", "used"}, {"disk", "sda"}};
  for (int minute = 0; minute < 60; ++minute)
    source.add(labels, {minute * 60'000, minute % 20 < 5 ? 95.0 : 50.0});
  auto const full = rule("alert: Full\nexpr: used > 90\nfor: 2m\n");
  auto const changes = preview(source, full, from_ms(0), from_ms(59 * 60'000), Milliseconds{60'000}, {});
  REQUIRE(changes.has_value());
  auto const fired = std::count_if(changes->begin(), changes->end(), [](AlertChange const& change) {
    return change.state == AlertState::firing;
  });
  CHECK(fired == 3);
  CHECK(changes->front().state == AlertState::pending);
  CHECK(changes->back().state == AlertState::resolved);
}

TEST_CASE("what is beyond Prometheus is checked when the rule is read") {
  auto const problem = [](std::string const& more) {
    auto const made = parse_rule("alert: A\nexpr: sum(used)\n" + more);
    return made ? std::string() : made.error().english();
  };
  CHECK(problem("no_data: keep").find("needs an expr that is a comparison") != std::string::npos);
  CHECK(problem("no_data: later").find("one of keep, fire and resolve") != std::string::npos);
  CHECK(problem("recover: used <").starts_with("recover:1:7: "));
  CHECK(problem("flapping: {times: 1, within: 1h}").find("from 2 to 1000") != std::string::npos);
  CHECK(problem("levels: [{severity: warning}]").find("a level needs severity") != std::string::npos);
  CHECK(problem("levels: [{severity: warning, when: \"> 1\"}]") == "");
}

namespace {

std::vector<Rule> rules_of_group(std::string const& yaml) {
  auto groups = parse_rules("groups:\n- name: g\n" + yaml, "rules.yml");
  REQUIRE_MESSAGE(groups.has_value(), (groups ? "" : groups.error().english()));
  return std::move(groups->at(0).rules);
}

Result<std::vector<Point>> step_at(MemorySource const& source, RuleRun& run, std::int64_t ms) {
  auto const input = input_of(source, run.rule(), from_ms(ms), {});
  REQUIRE(input.has_value());
  return run.step(*input, from_ms(ms));
}

Labels disk(std::string const& name) {
  return {{"__name__", "used"}, {"disk", name}};
}

}  // namespace

TEST_CASE("a recording rule that gives more series than its group's limit gives none and says so") {
  MemorySource source;
  source.add(disk("sda"), {0, 1});
  RuleRun run(rules_of_group("  limit: 1\n  rules: [{record: a, expr: used}]\n")[0]);
  CHECK(step_at(source, run, 0)->size() == 1);
  source.add(disk("sdb"), {1'000, 1});
  auto const refused = step_at(source, run, 1'000);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().english() == "rules.yml:4: exceeded limit of 1 with 2 series");
}

TEST_CASE("an alerting rule that gives more alerts than its group's limit has none, and ends what it told") {
  MemorySource source;
  source.add(disk("sda"), {0, 1});
  RuleRun run(rules_of_group("  limit: 1\n  rules: [{alert: A, expr: used}]\n")[0]);
  REQUIRE(step_at(source, run, 0).has_value());
  for (auto const& change : run.news()) run.told(change);
  REQUIRE(run.alerts().size() == 1);
  source.add(disk("sdb"), {1'000, 1});
  auto const refused = step_at(source, run, 1'000);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().english() == "rules.yml:4: exceeded limit of 1 with 2 alerts");
  CHECK(run.alerts().empty());
  auto const news = run.news();
  REQUIRE(news.size() == 1);
  CHECK(news[0].state == AlertState::resolved);
  CHECK(news[0].labels.get("disk") == "sda");
}

TEST_CASE("with a query_offset a rule asks for what was so long ago and writes its result there") {
  MemorySource source;
  for (int i = 0; i < 10; ++i) source.add(disk("sda"), {i * 60'000, static_cast<double>(i)});
  auto const rules = rules_of_group(
      "  query_offset: 2m\n  rules: [{record: a, expr: used}, {alert: B, expr: used == 3, for: 1m}]\n");
  RuleRun recording(rules.at(0));
  auto const recorded = step_at(source, recording, 5 * 60'000);
  REQUIRE(recorded.has_value());
  CHECK(recorded->at(0).sample.at == 3 * 60'000);
  CHECK(recorded->at(0).sample.value == 3);
  RuleRun alerting(rules.at(1));
  auto const points = step_at(source, alerting, 5 * 60'000);
  REQUIRE(points.has_value());
  CHECK(points->at(0).sample.at == 3 * 60'000);
  CHECK(points->at(0).sample.value == 1);
  // The alert itself began when the rule was run.
  CHECK(points->at(1).sample.at == 3 * 60'000);
  CHECK(points->at(1).sample.value == 5 * 60);
  auto const told = preview(source, rules.at(1), from_ms(0), from_ms(9 * 60'000), Milliseconds{60'000}, {});
  REQUIRE(told.has_value());
  CHECK(to_ms(told->front().active_at) == 5 * 60'000);
}
