#include "monitor/query/query.hpp"

#include <algorithm>
#include <unordered_map>

#include "monitor/series/source_failed.hpp"

namespace yunzhi::monitor {
namespace {

// Where a row of the same labels already has values, steps are joined; two values at one step are refused.
Result<> join(Row& target, Row const& more) {
  for (std::size_t step = 0; step < target.values.size(); ++step) {
    if (is_missing(more.values[step])) continue;
    if (!is_missing(target.values[step]))
      return refuse(Why::invalid, "", "vector cannot contain metrics with the same labelset");
    target.values[step] = more.values[step];
  }
  return {};
}

Result<std::vector<ResultSeries>> series_of(std::vector<Row> rows, Grid const& grid) {
  for (auto& row : rows) {
    if (!row.drop_name) continue;
    row.labels.remove_metadata();
    row.drop_name = false;
  }
  auto joined = merged(std::move(rows));
  if (!joined) return joined.error();
  std::vector<ResultSeries> result;
  result.reserve(joined->size());
  for (auto& row : *joined) {
    ResultSeries series{std::move(row.labels), {}};
    series.samples.reserve(row.values.size());
    for (std::size_t step = 0; step < row.values.size(); ++step) {
      if (!is_missing(row.values[step])) series.samples.push_back({grid.at(step), row.values[step]});
    }
    if (!series.samples.empty()) result.push_back(std::move(series));
  }
  return result;
}

// A range selector or subquery alone: its samples as they are.
Result<QueryResult> raw_matrix(Evaluator& evaluator, Expression const& query) {
  QueryResult result;
  result.type = ValueType::matrix;
  auto const reach = evaluator.reach_of(query);
  if (!reach) return reach.error();
  auto done = evaluator.each_series(
      query, [&](Labels const& labels, bool drop_name, Samples const& samples) -> Result<> {
        Slide const slide(samples, evaluator.grid(), *reach, {}, {});
        if (slide.is_empty(0)) return {};
        auto const window = slide.window(0);
        ResultSeries series{labels, {window.samples.begin(), window.samples.end()}};
        if (drop_name) series.labels.remove_metadata();
        result.series.push_back(std::move(series));
        return {};
      });
  if (!done) return done.error();
  return result;
}

// What the query asks for is fine; what is stored does not allow it.
Refusal in_evaluation(Refusal refusal) {
  if (refusal.why == Why::invalid) refusal.why = Why::conflict;
  return refusal;
}

void in_order_of_labels(std::vector<ResultSeries>& series) {
  std::sort(series.begin(), series.end(), [](auto const& a, auto const& b) { return a.labels < b.labels; });
}

}  // namespace

Result<std::vector<Row>> merged(std::vector<Row> rows) {
  if (rows.size() < 2) return rows;
  std::vector<Row> result;
  result.reserve(rows.size());
  std::unordered_map<Labels, std::size_t, LabelsHash> places;
  places.reserve(rows.size());
  for (auto& row : rows) {
    auto const [at, added] = places.emplace(row.labels, result.size());
    if (added) {
      result.push_back(std::move(row));
    } else if (auto done = join(result[at->second], row); !done) {
      return done.error();
    }
  }
  return result;
}

namespace {

Result<QueryResult> instant(Source const& source, Expression const& query, std::int64_t at,
                            QueryLimits const& limits) {
  Grid const grid{at, at, instant_step};
  QueryRun run{source, Budget(limits), {}, grid};
  Evaluator evaluator(run, grid);
  QueryResult result;
  if (query.type == ValueType::matrix) {
    auto matrix = raw_matrix(evaluator, query);
    if (!matrix) return in_evaluation(matrix.error());
    result = std::move(*matrix);
  } else {
    auto value = evaluator.evaluate(query);
    if (!value) return in_evaluation(value.error());
    result.type = value->type;
    if (value->type == ValueType::scalar) result.scalar = {at, value->scalar[0]};
    if (value->type == ValueType::text) result.scalar.at = at;
    result.text = std::move(value->text);
    auto series = series_of(std::move(value->rows), grid);
    if (!series) return in_evaluation(series.error());
    result.series = std::move(*series);
  }
  result.samples_read = run.budget.samples_read();
  result.annotations = std::move(run.annotations);
  return result;
}

}  // namespace

Result<QueryResult> run_instant(Source const& source, Expression const& query, std::int64_t at,
                                QueryLimits const& limits) {
  return unless_source_fails<QueryResult>([&] { return instant(source, query, at, limits); });
}

Result<QueryResult> run_instant(Source const& source, std::string_view query, std::int64_t at,
                                QueryLimits const& limits) {
  auto parsed = parse_query(query);
  if (!parsed) return parsed.error();
  return run_instant(source, **parsed, at, limits);
}

Result<QueryResult> run_range(Source const& source, std::string_view query, Grid grid,
                              QueryLimits const& limits) {
  auto parsed = parse_query(query);
  if (!parsed) return parsed.error();
  return run_range(source, **parsed, grid, limits);
}

namespace {

Result<QueryResult> range(Source const& source, Expression const& query, Grid grid,
                          QueryLimits const& limits) {
  if (grid.step <= 0) return refuse(Why::invalid, "step", "the step must be greater than 0");
  if (grid.end < grid.start) return refuse(Why::invalid, "end", "the end lies before the start");
  if (grid.count() > limits.steps) {
    return refuse(Why::invalid, "step",
                  "the query has more than {} steps; take a larger step or a shorter time", limits.steps);
  }
  if (query.type != ValueType::scalar && query.type != ValueType::vector) {
    return refuse(Why::invalid, "1:1", "a range query gives a scalar or an instant vector, not a {}",
                  name_of(query.type));
  }
  QueryRun run{source, Budget(limits), {}, grid};
  Evaluator evaluator(run, grid);
  auto value = evaluator.evaluate(query);
  if (!value) return in_evaluation(value.error());
  if (query.type == ValueType::scalar) value->rows.push_back({{}, false, std::move(value->scalar)});
  auto series = series_of(std::move(value->rows), grid);
  if (!series) return in_evaluation(series.error());
  in_order_of_labels(*series);
  QueryResult result;
  result.type = ValueType::matrix;
  result.series = std::move(*series);
  result.samples_read = run.budget.samples_read();
  result.annotations = std::move(run.annotations);
  return result;
}

}  // namespace

Result<QueryResult> run_range(Source const& source, Expression const& query, Grid grid,
                              QueryLimits const& limits) {
  return unless_source_fails<QueryResult>([&] { return range(source, query, grid, limits); });
}

}  // namespace yunzhi::monitor
