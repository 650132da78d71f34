// Evaluates a query over a grid of steps, series at a time: every selector is read once for all steps, and
// ranges slide along each series' samples. Budgets of samples, bytes and time end a query that costs too
// much.
#pragma once

#include <functional>

#include "monitor/query/annotation.hpp"
#include "monitor/query/budget.hpp"
#include "monitor/query/function.hpp"
#include "monitor/query/value.hpp"
#include "monitor/series/source.hpp"

namespace yunzhi::monitor {

struct LongView;

/// What all parts of one query share.
struct QueryRun {
  Source const& source;
  Budget budget;
  Annotations annotations;
  Grid whole;  ///< the query's own grid, which start(), end(), step() and range() mean
};

class Evaluator {
 public:
  /// `grid` is the query's own, or that of a subquery.
  Evaluator(QueryRun& run, Grid grid) : run_(run), grid_(grid) {}

  Result<Value> evaluate(Expression const& expression);

  [[nodiscard]] Grid const& grid() const { return grid_; }
  [[nodiscard]] Grid const& whole() const { return run_.whole; }
  [[nodiscard]] Budget& budget() { return run_.budget; }
  [[nodiscard]] Annotations& annotations() { return run_.annotations; }

  /// A row of nothing yet, paid from the budget.
  Result<Row> row(Labels labels, bool drop_name);

  /// The series below a range, each with all samples its windows need, without stale markers.
  using Visit = std::function<Result<>(Labels const& labels, bool drop_name, Samples const& samples)>;
  Result<> each_series(Expression const& matrix, Visit const& visit) {
    return each_series(matrix, grid_, visit);
  }
  Result<Reach> reach_of(Expression const& matrix) const;

  /// The moments at which a subquery's inner query is evaluated; may be none (the end before the start).
  Result<Grid> inner_grid(Expression const& subquery) const;

  /// An instant selector; with `times` the samples' own times in seconds instead of their values. `place` is
  /// the selector's, for remarks.
  Result<Value> select(SelectorNode const& selector, bool times, std::string_view place = {});

 private:
  Result<> each_series(Expression const& matrix, Grid const& grid, Visit const& visit);
  Result<> select_samples(SelectorNode const& selector, Reach const& reach, std::size_t first, bool times,
                          std::vector<Row>& rows);
  Result<> select_rollups(SelectorNode const& selector, Reach const& reach, LongView const& view,
                          std::vector<Row>& rows);
  Result<Value> aggregate(AggregateNode const& node);
  Result<Value> binary(BinaryNode const& node);
  Result<Value> call(CallNode const& node);
  LongView long_view_of(CallNode const& node, Expression const& matrix, Reach const& reach);
  Result<Value> call_over_window(CallNode const& node);
  Result<> fill_row(CallNode const& node, Slide const& slide, Labels const& labels, Row const& row);
  Result<Value> call_per_value(CallNode const& node);
  Result<Value> negate(NegationNode const& node);
  Result<> each_series_of_subquery(Expression const& subquery, Visit const& visit);
  Result<Reach> reach_of(Shift const& shift, Duration const& range) const;
  Result<std::int64_t> resolve(Duration const& duration) const;

  QueryRun& run_;
  Grid const grid_;
};

/// The aggregation of rows and the operation between values, in files of their own.
Result<Value> aggregate_rows(Evaluator& evaluator, AggregateNode const& node, Value input,
                             Value const& parameter);
Result<Value> combine(Evaluator& evaluator, BinaryNode const& node, Value left, Value right);

/// Joins rows of the same labels where they do not overlap; refused where they do.
Result<std::vector<Row>> merged(std::vector<Row> rows);

}  // namespace yunzhi::monitor
