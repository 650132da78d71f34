// Forecasts and baselines over figures whose past and future are known.
#include <doctest/doctest.h>

#include "monitor/alert/rule.hpp"
#include "monitor/query/query.hpp"
#include "monitor/series/memory_source.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

Rule rule(std::string const& yaml) {
  auto made = parse_rule("alert: A\n" + yaml);
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().english()));
  return std::move(*made);
}

// Where a fault is told, and what.
std::string problem(std::string const& yaml) {
  auto const made = parse_rule("alert: A\n" + yaml);
  return made ? "" : made.error().english();
}

// What the rule's query gives for the disk of that name; nothing when it gives nothing.
std::optional<double> value(Source const& source, Rule const& rule, std::int64_t at,
                            std::string const& disk = "a") {
  auto const result = run_instant(source, *rule.query, at, {});
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().english()));
  for (auto const& series : result->series)
    if (series.labels.get("disk") == disk) return series.samples.back().value;
  return std::nullopt;
}

// Free space that shrinks by 1 a minute from 5,000, and another that grows.
struct TwoDisks : MemorySource {
  TwoDisks() {
    for (int i = 0; i <= 360; ++i) {
      add({{"__name__", "free"}, {"disk", "a"}}, {i * minute, 5'000.0 - i});
      add({{"__name__", "free"}, {"disk", "b"}}, {i * minute, 5'000.0 + i});
    }
  }
};

}  // namespace

TEST_CASE("a forecast tells the seconds until a figure that goes on as it does meets its bound") {
  TwoDisks const source;
  auto const full = rule("forecast: {expr: free, reaches: \"<= 0\", within: 4d}\n");
  auto const left = value(source, full, 6 * hour);
  REQUIRE(left.has_value());
  CHECK(*left == doctest::Approx(4'640 * 60).epsilon(1e-6));
  CHECK_FALSE(value(source, full, 6 * hour, "b"));
}

TEST_CASE("a forecast is silent while the bound is further away than asked for") {
  TwoDisks const source;
  CHECK_FALSE(value(source, rule("forecast: {expr: free, reaches: \"<= 0\", within: 3d}\n"), 6 * hour));
  CHECK(value(source, rule("forecast: {expr: free, reaches: \"<= 0\"}\n"), 6 * hour));
}

TEST_CASE("a forecast follows a figure upwards, and one that is computed") {
  TwoDisks const source;
  auto const grown = value(source, rule("forecast: {expr: free, reaches: \">= 6 * 1000\"}\n"), 6 * hour, "b");
  CHECK(grown.value() == doctest::Approx(640 * 60).epsilon(1e-6));
  auto const computed =
      value(source, rule("forecast: {expr: free / 10, reaches: \"<= 0\", from: 2h}\n"), 6 * hour);
  CHECK(computed.value() == doctest::Approx(4'640 * 60).epsilon(1e-3));
}

TEST_CASE("a forecast whose bound is met already has no time left") {
  TwoDisks const source;
  auto const met = rule("forecast: {expr: free, reaches: \"<= 4900\", within: 1h}\n");
  CHECK(value(source, met, 6 * hour) == 0.0);
  CHECK_FALSE(value(source, met, 6 * hour, "b"));
}

TEST_CASE("a forecast may need something besides") {
  TwoDisks const source;
  std::string const text = "forecast: {expr: free, reaches: \"<= 0\", only_if: ";
  CHECK(value(source, rule(text + "free < 4700}\n"), 6 * hour));
  CHECK_FALSE(value(source, rule(text + "free < 4600}\n"), 6 * hour));
  CHECK(problem(text + "free <}\n").starts_with("forecast/only_if:1:7: "));
}

TEST_CASE("levels of a forecast are asked of the time that is left") {
  auto const rules = rule(
      "forecast: {expr: free, reaches: \"<= 0\"}\nlevels:\n- {severity: minor, when: \"< 5 * 86400\"}\n- "
      "{severity: critical, when: \"< 86400\"}\n");
  TwoDisks const source;
  CHECK(run_instant(source, *rules.levels.at(0).query, 6 * hour, {})->series.size() == 1);
  CHECK(run_instant(source, *rules.levels.at(1).query, 6 * hour, {})->series.empty());
}

TEST_CASE("a baseline tells of a figure that is far from what is usual at this time of the week") {
  MemorySource source;
  auto const now = 28 * day + 10 * hour;
  auto const figure = [&](std::string const& disk, std::int64_t at, double value) {
    source.add({{"__name__", "busy"}, {"disk", disk}}, {at, value});
  };
  for (int week = 4; week >= 1; --week)
    for (int i = -60; i <= 60; ++i)
      for (std::string const disk : {"a", "b"}) figure(disk, now - week * 7 * day + i * minute, 50 + (i % 5));
  for (int i = -5; i <= 0; ++i) {
    figure("a", now + i * minute, 70);
    figure("b", now + i * minute, 52);
  }
  CHECK(value(source, rule("baseline: {expr: busy}\n"), now) == 70.0);
  CHECK_FALSE(value(source, rule("baseline: {expr: busy}\n"), now, "b"));
  CHECK(value(source, rule("baseline: {expr: busy, side: above}\n"), now) == 70.0);
  CHECK_FALSE(value(source, rule("baseline: {expr: busy, side: below}\n"), now));
  CHECK_FALSE(value(source, rule("baseline: {expr: busy, at_least: 25}\n"), now));
  CHECK(value(source, rule("baseline: {expr: busy, deviations: 0.5}\n"), now, "b") == 52.0);
}

TEST_CASE("a baseline counts the seasons that have samples and is silent without any") {
  MemorySource source;
  auto const now = 28 * day;
  auto const busy = rule("baseline: {expr: busy, season: 1d, seasons: 7}\n");
  source.add({{"__name__", "busy"}, {"disk", "a"}}, {now - 3 * day, 10});
  source.add({{"__name__", "busy"}, {"disk", "a"}}, {now, 30});
  CHECK(value(source, busy, now) == 30.0);
  MemorySource young;
  young.add({{"__name__", "busy"}, {"disk", "a"}}, {now, 30});
  CHECK_FALSE(value(young, busy, now));
}

TEST_CASE("what is wrong with a forecast or a baseline is told at its key") {
  CHECK(problem("expr: up\nforecast: {expr: up, reaches: \"<= 0\"}\n") ==
        "a rule has one of expr, forecast and baseline");
  CHECK(problem("forecast: {expr: free}\n").starts_with("forecast: a forecast needs reaches"));
  CHECK(problem("forecast: {reaches: \"<= 0\"}\n").starts_with("forecast: a forecast needs expr"));
  CHECK(problem("forecast: {expr: free, reaches: soon}\n").starts_with("forecast/reaches: "));
  CHECK(problem("forecast: {expr: free, reaches: \"<= up\"}\n").starts_with("forecast/reaches: "));
  CHECK(problem("forecast: {expr: free ==, reaches: \"<= 0\"}\n").starts_with("forecast/expr:1:8: "));
  CHECK(problem("forecast: {expr: free, reaches: \"<= 0\", from: 1y}\n").starts_with("forecast/from: "));
  CHECK(problem("baseline: {expr: busy, seasons: 40}\n") ==
        "baseline/seasons: seasons must be a number from 1 to 12, not 40");
  CHECK(problem("baseline: {expr: busy, side: left}\n").starts_with("baseline/side: "));
  CHECK(problem("baseline: {expr: busy, around: 2w}\n").starts_with("baseline/around: "));
  CHECK(problem("baseline: {}\n").starts_with("baseline: a baseline needs expr"));
  auto const made = parse_rule("record: a\nbaseline: {expr: busy}\n");
  CHECK(made.error().english().find("belongs to alerts") != std::string::npos);
}

TEST_CASE("what has no data is asked of the figure itself") {
  auto const kept = rule("forecast: {expr: free, reaches: \"<= 0\"}\nno_data: keep\n");
  REQUIRE(kept.data != nullptr);
  CHECK(run_instant(TwoDisks(), *kept.data, 6 * hour, {})->series.size() == 2);
  CHECK(rule("forecast: {expr: free, reaches: \"<= 0\"}\n").data == nullptr);
}
