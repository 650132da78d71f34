#include "monitor/query/query.hpp"

#include <algorithm>
#include <unordered_map>

namespace yunzhi::monitor {
namespace {

// Removes the names that were to go, and joins rows that now have the same labels where they do not overlap.
Result<std::vector<Row>> finished(std::vector<Row> rows) {
  std::vector<Row> result;
  std::unordered_map<Labels, std::size_t, LabelsHash> places;
  for (auto& row : rows) {
    if (row.drop_name) row.labels.remove(name_label);
    if (std::all_of(row.values.begin(), row.values.end(), is_missing)) continue;
    auto const [at, added] = places.emplace(row.labels, result.size());
    if (added) {
      result.push_back(std::move(row));
      continue;
    }
    auto& target = result[at->second].values;
    for (std::size_t step = 0; step < target.size(); ++step) {
      if (is_missing(row.values[step])) continue;
      if (!is_missing(target[step])) {
        return refuse(Why::invalid, "", "the result has two series with the same labels {}",
                      row.labels.text());
      }
      target[step] = row.values[step];
    }
  }
  return result;
}

Result<std::vector<ResultSeries>> series_of(std::vector<Row> rows, Grid const& grid) {
  auto merged = finished(std::move(rows));
  if (!merged) return merged.error();
  std::vector<ResultSeries> result;
  for (auto& row : *merged) {
    ResultSeries series{std::move(row.labels), {}};
    for (std::size_t step = 0; step < row.values.size(); ++step) {
      if (!is_missing(row.values[step])) series.samples.push_back({grid.at(step), row.values[step]});
    }
    result.push_back(std::move(series));
  }
  return result;
}

// A range selector or subquery alone: its samples as they are.
Result<QueryResult> raw_matrix(Evaluator& evaluator, Expression const& query) {
  QueryResult result;
  result.type = ValueType::matrix;
  auto done = evaluator.each_series(
      query, [&](Labels const& labels, bool drop_name, Samples const& samples) -> Result<> {
        evaluator.each_window(query, samples, [&](std::size_t, Window const& window) {
          ResultSeries series{labels, {window.samples.begin(), window.samples.end()}};
          if (drop_name) series.labels.remove(name_label);
          result.series.push_back(std::move(series));
        });
        return {};
      });
  if (!done) return done.error();
  return result;
}

}  // namespace

Result<QueryResult> run_instant(Source const& source, Expression const& query, std::int64_t at,
                                QueryLimits const& limits) {
  Budget budget(limits);
  Grid const grid{at, at, 1};
  Evaluator evaluator(source, budget, grid, grid);
  if (query.type == ValueType::matrix) return raw_matrix(evaluator, query);
  auto value = evaluator.evaluate(query);
  if (!value) return value.error();
  QueryResult result;
  result.type = value->type;
  result.samples_read = budget.samples_read();
  if (value->type == ValueType::scalar) result.scalar = {at, value->scalar[0]};
  result.text = std::move(value->text);
  auto series = series_of(std::move(value->rows), grid);
  if (!series) return series.error();
  result.series = std::move(*series);
  return result;
}

Result<QueryResult> run_instant(Source const& source, std::string_view query, std::int64_t at,
                                QueryLimits const& limits) {
  auto parsed = parse_query(query);
  if (!parsed) return parsed.error();
  return run_instant(source, **parsed, at, limits);
}

Result<QueryResult> run_range(Source const& source, std::string_view query, Grid grid,
                              QueryLimits const& limits) {
  if (grid.step <= 0) return refuse(Why::invalid, "step", "the step must be greater than 0");
  if (grid.end < grid.start) return refuse(Why::invalid, "end", "the end lies before the start");
  if (grid.count() > limits.steps) {
    return refuse(Why::invalid, "step",
                  "the query has more than {} steps; take a larger step or a shorter time", limits.steps);
  }
  auto parsed = parse_query(query);
  if (!parsed) return parsed.error();
  auto const type = (*parsed)->type;
  if (type != ValueType::scalar && type != ValueType::vector) {
    return refuse(Why::invalid, "1:1", "a range query gives a scalar or an instant vector, not a {}",
                  name_of(type));
  }
  Budget budget(limits);
  Evaluator evaluator(source, budget, grid, grid);
  auto value = evaluator.evaluate(**parsed);
  if (!value) return value.error();
  if (type == ValueType::scalar) value->rows.push_back({{}, false, std::move(value->scalar)});
  auto series = series_of(std::move(value->rows), grid);
  if (!series) return series.error();
  std::sort(series->begin(), series->end(), [](auto const& a, auto const& b) { return a.labels < b.labels; });
  QueryResult result;
  result.type = ValueType::matrix;
  result.series = std::move(*series);
  result.samples_read = budget.samples_read();
  return result;
}

}  // namespace yunzhi::monitor
