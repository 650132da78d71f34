// A range sliding along one series: the samples, and for every step of the grid where its window begins and
// ends among them. Functions that can share work between neighbouring windows take the whole slide.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "monitor/query/expression.hpp"
#include "monitor/query/value.hpp"
#include "monitor/series/sample.hpp"

namespace yunzhi::monitor {

/// What a function over a range sees at one step. The window is left-open: start < at <= end.
struct Window {
  std::span<Sample const> samples;  ///< never empty, without stale markers
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::int64_t now = 0;  ///< the step's own time, before offset
  std::span<double const> parameters;
  Extension extension = Extension::none;  ///< unless none, samples reach over the window's edges
};

struct WindowBounds {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where the windows lie: at each step of the grid, or always at one moment; moved back by the offset.
struct Reach {
  std::int64_t range = 0;
  std::int64_t offset = 0;
  bool fixed = false;  ///< `@`: all steps look at one moment
  std::int64_t moment = 0;
  Extension extension = Extension::none;
  std::int64_t before = 0;  ///< how far samples may lie outside the window, for an extension
  std::int64_t after = 0;

  [[nodiscard]] std::int64_t end_at(std::int64_t step_time) const {
    return (fixed ? moment : step_time) - offset;
  }
};

class Slide {
 public:
  /// Borrows samples, parameters and out; parameters has one array over all steps for each scalar argument.
  Slide(std::span<Sample const> samples, Grid const& grid, Reach const& reach,
        std::span<std::vector<double> const> parameters, std::span<double> out);

  [[nodiscard]] std::size_t steps() const { return bounds_.size(); }
  [[nodiscard]] std::span<Sample const> samples() const { return samples_; }
  [[nodiscard]] WindowBounds bounds(std::size_t step) const { return bounds_[step]; }
  [[nodiscard]] Reach const& reach() const { return reach_; }
  /// Where the step's window ends.
  [[nodiscard]] std::int64_t end(std::size_t step) const { return reach_.end_at(grid_.at(step)); }
  [[nodiscard]] bool is_empty(std::size_t step) const { return bounds_[step].begin == bounds_[step].end; }
  /// The parameters it refers to are valid until the next call.
  [[nodiscard]] Window window(std::size_t step) const;
  void put(std::size_t step, double value) const { out_[step] = value; }

 private:
  std::span<Sample const> samples_;
  Grid const& grid_;
  Reach const& reach_;
  std::span<std::vector<double> const> parameters_;
  std::span<double> out_;
  std::vector<WindowBounds> bounds_;
  mutable std::vector<double> at_step_;
};

}  // namespace yunzhi::monitor
