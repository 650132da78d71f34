#include "monitor/alert/rule_evaluation.hpp"

namespace yunzhi::monitor {
namespace {

using Queries = std::vector<Expression const*>;

// Those of the levels first, or the query itself; then, when there are such, recover and data.
Queries queries_of(Rule const& rule) {
  Queries queries;
  for (auto const& level : rule.levels) queries.push_back(level.query.get());
  if (rule.levels.empty()) queries.push_back(rule.query.get());
  if (rule.recover) queries.push_back(rule.recover.get());
  if (rule.data) queries.push_back(rule.data.get());
  return queries;
}

RuleInput put_together(Rule const& rule, std::vector<QueryResult> results) {
  RuleInput input;
  if (rule.data) {
    input.data = std::move(results.back());
    results.pop_back();
  }
  if (rule.recover) {
    input.recovered = std::move(results.back());
    results.pop_back();
  }
  input.levels = std::move(results);
  return input;
}

// Gives the rows of a range query step by step.
class Steps {
 public:
  explicit Steps(QueryResult result) : result_(std::move(result)), next_(result_.series.size()) {}

  QueryResult at(std::int64_t time) {
    QueryResult rows;
    for (std::size_t i = 0; i < result_.series.size(); ++i) {
      auto const& series = result_.series[i];
      auto& next = next_[i];
      if (next >= series.samples.size() || series.samples[next].at != time) continue;
      rows.series.push_back({series.labels, {series.samples[next++]}});
    }
    return rows;
  }

 private:
  QueryResult result_;
  std::vector<std::size_t> next_;
};

}  // namespace

Result<RuleInput> input_of(Source const& source, Rule const& rule, Instant now, QueryLimits const& limits) {
  std::vector<QueryResult> results;
  for (auto const* query : queries_of(rule)) {
    auto result = run_instant(source, *query, to_ms(now - rule.offset()), limits);
    if (!result) return result.error();
    results.push_back(std::move(*result));
  }
  auto input = put_together(rule, std::move(results));
  input.query = [&source, now, limits](std::string_view query) {
    return run_instant(source, query, to_ms(now), limits);
  };
  return input;
}

Result<std::vector<AlertChange>> preview(Source const& source, Rule const& rule, Instant from, Instant to,
                                         Milliseconds step, QueryLimits const& limits) {
  if (rule.recording) return refuse(Why::invalid, "rule", "only alerting rules have a preview");
  Grid const grid{to_ms(from), to_ms(to), step.count()};
  auto const offset = rule.offset().count();
  Grid const asked{grid.start - offset, grid.end - offset, grid.step};
  std::vector<Steps> stretches;
  for (auto const* query : queries_of(rule)) {
    auto result = run_range(source, *query, asked, limits);
    if (!result) return result.error();
    stretches.emplace_back(std::move(*result));
  }
  std::vector<AlertChange> changes;
  RuleRun run(rule);
  for (std::size_t i = 0; i < grid.count(); ++i) {
    std::vector<QueryResult> results;
    results.reserve(stretches.size());
    for (auto& stretch : stretches) results.push_back(stretch.at(asked.at(i)));
    auto const points = run.step(put_together(rule, std::move(results)), from_ms(grid.at(i)));
    if (!points) return points.error();
    for (auto& change : run.news()) {
      run.told(change);
      changes.push_back(std::move(change));
    }
  }
  return changes;
}

}  // namespace yunzhi::monitor
