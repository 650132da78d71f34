// Functions over one window at a time: regressions, spread, quantiles, first and last samples.
#include <algorithm>

#include "monitor/query/evaluator.hpp"
#include "monitor/query/series_functions.hpp"

namespace yunzhi::monitor {
namespace {

double seconds(std::int64_t ms) {
  return static_cast<double>(ms) / 1000;
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

// Holt's linear method: a level and a trend, each smoothed by its factor.
double double_exponential_smoothing(Window const& window) {
  auto const& samples = window.samples;
  if (samples.size() < 2) return missing();
  double const level_factor = window.parameters[0];
  double const trend_factor = window.parameters[1];
  double before = 0;
  double level = samples[0].value;
  double trend = samples[1].value - samples[0].value;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    if (i > 1) trend = trend_factor * (level - before) + (1 - trend_factor) * trend;
    double const next = level_factor * samples[i].value + (1 - level_factor) * (level + trend);
    before = level;
    level = next;
  }
  return level;
}

Result<> check_factors(Evaluator&, CallNode const& node, std::span<double const> parameters) {
  constexpr std::string_view names[] = {"smoothing", "trend"};
  for (std::size_t i = 0; i < 2; ++i) {
    if (parameters[i] > 0 && parameters[i] < 1) continue;
    return refuse(Why::invalid, node.arguments[i + 1]->place,
                  "invalid {} factor. Expected: 0 < {} < 1, got: {}", names[i], i == 0 ? "sf" : "tf",
                  parameters[i]);
  }
  return {};
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

std::vector<double> values_of(Window const& window) {
  std::vector<double> values;
  values.reserve(window.samples.size());
  for (auto const& sample : window.samples) values.push_back(sample.value);
  return values;
}

double quantile_over(Window const& window) {
  auto values = values_of(window);
  return quantile_of(window.parameters[0], values);
}

// The median distance from the median.
double mad_over(Window const& window) {
  auto values = values_of(window);
  double const median = quantile_of(0.5, values);
  for (double& value : values) value = std::fabs(value - median);
  return quantile_of(0.5, values);
}

Result<> check_over_quantile(Evaluator& evaluator, CallNode const& node, std::span<double const> parameters) {
  check_quantile(evaluator, parameters[0], node.arguments[0]->place);
  return {};
}

double first_over(Window const& window) {
  return window.samples.front().value;
}
double last_over(Window const& window) {
  return window.samples.back().value;
}
double time_of_first(Window const& window) {
  return seconds(window.samples.front().at);
}
double time_of_last(Window const& window) {
  return seconds(window.samples.back().at);
}

template <class Better>
double time_of_best(Window const& window, Better better) {
  auto best = window.samples.front();
  for (auto const& sample : window.samples) {
    if (better(sample.value, best.value) || std::isnan(best.value)) best = sample;
  }
  return seconds(best.at);
}

double time_of_min(Window const& window) {
  return time_of_best(window, [](double a, double b) { return a <= b; });
}
double time_of_max(Window const& window) {
  return time_of_best(window, [](double a, double b) { return a >= b; });
}

double present_over(Window const&) {
  return 1;
}

}  // namespace

std::vector<Function> window_functions() {
  std::vector<Function> all{
      over("deriv", deriv),
      over("stdvar_over_time", variance_over),
      over("stddev_over_time", deviation_over),
      over("mad_over_time", mad_over),
      over("first_over_time", first_over, true),
      over("last_over_time", last_over, true),
      over("present_over_time", present_over),
      over("ts_of_first_over_time", time_of_first),
      over("ts_of_last_over_time", time_of_last),
      over("ts_of_min_over_time", time_of_min),
      over("ts_of_max_over_time", time_of_max),
  };
  auto add = [&all](std::string_view name, double (*run)(Window const&),
                    std::vector<ValueType> arguments) -> Function& {
    auto& function = all.emplace_back(over(name, run));
    function.required = arguments.size();
    function.arguments = std::move(arguments);
    return function;
  };
  add("predict_linear", predict_linear, {ValueType::matrix, ValueType::scalar});
  add("quantile_over_time", quantile_over, {ValueType::scalar, ValueType::matrix}).check =
      check_over_quantile;
  add("double_exponential_smoothing", double_exponential_smoothing,
      {ValueType::matrix, ValueType::scalar, ValueType::scalar})
      .check = check_factors;
  for (auto& more : {counter_functions(), average_functions()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace yunzhi::monitor
