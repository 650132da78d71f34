#include "monitor/query/long_view.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/instant.hpp"
#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

using Finish = RollupRecipe::Finish;

constexpr std::array<RollupRecipe, 9> recipes{{
    {"min_over_time", RollupFigure::min, "min_over_time"},
    {"max_over_time", RollupFigure::max, "max_over_time"},
    {"sum_over_time", RollupFigure::sum, "sum_over_time"},
    {"count_over_time", RollupFigure::count, "sum_over_time"},
    {"avg_over_time", RollupFigure::sum, "sum_over_time", Finish::per_count},
    {"last_over_time", RollupFigure::last, "last_over_time"},
    {"increase", RollupFigure::increase, "sum_over_time"},
    {"rate", RollupFigure::increase, "sum_over_time", Finish::per_second},
    {"delta", RollupFigure::last, "", Finish::growth},
}};

// A stretch may be no longer than a fifth of the step, or the view would be coarser than what is drawn.
constexpr std::int64_t stretches_per_step = 5;

std::int64_t step_of(Grid const& grid) {
  return grid.step == instant_step ? 0 : grid.step;
}

std::int64_t longest_wanted(QueryLimits const& limits, Grid const& grid) {
  switch (limits.resolution) {
    case Resolution::as_needed:
    case Resolution::raw:
      return 0;
    case Resolution::five_minutes:
      return rollup_lengths[0];
    case Resolution::one_hour:
      return rollup_lengths[1];
    case Resolution::by_step:
      return step_of(grid) / stretches_per_step;
  }
  return 0;
}

// The longest that is allowed and of which the range holds a whole number; 0 when there is none.
std::int64_t fitting_length(std::int64_t range, std::int64_t longest) {
  std::int64_t result = 0;
  for (auto const length : rollup_lengths) {
    if (length <= longest && range % length == 0) result = length;
  }
  return result;
}

std::size_t steps_before(Grid const& grid, Reach const& reach, std::int64_t width, std::int64_t since) {
  std::size_t steps = 0;
  while (steps < grid.count() && reach.end_at(grid.at(steps)) - width < since) ++steps;
  return steps;
}

Grid first_steps(Grid const& grid, std::size_t steps) {
  return {grid.start, grid.at(steps - 1), grid.step};
}

// What grew since the last value before the window; without one, since the first within it.
void fill_growth(Slide const& slide) {
  for (std::size_t step = 0; step < slide.steps(); ++step) {
    if (slide.is_empty(step)) continue;
    auto const window = slide.window(step);
    if (window.samples.size() < 2 || window.samples.back().at <= window.start) continue;
    slide.put(step, window.samples.back().value - window.samples.front().value);
  }
}

void fill(RollupRecipe const& recipe, Slide const& slide) {
  if (recipe.finish == Finish::growth) return fill_growth(slide);
  auto const& function = *find_function(recipe.over_figures);
  if (function.over_series != nullptr) return function.over_series(slide);
  for (std::size_t step = 0; step < slide.steps(); ++step) {
    if (!slide.is_empty(step)) slide.put(step, function.over_window(slide.window(step)));
  }
}

class Reading {
 public:
  Reading(Evaluator& evaluator, Source const& source, SelectorNode const& selector, Reach const& reach,
          LongView const& view)
      : evaluator_(evaluator),
        source_(source),
        selector_(selector),
        grid_(first_steps(evaluator.grid(), view.steps)),
        reach_(reach),
        view_(view) {}

  Result<std::map<Labels, Row>> rows(RollupRecipe const& recipe) {
    auto reach = reach_;
    if (recipe.finish == Finish::growth) reach.before = view_.length;
    std::map<Labels, Row> result;
    Result<> failed;
    RollupQuestion const question{selector_.matchers, recipe.figure, view_.length,
                                  reach.end_at(grid_.start) - reach.range - reach.before + 1,
                                  reach.end_at(grid_.end)};
    source_.select_rollup(question, [&](Labels const& labels, Samples& figures) {
      failed = evaluator_.budget().samples(figures.size());
      if (!failed) return false;
      std::erase_if(figures, [](Sample const& each) { return is_stale(each.value); });
      auto made = evaluator_.row(labels, false);
      if (!made) {
        failed = made.error();
        return false;
      }
      fill(recipe, Slide(figures, grid_, reach, {}, made->values));
      result.emplace(labels, std::move(*made));
      return true;
    });
    if (!failed) return failed.error();
    return result;
  }

  Result<std::map<Labels, Row>> finished(RollupRecipe const& recipe) {
    auto result = rows(recipe);
    if (!result || recipe.finish == Finish::none || recipe.finish == Finish::growth) return result;
    if (recipe.finish == Finish::per_second) {
      for (auto& [labels, row] : *result) divide(row, static_cast<double>(reach_.range) / 1000);
      return result;
    }
    auto counts = rows(*find_recipe("count_over_time"));
    if (!counts) return counts;
    for (auto& [labels, row] : *result) {
      auto const count = counts->find(labels);
      if (count != counts->end()) divide(row, count->second);
    }
    return result;
  }

 private:
  static void divide(Row& row, double by) {
    for (auto& value : row.values) {
      if (!is_missing(value)) value /= by;
    }
  }

  static void divide(Row& row, Row const& by) {
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      if (!is_missing(row.values[i])) row.values[i] /= by.values[i];
    }
  }

  Evaluator& evaluator_;
  Source const& source_;
  SelectorNode const& selector_;
  Grid const grid_;
  Reach const reach_;
  LongView const view_;
};

}  // namespace

RollupRecipe const* find_recipe(std::string_view function) {
  auto const* const found = std::find_if(recipes.begin(), recipes.end(),
                                         [&](auto const& each) { return each.function == function; });
  return found == recipes.end() ? nullptr : found;
}

LongView choose_long_view(Source const& source, QueryLimits const& limits, Grid const& grid,
                          Reach const& reach, std::int64_t lookback) {
  auto const kept = source.rollups();
  if (!kept.there || limits.resolution == Resolution::raw || reach.extension != Extension::none) return {};
  if (auto const length = fitting_length(reach.range, longest_wanted(limits, grid)); length > 0)
    return {length, grid.count()};
  auto const longest = std::max(rollup_lengths[0], step_of(grid) / stretches_per_step);
  auto const length = fitting_length(reach.range, longest);
  if (length == 0) return {};
  return {length, steps_before(grid, reach, std::max(reach.range, lookback), kept.samples_since)};
}

Result<std::vector<Row>> rows_from_rollups(Evaluator& evaluator, Source const& source,
                                           SelectorNode const& selector, RollupRecipe const& recipe,
                                           Reach const& reach, LongView const& view) {
  auto rows = Reading(evaluator, source, selector, reach, view).finished(recipe);
  if (!rows) return rows.error();
  std::vector<Row> result;
  for (auto& [labels, row] : *rows) {
    if (!std::all_of(row.values.begin(), row.values.end(), is_missing)) result.push_back(std::move(row));
  }
  return result;
}

void remark_view(Evaluator& evaluator, Source const& source, LongView const& view, Reach const& reach,
                 std::string_view function, std::string_view place) {
  auto const kept = source.rollups();
  auto const& grid = evaluator.grid();
  auto const& limits = evaluator.budget().limits();
  if (!kept.there || limits.resolution == Resolution::raw) return;
  if (view.steps > 0) {
    auto text = "answered from rollups of " + format_duration(view.length);
    if (view.steps < grid.count())
      text += " before " + format_instant(from_ms(kept.samples_since)) + ", where samples are no longer kept";
    return evaluator.annotations().inform(text, place);
  }
  auto const what =
      function.empty() ? std::string("this selector") : std::string(function) + " of this range";
  if (longest_wanted(limits, grid) >= rollup_lengths[0]) {
    evaluator.annotations().inform("rollups do not answer " + what + "; samples were read", place);
  } else if (steps_before(grid, reach, reach.range, kept.samples_since) > 0) {
    evaluator.annotations().inform("rollups do not answer " + what + ", and before " +
                                       format_instant(from_ms(kept.samples_since)) +
                                       " samples are no longer kept",
                                   place);
  }
}

}  // namespace yunzhi::monitor
