// What a query's nodes evaluate to: for every step of the grid a number, or nothing.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "monitor/query/expression.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

/// The step of an instant query's grid: it has none, so step() is 0.
inline constexpr std::int64_t instant_step = INT64_MAX;

/// The times a query is evaluated at: start, start + step, ... up to end, in milliseconds.
struct Grid {
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::int64_t step = instant_step;

  [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>((end - start) / step) + 1; }
  [[nodiscard]] std::int64_t at(std::size_t index) const {
    return start + static_cast<std::int64_t>(index) * step;
  }
  /// Without its first steps, of which there are fewer than count().
  [[nodiscard]] Grid after(std::size_t steps) const { return {steps == 0 ? start : at(steps), end, step}; }
};

/// The mark for "no value at this step": a NaN payload of our own that no arithmetic yields. Rows stay dense
/// arrays of doubles, without a second array of flags.
inline constexpr std::uint64_t missing_bits = 0x7ff000000000a11aULL;
inline double missing() {
  return std::bit_cast<double>(missing_bits);
}
inline bool is_missing(double value) {
  return std::bit_cast<std::uint64_t>(value) == missing_bits;
}

/// One series of an instant vector over all steps.
struct Row {
  Labels labels;
  bool drop_name = false;  ///< the metric's name goes when the query is done (delayed name removal)
  std::vector<double> values;
};

struct Value {
  ValueType type = ValueType::vector;
  std::vector<double> scalar;  ///< one per step
  std::vector<Row> rows;
  std::string text;
};

}  // namespace yunzhi::monitor
