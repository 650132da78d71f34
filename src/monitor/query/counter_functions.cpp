// rate and its kin. Counter resets are found once per series; each window then looks only at those inside it,
// so that a step of a counter costs the same however long its range is.
#include <algorithm>
#include <array>
#include <limits>

#include "monitor/query/series_functions.hpp"

namespace yunzhi::monitor {
namespace {

double seconds(std::int64_t ms) {
  return static_cast<double>(ms) / 1000;
}

// What the counter lost at its resets within a window. Where resets are many, as in a gauge, a window of few
// samples adds up the losses of all its samples, which needs no branch.
class Losses {
 public:
  Losses(std::span<Sample const> samples, bool counter) : samples_(samples) {
    if (!counter) return;
    std::size_t count = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) count += fell(i) ? 1 : 0;
    if (count == 0) return;
    // Whether a gauge falls cannot be guessed: without a branch on it.
    resets_.resize(count + 1);
    for (std::size_t i = 1, at = 0; i < samples.size(); ++i) {
      resets_[at] = i;
      at += fell(i) ? 1 : 0;
    }
    resets_.resize(count);
    if (count * dense_share < samples.size()) return;
    dense_.resize(samples.size());
    for (auto const place : resets_) dense_[place] = samples[place - 1].value;
  }

  /// Of the samples behind `begin` until before `end`. Windows come in order.
  double within(std::size_t begin, std::size_t end) {
    double lost = 0;
    if (!dense_.empty() && end - begin <= dense_window) {
      // Four sums side by side, since one alone waits for its own last addition.
      std::array<double, 4> sums{};
      auto i = begin + 1;
      for (; i + sums.size() <= end; i += sums.size())
        for (std::size_t lane = 0; lane < sums.size(); ++lane) sums[lane] += dense_[i + lane];
      for (; i < end; ++i) lost += dense_[i];
      return lost + (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }
    while (past_ < resets_.size() && resets_[past_] <= begin) ++past_;
    for (auto i = past_; i < resets_.size() && resets_[i] < end; ++i) lost += samples_[resets_[i] - 1].value;
    return lost;
  }

 private:
  // Smaller than the one before.
  [[nodiscard]] bool fell(std::size_t i) const { return samples_[i].value < samples_[i - 1].value; }

  static constexpr std::size_t dense_share = 8;
  static constexpr std::size_t dense_window = 64;

  std::span<Sample const> samples_;
  std::vector<std::size_t> resets_;
  std::vector<double> dense_;
  std::size_t past_ = 0;  ///< resets at or before the window's first sample
};

// Prometheus' extrapolation: the increase seen between first and last sample is stretched towards the edges
// of the window, at most half a sample's distance when the series seems to begin or end inside, and for
// counters never below zero. Gives the factor; all times in milliseconds.
double stretched(Sample const& first, Sample const& last, std::size_t count, std::int64_t start,
                 std::int64_t end, double zero_reach) {
  auto to_start = static_cast<double>(first.at - start);
  auto to_end = static_cast<double>(end - last.at);
  auto const sampled = static_cast<double>(last.at - first.at);
  double const distance = sampled / static_cast<double>(count - 1);
  double const threshold = distance * 1.1;
  if (to_start >= threshold) to_start = distance / 2;
  to_start = std::min(to_start, sampled * zero_reach);
  if (to_end >= threshold) to_end = distance / 2;
  return (sampled + to_start + to_end) / sampled;
}

double on_line(Sample const& a, Sample const& b, std::int64_t at, bool counter, bool left_edge) {
  double from = a.value;
  double to = b.value;
  if (counter && to < from) {
    // After a reset a counter begins at zero; seen from the left edge that is where the line begins.
    if (left_edge) {
      from = 0;
    } else {
      to += from;
    }
  }
  return from + (to - from) * static_cast<double>(at - a.at) / static_cast<double>(b.at - a.at);
}

// Of an anchored or smoothed range: no guess beyond the samples, the edges are told by those just outside.
double extended(Window const& window, bool counter, bool per_second) {
  auto const& samples = window.samples;
  bool const smoothed = window.extension == Extension::smoothed;
  auto last = samples.size() - 1;
  auto const inside =
      std::partition_point(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(last),
                           [&](Sample const& each) { return each.at <= window.start; });
  auto first = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, inside - samples.begin() - 1));
  if (smoothed) {
    auto const end =
        std::partition_point(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(last),
                             [&](Sample const& each) { return each.at < window.end; });
    last = static_cast<std::size_t>(end - samples.begin());
  }
  if (samples[last].at <= window.start) return missing();
  double const left = smoothed && samples[first].at < window.start && first + 1 < samples.size()
                          ? on_line(samples[first], samples[first + 1], window.start, counter, true)
                          : samples[first].value;
  double const right = smoothed && last > 0 && samples[last].at > window.end
                           ? on_line(samples[last - 1], samples[last], window.end, counter, false)
                           : samples[last].value;
  double result = right - left;
  if (counter) {
    double before = left;
    for (auto const& sample : samples.subspan(first, last + 1 - first)) {
      if (sample.at <= window.start || sample.at >= window.end) continue;
      if (sample.value < before) result += before;
      before = sample.value;
    }
    if (right < before) result += before;
  }
  return per_second ? result / seconds(window.end - window.start) : result;
}

void increases(Slide const& slide, bool counter, bool per_second) {
  auto const samples = slide.samples();
  Losses losses(samples, counter);
  // Divided before it is multiplied, as Prometheus does: the last digit is the same.
  double const per = per_second ? seconds(slide.reach().range) : 1;
  for (std::size_t step = 0; step < slide.steps(); ++step) {
    if (slide.is_empty(step)) continue;
    if (slide.reach().extension != Extension::none) {
      slide.put(step, extended(slide.window(step), counter, per_second));
      continue;
    }
    auto const [begin, end] = slide.bounds(step);
    if (end - begin < 2) continue;
    auto const& first = samples[begin];
    auto const& last = samples[end - 1];
    double const result = last.value - first.value + losses.within(begin, end);
    // How far before the first sample the counter was zero, in lengths of what was seen.
    bool const from_zero = counter && result > 0 && first.value >= 0;
    double const zero_reach = from_zero ? first.value / result : std::numeric_limits<double>::infinity();
    auto const to = slide.end(step);
    slide.put(step,
              result * (stretched(first, last, end - begin, to - slide.reach().range, to, zero_reach) / per));
  }
}

void rate(Slide const& slide) {
  increases(slide, true, true);
}
void increase(Slide const& slide) {
  increases(slide, true, false);
}
void delta(Slide const& slide) {
  increases(slide, false, false);
}

double irate(Window const& window) {
  auto const& samples = window.samples;
  if (samples.size() < 2) return missing();
  auto const& last = samples[samples.size() - 1];
  auto const& before = samples[samples.size() - 2];
  double const gained = last.value < before.value ? last.value : last.value - before.value;
  return gained / seconds(last.at - before.at);
}

double idelta(Window const& window) {
  auto const& samples = window.samples;
  if (samples.size() < 2) return missing();
  return samples[samples.size() - 1].value - samples[samples.size() - 2].value;
}

// The samples that count: of an anchored range the last one before it, and those inside.
std::span<Sample const> anchored(Window const& window) {
  auto const& samples = window.samples;
  if (window.extension == Extension::none) return samples;
  if (samples.back().at <= window.start) return {};
  auto const inside = std::partition_point(samples.begin(), samples.end() - 1,
                                           [&](Sample const& each) { return each.at <= window.start; });
  auto const first = std::max<std::ptrdiff_t>(0, inside - samples.begin() - 1);
  return samples.subspan(static_cast<std::size_t>(first));
}

double changes(Window const& window) {
  auto const samples = anchored(window);
  if (samples.empty()) return missing();
  double count = 0;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    double const a = samples[i - 1].value;
    double const b = samples[i].value;
    if (a != b && !(std::isnan(a) && std::isnan(b))) ++count;
  }
  return count;
}

double resets(Window const& window) {
  auto const samples = anchored(window);
  if (samples.empty()) return missing();
  double count = 0;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    if (samples[i].value < samples[i - 1].value) ++count;
  }
  return count;
}

}  // namespace

std::vector<Function> counter_functions() {
  std::vector<Function> all{over_slide("rate", rate),   over_slide("increase", increase),
                            over_slide("delta", delta), over("irate", irate),
                            over("idelta", idelta),     over("changes", changes),
                            over("resets", resets)};
  for (auto& function : all) {
    function.counter = function.name == "rate" || function.name == "increase";
    function.smooths = function.over_series != nullptr;
    function.anchors = function.smooths || function.name == "changes" || function.name == "resets";
  }
  return all;
}

}  // namespace yunzhi::monitor
