// The front door of the query engine: text in, series out.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "monitor/query/evaluator.hpp"
#include "monitor/series/labels.hpp"
#include "monitor/series/sample.hpp"
#include "monitor/series/source.hpp"

namespace yunzhi::monitor {

struct ResultSeries {
  Labels labels;
  Samples samples;  ///< of a vector: exactly one
};

/// What a query gives: series of a vector or a matrix, or one scalar, or a text.
struct QueryResult {
  ValueType type = ValueType::vector;
  std::vector<ResultSeries> series;
  Sample scalar;
  std::string text;
  std::size_t samples_read = 0;
  Annotations annotations;
};

/// Evaluates at one moment (milliseconds). Rows of a vector are in the query's order.
Result<QueryResult> run_instant(Source const& source, Expression const& query, std::int64_t at,
                                QueryLimits const& limits = {});
Result<QueryResult> run_instant(Source const& source, std::string_view query, std::int64_t at,
                                QueryLimits const& limits = {});

/// Evaluates at start, start + step, ... up to end; the result is a matrix in order of labels.
Result<QueryResult> run_range(Source const& source, std::string_view query, Grid grid,
                              QueryLimits const& limits = {});
Result<QueryResult> run_range(Source const& source, Expression const& query, Grid grid,
                              QueryLimits const& limits = {});

}  // namespace yunzhi::monitor
