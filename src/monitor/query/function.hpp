// The one table of PromQL functions: the parser checks calls against it, the evaluator runs them from it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "monitor/query/value.hpp"
#include "monitor/series/sample.hpp"

namespace yunzhi::monitor {

class Evaluator;

/// What a function over a range sees at one step. The window is left-open: start < at <= end.
struct Window {
  std::span<Sample const> samples;  ///< never empty, without stale markers
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::int64_t now = 0;  ///< the step's own time, before offset
  std::span<double const> parameters;
};

struct Function {
  std::string_view name;
  std::vector<ValueType> arguments;
  std::size_t required = 0;
  bool variadic = false;  ///< the last argument repeats
  ValueType returns = ValueType::vector;
  bool keeps_name = false;
  // Exactly one of these.
  double (*over_window)(Window const&) = nullptr;
  double (*per_value)(double, std::span<double const> parameters) = nullptr;
  Result<Value> (*special)(Evaluator&, CallNode const&) = nullptr;
};

/// nullptr when there is none of this name.
Function const* find_function(std::string_view name);

std::vector<Function> window_functions();
std::vector<Function> value_functions();
std::vector<Function> special_functions();

/// Sums without losing small parts (Neumaier).
class ExactSum {
 public:
  void add(double value);
  [[nodiscard]] double total() const { return sum_ + rest_; }

 private:
  double sum_ = 0;
  double rest_ = 0;
};

/// The q-quantile by linear interpolation; the values are reordered.
double quantile_of(double q, std::vector<double>& values);

}  // namespace yunzhi::monitor
