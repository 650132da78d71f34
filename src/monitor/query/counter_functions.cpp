// rate and its kin. Counter resets are found once per series; each window then looks only at those inside it,
// so that a step of a counter costs the same however long its range is.
#include <algorithm>
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
    each_value([&](std::size_t /*place*/, bool fell) { count += fell ? 1U : 0U; });
    if (count == 0) return;
    // Whether a gauge falls cannot be guessed: without a branch on it.
    resets_.resize(count + 1);
    std::size_t at = 0;
    each_value([&](std::size_t place, bool fell) {
      resets_[at] = place;
      at += fell ? 1U : 0U;
    });
    resets_.resize(count);
    if (count * dense_share < samples.size()) return;
    dense_.resize(samples.size());
    for (auto const place : resets_) dense_[place] = samples[place - 1].value;
  }

  /// Of the samples behind `begin` until before `end`. Windows come in order.
  double within(std::size_t begin, std::size_t end) {
    if (!dense_.empty() && end - begin <= dense_window)
      return sum(std::span(dense_).subspan(begin + 1, end - begin - 1));
    double lost = 0;
    while (past_ < resets_.size() && resets_[past_] <= begin) ++past_;
    for (auto i = past_; i < resets_.size() && resets_[i] < end; ++i) lost += samples_[resets_[i] - 1].value;
    return lost;
  }

 private:
  /// Calls with each place but the first, and whether the value there is smaller than the one before.
  template <class Visit>
  void each_value(Visit visit) const {
    if (samples_.empty()) return;
    double before = samples_.front().value;
    for (std::size_t i = 1; i < samples_.size(); ++i) {
      double const value = samples_[i].value;
      visit(i, value < before);
      before = value;
    }
  }

  // Four sums side by side, since one alone waits for its own last addition.
  static double sum(std::span<double const> values) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    std::size_t i = 0;
    for (; i + 4 <= values.size(); i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    double rest = 0;
    for (; i < values.size(); ++i) rest += values[i];
    return rest + (a + b) + (c + d);
  }

  static constexpr std::size_t dense_share = 8;
  static constexpr std::size_t dense_window = 64;

  std::span<Sample const> samples_;
  std::vector<std::size_t> resets_;
  std::vector<double> dense_;
  std::size_t past_ = 0;  ///< resets at or before the window's first sample
};

// Prometheus' extrapolation: the increase seen between first and last sample is stretched towards the edges
// of the window, at most half a sample's distance when the series seems to begin or end inside, and for
// counters never below zero. Of a steady series all windows are alike, so the last answer is kept: divisions
// are what a window costs.
class Stretch {
 public:
  /// Of windows so long; `per` divides what comes out.
  Stretch(std::int64_t range, double per) : range_(range), per_(per) {}

  /// What to multiply an increase with; all times in milliseconds. `first_value` is that of a counter which
  /// may not have begun below zero; NaN where this is no matter.
  double factor(Sample const& first, Sample const& last, std::size_t count, std::int64_t end, double increase,
                double first_value) {
    Alike const alike{first.at - (end - range_), end - last.at, count};
    if (alike != alike_) remember(alike);
    // How far before the first sample the counter was zero; near only where it has grown much since.
    if (first_value < 2 * increase) {
      double const to_zero = sampled_ * (first_value / increase);
      if (to_zero < to_start_) return whole(to_zero) / per_;
    }
    return factor_;
  }

 private:
  struct Alike {
    std::int64_t to_start = -1;
    std::int64_t to_end = -1;
    std::size_t count = 0;
    bool operator==(Alike const&) const = default;
  };

  void remember(Alike const& alike) {
    alike_ = alike;
    sampled_ = static_cast<double>(range_ - alike.to_start - alike.to_end);
    to_start_ = static_cast<double>(alike.to_start);
    to_end_ = static_cast<double>(alike.to_end);
    double const distance = sampled_ / static_cast<double>(alike.count - 1);
    double const threshold = distance * 1.1;
    if (to_start_ >= threshold) to_start_ = distance / 2;
    if (to_end_ >= threshold) to_end_ = distance / 2;
    factor_ = whole(to_start_) / per_;
  }

  [[nodiscard]] double whole(double to_start) const { return (sampled_ + to_start + to_end_) / sampled_; }

  std::int64_t range_;
  double per_;
  Alike alike_;
  double sampled_ = 0;
  double to_start_ = 0;
  double to_end_ = 0;
  double factor_ = 0;
};

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

void extended_increases(Slide const& slide, bool counter, bool per_second) {
  for (std::size_t step = 0; step < slide.steps(); ++step) {
    if (!slide.is_empty(step)) slide.put(step, extended(slide.window(step), counter, per_second));
  }
}

void increases(Slide const& slide, bool counter, bool per_second) {
  if (slide.reach().extension != Extension::none) return extended_increases(slide, counter, per_second);
  auto const samples = slide.samples();
  Losses losses(samples, counter);
  // Divided before it is multiplied, as Prometheus does: the last digit is the same.
  Stretch stretch(slide.reach().range, per_second ? seconds(slide.reach().range) : 1);
  for (std::size_t step = 0; step < slide.steps(); ++step) {
    auto const [begin, end] = slide.bounds(step);
    if (end - begin < 2) continue;
    auto const& first = samples[begin];
    auto const& last = samples[end - 1];
    double const result = last.value - first.value + losses.within(begin, end);
    bool const from_zero = counter && result > 0 && first.value >= 0;
    double const from = from_zero ? first.value : std::numeric_limits<double>::quiet_NaN();
    slide.put(step, result * stretch.factor(first, last, end - begin, slide.end(step), result, from));
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
