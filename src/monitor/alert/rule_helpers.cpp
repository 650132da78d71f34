#include "monitor/alert/rule_helpers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "monitor/query/expression.hpp"
#include "monitor/query/format.hpp"
#include "monitor/query/query.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::int64_t points_of_a_line = 60;
constexpr std::int64_t least_step_ms = 15'000;
constexpr std::string_view season_label = "baseline_season";

// A selector's own samples, or a subquery with as many steps as a line needs.
std::string stretch(std::string const& figure, Milliseconds length) {
  auto samples = fmt::format("{}[{}]", figure, format_duration(length.count()));
  if (auto const parsed = parse_query(figure);
      parsed && std::holds_alternative<SelectorNode>((*parsed)->node))
    if (parse_query(samples)) return samples;
  auto const step = std::max(least_step_ms, length.count() / points_of_a_line / 1000 * 1000);
  return fmt::format("({})[{}:{}]", figure, format_duration(length.count()), format_duration(step));
}

// The mean over all seasons of what the figure was around this time.
std::string usual(std::string const& figure, Baseline const& baseline) {
  auto const step = std::max(least_step_ms, baseline.around.count() / points_of_a_line / 1000 * 1000);
  std::string all;
  for (std::size_t i = 1; i <= baseline.seasons; ++i) {
    auto const back = baseline.season.count() * static_cast<std::int64_t>(i) - baseline.around.count() / 2;
    all += fmt::format("{}label_replace(avg_over_time(({})[{}:{}] offset {}), \"{}\", \"{}\", \"\", \"\")",
                       i == 1 ? "" : " or ", figure, format_duration(baseline.around.count()),
                       format_duration(step), format_duration(back), season_label, i);
  }
  return fmt::format("avg without ({}) ({})", season_label, all);
}

}  // namespace

std::string forecast_query(Forecast const& forecast) {
  auto const line = stretch(forecast.figure, forecast.from);
  auto const operation = forecast.bound.find_first_not_of("<>= ");
  auto const bound = forecast.bound.substr(operation);
  auto query = fmt::format("0 * (({}) {}) or (({}) - predict_linear({}, 0)) / deriv({}) >= 0",
                           forecast.figure, forecast.bound, bound, line, line);
  if (forecast.within > Milliseconds{0})
    query += fmt::format(" <= {}", static_cast<double>(forecast.within.count()) / 1000);
  return query;
}

std::string baseline_query(Baseline const& baseline) {
  auto const mean = usual(baseline.figure, baseline);
  auto const squares = usual("(" + baseline.figure + ") ^ 2", baseline);
  auto const deviation = fmt::format("sqrt(clamp_min({} - ({}) ^ 2, 0))", squares, mean);
  auto const away = fmt::format("(({}) - {})", baseline.figure, mean);
  auto const distance = baseline.side == Side::both    ? "abs" + away
                        : baseline.side == Side::above ? away
                                                       : "-" + away;
  return fmt::format("({}) and {} > clamp_min({} * {}, {})", baseline.figure, distance, baseline.deviations,
                     deviation, baseline.at_least);
}

}  // namespace yunzhi::monitor
