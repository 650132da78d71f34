#include "monitor/series/rollup.hpp"

#include <algorithm>
#include <cmath>

#include "monitor/series/block_merge.hpp"

namespace yunzhi::monitor {
namespace {

std::int64_t end_of(std::int64_t at, std::int64_t length) {
  return round_down(at, length) + length - 1;
}

double& figure(RolledUp& rolled, RollupFigure which) {
  return rolled.figures[static_cast<std::size_t>(which)];
}

void begin(std::vector<RolledUp>& result, std::int64_t end) {
  if (!result.empty() && result.back().at == end) return;
  auto& rolled = result.emplace_back();
  rolled.at = end;
  figure(rolled, RollupFigure::last) = stale_marker();
}

void take(RolledUp& rolled, double value, double const* before) {
  bool const first = figure(rolled, RollupFigure::count) == 0;
  auto& least = figure(rolled, RollupFigure::min);
  auto& greatest = figure(rolled, RollupFigure::max);
  // As min_over_time and max_over_time: a value that is no number counts only when there is no other.
  least = first || std::isnan(least) || value < least ? value : least;
  greatest = first || std::isnan(greatest) || value > greatest ? value : greatest;
  figure(rolled, RollupFigure::sum) += value;
  figure(rolled, RollupFigure::count) += 1;
  // A counter that fell began anew at zero.
  if (before != nullptr) figure(rolled, RollupFigure::increase) += value >= *before ? value - *before : value;
}

}  // namespace

std::vector<RolledUp> roll_up(Samples const& samples, std::int64_t length, std::int64_t after) {
  std::vector<RolledUp> result;
  double const* before = nullptr;
  for (auto const& sample : samples) {
    bool const stale = is_stale(sample.value);
    if (sample.at > after) {
      begin(result, end_of(sample.at, length));
      if (!stale) take(result.back(), sample.value, before);
      figure(result.back(), RollupFigure::last) = sample.value;
    }
    before = stale ? nullptr : &sample.value;
  }
  return result;
}

Samples figure_of(std::vector<RolledUp> const& rolled, RollupFigure which) {
  Samples result;
  for (auto const& each : rolled) {
    auto const number = static_cast<std::size_t>(which);
    bool const empty = each.figures[static_cast<std::size_t>(RollupFigure::count)] == 0;
    if (!empty || which == RollupFigure::last) result.push_back({each.at, each.figures[number]});
  }
  return result;
}

}  // namespace yunzhi::monitor
