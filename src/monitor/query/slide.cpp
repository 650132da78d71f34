#include "monitor/query/slide.hpp"

namespace yunzhi::monitor {

Slide::Slide(std::span<Sample const> samples, Grid const& grid, Reach const& reach,
             std::span<std::vector<double> const> parameters, std::span<double> out)
    : samples_(samples),
      grid_(grid),
      reach_(reach),
      parameters_(parameters),
      out_(out),
      bounds_(grid.count()) {
  std::size_t begin = 0;
  std::size_t end = 0;
  for (std::size_t step = 0; step < bounds_.size(); ++step) {
    auto const last = reach.end_at(grid.at(step));
    auto const to = last + reach.after;
    auto const from = last - reach.range - reach.before;
    while (end < samples.size() && samples[end].at <= to) ++end;
    while (begin < end && samples[begin].at <= from) ++begin;
    bounds_[step] = {begin, end};
  }
}

Window Slide::window(std::size_t step) const {
  Window window;
  window.end = reach_.end_at(grid_.at(step));
  window.start = window.end - reach_.range;
  window.now = grid_.at(step);
  window.extension = reach_.extension;
  window.samples = samples_.subspan(bounds_[step].begin, bounds_[step].end - bounds_[step].begin);
  if (!parameters_.empty()) {
    at_step_.resize(parameters_.size());
    for (std::size_t i = 0; i < parameters_.size(); ++i) at_step_[i] = parameters_[i][step];
    window.parameters = at_step_;
  }
  return window;
}

}  // namespace yunzhi::monitor
