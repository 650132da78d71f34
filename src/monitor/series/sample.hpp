// One measured value, and the marks that live among values.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace yunzhi::monitor {

/// A value at a time in milliseconds since 1970 UTC.
struct Sample {
  std::int64_t at = 0;
  double value = 0;
};

using Samples = std::vector<Sample>;

/// Sorts by time. Of several samples of one time the first stays: overlapping sources may hold one twice.
void put_in_order(Samples& samples);

/// Prometheus' stale marker: "from here on the series is gone". It is a NaN with this payload, so it is
/// recognised by its bits and must pass every encoding unchanged.
inline constexpr std::uint64_t stale_bits = 0x7ff0000000000002ULL;
inline double stale_marker() {
  return std::bit_cast<double>(stale_bits);
}
inline bool is_stale(double value) {
  return std::bit_cast<std::uint64_t>(value) == stale_bits;
}

}  // namespace yunzhi::monitor
