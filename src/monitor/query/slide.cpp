#include "monitor/query/slide.hpp"

namespace yunzhi::monitor {
namespace {

// Walks over the samples up to a time. A steady series goes as far at each step, so that is tried first.
class Edge {
 public:
  explicit Edge(std::span<Sample const> samples) : samples_(samples) {}

  void pass(std::int64_t time) {
    auto const jump = place_ + stride_;
    auto const from = place_;
    if (stride_ > 0 && jump <= samples_.size() && samples_[jump - 1].at <= time) place_ = jump;
    while (place_ < samples_.size() && samples_[place_].at <= time) ++place_;
    stride_ = place_ - from;
  }
  /// Of the first sample after the time.
  [[nodiscard]] std::size_t place() const { return place_; }

 private:
  std::span<Sample const> samples_;
  std::size_t place_ = 0;
  std::size_t stride_ = 0;
};

}  // namespace

Slide::Slide(std::span<Sample const> samples, Grid const& grid, Reach const& reach,
             std::span<std::vector<double> const> parameters, std::span<double> out)
    : samples_(samples),
      grid_(grid),
      reach_(reach),
      parameters_(parameters),
      out_(out),
      bounds_(grid.count()) {
  Edge begin(samples);
  Edge end(samples);
  for (std::size_t step = 0; step < bounds_.size(); ++step) {
    auto const last = reach.end_at(grid.at(step));
    end.pass(last + reach.after);
    begin.pass(last - reach.range - reach.before);
    bounds_[step] = {begin.place(), end.place()};
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
