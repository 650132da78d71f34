// Samples as scripts and rule tests write them: 1 2 _ stale 0+10x5 1x3 {{sum:1 count:2}}x4.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

/// Stands where a native histogram is written: the notation is read, its meaning is not kept.
inline constexpr std::uint64_t histogram_bits = 0x7ff0000000001157ULL;
inline bool is_histogram(double value) {
  return std::bit_cast<std::uint64_t>(value) == histogram_bits;
}

struct WrittenSeries {
  Labels labels;
  std::vector<std::optional<double>> points;  ///< nothing: a gap
};

/// "name{label="v"} points"; the name may be absent, and so may the points.
Result<WrittenSeries> parse_written_series(std::string_view line);

}  // namespace yunzhi::monitor
