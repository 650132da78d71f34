// What is kept of a stretch of samples when the long view needs no more: least, greatest, sum, count, last,
// and by how much a counter grew. A stretch of length r begins at a multiple s of r, holds the samples of s
// <= at < s + r, and its figures stand at s + r - 1, its last millisecond.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "monitor/series/matcher.hpp"
#include "monitor/series/sample.hpp"

namespace yunzhi::monitor {

enum class RollupFigure { min, max, sum, count, last, increase };

inline constexpr std::array<std::string_view, 6> rollup_figures = {"min",   "max",  "sum",
                                                                   "count", "last", "increase"};

/// The lengths that are kept: five minutes and one hour.
inline constexpr std::array<std::int64_t, 2> rollup_lengths = {300'000, 3'600'000};

/// A figure per stretch, for the series that all matchers accept.
struct RollupQuestion {
  std::span<Matcher const> matchers;
  RollupFigure figure = RollupFigure::last;
  std::int64_t length = rollup_lengths[0];
  std::int64_t from = 0;  ///< where the stretches' figures stand
  std::int64_t to = 0;
};

/// The figures of one stretch; at is its last millisecond. Stale markers count for nothing; a stretch that
/// ends with one has it as its last value.
struct RolledUp {
  std::int64_t at = 0;
  std::array<double, rollup_figures.size()> figures{};
};

/// The stretches that hold samples with at > after, in order. Samples up to `after` only tell where a counter
/// stood.
std::vector<RolledUp> roll_up(Samples const& samples, std::int64_t length, std::int64_t after = INT64_MIN);

/// One figure of them as samples.
Samples figure_of(std::vector<RolledUp> const& rolled, RollupFigure figure);

}  // namespace yunzhi::monitor
