// Evaluates a query over a grid of steps, series at a time: every selector is read once for all steps, and
// ranges slide along each series' samples. Budgets of samples, points and time end a query that costs too
// much.
#pragma once

#include <chrono>
#include <functional>

#include "monitor/query/function.hpp"
#include "monitor/query/value.hpp"
#include "monitor/series/source.hpp"

namespace yunzhi::monitor {

struct QueryLimits {
  std::size_t steps = 11'000;
  std::size_t samples = 20'000'000;  ///< read from the source; they are decoded series by series
  std::size_t points = 10'000'000;   ///< held in rows, 8 bytes each
  std::chrono::milliseconds time{30'000};
  std::int64_t lookback_ms = 300'000;
  std::int64_t subquery_step_ms = 60'000;
};

/// What a query has left to spend; shared by its subqueries.
class Budget {
 public:
  explicit Budget(QueryLimits const& limits)
      : limits_(limits), deadline_(std::chrono::steady_clock::now() + limits.time) {}

  Result<> samples(std::size_t count);
  Result<> points(std::size_t count);
  [[nodiscard]] std::size_t samples_read() const { return samples_; }
  [[nodiscard]] QueryLimits const& limits() const { return limits_; }

 private:
  [[nodiscard]] Result<> time() const;

  QueryLimits const limits_;
  std::chrono::steady_clock::time_point deadline_;
  std::size_t samples_ = 0;
  std::size_t points_ = 0;
};

class Evaluator {
 public:
  /// `whole` is the query's own grid, which start() and end() mean; subqueries have a grid of their own.
  Evaluator(Source const& source, Budget& budget, Grid grid, Grid whole)
      : source_(source), budget_(budget), grid_(grid), whole_(whole) {}

  Result<Value> evaluate(Expression const& expression);

  [[nodiscard]] Grid const& grid() const { return grid_; }
  [[nodiscard]] Budget& budget() { return budget_; }

  /// A row of nothing yet, paid from the budget.
  Result<Row> row(Labels labels, bool drop_name);

  /// The series below a range, each with all samples its windows need, without stale markers.
  using Visit = std::function<Result<>(Labels const& labels, bool drop_name, Samples const& samples)>;
  Result<> each_series(Expression const& matrix, Visit const& visit);
  /// Runs over the windows of one series, step by step.
  using AtStep = std::function<void(std::size_t step, Window const& window)>;
  void each_window(Expression const& matrix, Samples const& samples, AtStep const& visit) const;

  /// An instant selector; with `times` the samples' own times in seconds instead of their values.
  Result<Value> select(SelectorNode const& selector, bool times);

 private:
  struct Reach {
    std::int64_t range = 0;
    std::int64_t offset = 0;
    bool fixed = false;  ///< `@`: all steps look at one moment
    std::int64_t moment = 0;
  };

  Result<Value> aggregate(AggregateNode const& node);
  Result<Value> binary(BinaryNode const& node);
  Result<Value> call(CallNode const& node);
  Result<Value> call_over_window(CallNode const& node);
  Result<Value> call_per_value(CallNode const& node);
  Result<Value> negate(NegationNode const& node);
  Result<> each_series_of_subquery(SubqueryNode const& node, Visit const& visit);
  [[nodiscard]] Reach reach_of(Shift const& shift, std::int64_t range) const;
  [[nodiscard]] Reach reach_of(Expression const& matrix) const;

  Source const& source_;
  Budget& budget_;
  Grid const grid_;
  Grid const whole_;
};

/// The aggregation of rows and the operation between values, in files of their own.
Result<Value> aggregate_rows(Evaluator& evaluator, AggregateNode const& node, Value input,
                             Value const& parameter);
Result<Value> combine(Evaluator& evaluator, BinaryNode const& node, Value left, Value right);

}  // namespace yunzhi::monitor
