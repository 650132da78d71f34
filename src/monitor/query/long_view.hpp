// Rollups in the place of samples: which steps of a query they answer, and how the functions that need no
// single sample are put together from their figures. A window of rollups ends with the last whole stretch
// before the raw one's end: on a grid of whole stretches that is one millisecond earlier.
#pragma once

#include <string_view>
#include <vector>

#include "monitor/query/evaluator.hpp"

namespace yunzhi::monitor {

/// Which steps of a grid are answered from rollups: the first `steps`, from stretches of `length`
/// milliseconds.
struct LongView {
  std::int64_t length = 0;
  std::size_t steps = 0;
};

/// How a function over a range comes of figures.
struct RollupRecipe {
  std::string_view function;
  RollupFigure figure;
  std::string_view over_figures;  ///< the function that joins the figures of a window; empty: see growth
  enum class Finish { none, per_second, per_count, growth } finish = Finish::none;
};

/// nullptr when the function needs the samples themselves.
RollupRecipe const* find_recipe(std::string_view function);

/// What is asked for, or where samples are gone, as far as stretches fit into the range; `lookback` is the
/// range of a plain selector and 0 otherwise.
LongView choose_long_view(Source const& source, QueryLimits const& limits, Grid const& grid,
                          Reach const& reach, std::int64_t lookback);

/// The values of the view's steps; the other steps of the rows are missing.
Result<std::vector<Row>> rows_from_rollups(Evaluator& evaluator, Source const& source,
                                           SelectorNode const& selector, RollupRecipe const& recipe,
                                           Reach const& reach, LongView const& view);

/// Tells that rollups answered, or that they could not although they were asked for or samples are gone;
/// `function` is empty for a plain selector.
void remark_view(Evaluator& evaluator, Source const& source, LongView const& view, Reach const& reach,
                 std::string_view function, std::string_view place);

}  // namespace yunzhi::monitor
