// Samples as scripts and rule tests write them: 1 2 _ stale 0+10x5 1x3.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

struct WrittenSeries {
  Labels labels;
  std::vector<std::optional<double>> points;  ///< nothing: a gap
};

/// "name{label="v"} points"; the name may be absent, and so may the points.
Result<WrittenSeries> parse_written_series(std::string_view line);

}  // namespace yunzhi::monitor
