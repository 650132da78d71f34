// Functions over a range of samples: rate and its kin, *_over_time, regressions.
#include <algorithm>
#include <cmath>
#include <limits>

#include "monitor/query/function.hpp"

namespace yunzhi::monitor {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

double seconds(std::int64_t ms) {
  return static_cast<double>(ms) / 1000;
}

// Prometheus' extrapolation: the increase seen between first and last sample is stretched towards the edges
// of the window, at most half a sample's distance when the series seems to begin or end inside, and for
// counters never below zero.
double extrapolated(Window const& window, bool counter, bool per_second) {
  auto const& samples = window.samples;
  if (samples.size() < 2) return missing();
  auto const& first = samples.front();
  auto const& last = samples.back();
  double result = last.value - first.value;
  if (counter) {
    for (std::size_t i = 1; i < samples.size(); ++i) {
      if (samples[i].value < samples[i - 1].value) result += samples[i - 1].value;
    }
  }
  double to_start = seconds(first.at - window.start);
  double to_end = seconds(window.end - last.at);
  double const sampled = seconds(last.at - first.at);
  double const distance = sampled / static_cast<double>(samples.size() - 1);
  double const threshold = distance * 1.1;
  if (to_start >= threshold) to_start = distance / 2;
  if (counter && result > 0 && first.value >= 0)
    to_start = std::min(to_start, sampled * (first.value / result));
  if (to_end >= threshold) to_end = distance / 2;
  double factor = (sampled + to_start + to_end) / sampled;
  if (per_second) factor /= seconds(window.end - window.start);
  return result * factor;
}

double rate(Window const& window) {
  return extrapolated(window, true, true);
}
double increase(Window const& window) {
  return extrapolated(window, true, false);
}
double delta(Window const& window) {
  return extrapolated(window, false, false);
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

struct Line {
  double slope = 0;
  double intercept = 0;
};

// Least squares with times counted from `origin`.
Line regression(std::span<Sample const> samples, std::int64_t origin) {
  bool const constant = std::all_of(samples.begin(), samples.end(),
                                    [&](Sample const& sample) { return sample.value == samples[0].value; });
  if (constant)
    return std::isinf(samples[0].value) ? Line{not_a_number, not_a_number} : Line{0, samples[0].value};
  ExactSum x;
  ExactSum y;
  ExactSum xy;
  ExactSum xx;
  for (auto const& sample : samples) {
    double const time = seconds(sample.at - origin);
    x.add(time);
    y.add(sample.value);
    xy.add(time * sample.value);
    xx.add(time * time);
  }
  auto const n = static_cast<double>(samples.size());
  double const covariance = xy.total() - x.total() * y.total() / n;
  double const variance = xx.total() - x.total() * x.total() / n;
  double const slope = covariance / variance;
  return {slope, y.total() / n - slope * x.total() / n};
}

double deriv(Window const& window) {
  if (window.samples.size() < 2) return missing();
  return regression(window.samples, window.samples.front().at).slope;
}

double predict_linear(Window const& window) {
  if (window.samples.size() < 2) return missing();
  auto const line = regression(window.samples, window.now);
  return line.slope * window.parameters[0] + line.intercept;
}

double changes(Window const& window) {
  double count = 0;
  for (std::size_t i = 1; i < window.samples.size(); ++i) {
    double const a = window.samples[i - 1].value;
    double const b = window.samples[i].value;
    if (a != b && !(std::isnan(a) && std::isnan(b))) ++count;
  }
  return count;
}

double resets(Window const& window) {
  double count = 0;
  for (std::size_t i = 1; i < window.samples.size(); ++i) {
    if (window.samples[i].value < window.samples[i - 1].value) ++count;
  }
  return count;
}

double sum_over(Window const& window) {
  ExactSum sum;
  for (auto const& sample : window.samples) sum.add(sample.value);
  return sum.total();
}

double avg_over(Window const& window) {
  auto const count = static_cast<double>(window.samples.size());
  double const sum = sum_over(window);
  if (std::isfinite(sum)) return sum / count;
  double mean = 0;  // the sum may overflow where the mean does not
  double seen = 0;
  for (auto const& sample : window.samples) {
    ++seen;
    if (std::isinf(mean) && (sample.value == mean || std::isfinite(sample.value))) continue;
    mean += sample.value / seen - mean / seen;
  }
  return mean;
}

double count_over(Window const& window) {
  return static_cast<double>(window.samples.size());
}

double min_over(Window const& window) {
  double result = window.samples[0].value;
  for (auto const& sample : window.samples) {
    if (sample.value < result || std::isnan(result)) result = sample.value;
  }
  return result;
}

double max_over(Window const& window) {
  double result = window.samples[0].value;
  for (auto const& sample : window.samples) {
    if (sample.value > result || std::isnan(result)) result = sample.value;
  }
  return result;
}

double variance_over(Window const& window) {
  double count = 0;
  double mean = 0;
  double squares = 0;
  for (auto const& sample : window.samples) {
    ++count;
    double const apart = sample.value - mean;
    mean += apart / count;
    squares += apart * (sample.value - mean);
  }
  return squares / count;
}

double deviation_over(Window const& window) {
  return std::sqrt(variance_over(window));
}

double quantile_over(Window const& window) {
  std::vector<double> values;
  values.reserve(window.samples.size());
  for (auto const& sample : window.samples) values.push_back(sample.value);
  return quantile_of(window.parameters[0], values);
}

double last_over(Window const& window) {
  return window.samples.back().value;
}

double present_over(Window const&) {
  return 1;
}

Function over(std::string_view name, double (*run)(Window const&), bool keeps_name = false) {
  return {name, {ValueType::matrix}, 1, false, ValueType::vector, keeps_name, run, nullptr, nullptr};
}

}  // namespace

std::vector<Function> window_functions() {
  std::vector<Function> all{
      over("rate", rate),
      over("increase", increase),
      over("delta", delta),
      over("irate", irate),
      over("idelta", idelta),
      over("deriv", deriv),
      over("changes", changes),
      over("resets", resets),
      over("sum_over_time", sum_over),
      over("avg_over_time", avg_over),
      over("count_over_time", count_over),
      over("min_over_time", min_over),
      over("max_over_time", max_over),
      over("stdvar_over_time", variance_over),
      over("stddev_over_time", deviation_over),
      over("last_over_time", last_over, true),
      over("present_over_time", present_over),
  };
  Function predict = over("predict_linear", predict_linear);
  predict.arguments = {ValueType::matrix, ValueType::scalar};
  predict.required = 2;
  all.push_back(predict);
  Function quantile = over("quantile_over_time", quantile_over);
  quantile.arguments = {ValueType::scalar, ValueType::matrix};
  quantile.required = 2;
  all.push_back(quantile);
  return all;
}

}  // namespace yunzhi::monitor
