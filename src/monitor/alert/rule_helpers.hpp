// Conditions that people think of in words, put as PromQL: when a figure that goes on as it does will meet a
// bound, and whether it is far from what is usual at this time.
#pragma once

#include <string>

#include "base/instant.hpp"

namespace yunzhi::monitor {

/// A straight line through the last stretch (least squares, as predict_linear), followed on.
struct Forecast {
  std::string figure;      ///< PromQL of an instant vector
  std::string bound;       ///< with its comparison: "<= 0"
  Milliseconds from{0};    ///< how much of the past the line is drawn through
  Milliseconds within{0};  ///< only what is met by then; 0: whenever it is
};

/// The seconds until the figure meets the bound, 0 where it has; no series where it goes the other way.
std::string forecast_query(Forecast const& forecast);

enum class Side { both, above, below };

/// The same time of day or week in earlier seasons: mean and standard deviation of all their samples within
/// `around`. Seasons without samples do not count.
struct Baseline {
  std::string figure;       ///< PromQL of an instant vector
  Milliseconds season{0};   ///< 1d or 1w
  std::size_t seasons = 0;  ///< how many of them
  Milliseconds around{0};   ///< of the moment a season ago, half before and half after
  double deviations = 0;    ///< standard deviations that are still usual
  double at_least = 0;      ///< a distance that is usual whatever the deviation
  Side side = Side::both;
};

/// The figure where it is unusual.
std::string baseline_query(Baseline const& baseline);

}  // namespace yunzhi::monitor
