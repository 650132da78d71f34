// The one table of PromQL functions: the parser checks calls against it, the evaluator runs them from it.
#pragma once

#include <cmath>
#include <span>
#include <string_view>
#include <vector>

#include "monitor/query/slide.hpp"
#include "monitor/query/value.hpp"
#include "monitor/series/sample.hpp"

namespace yunzhi::monitor {

class Evaluator;

struct Function {
  std::string_view name;
  std::vector<ValueType> arguments;
  std::size_t required = 0;
  bool variadic = false;  ///< the last argument repeats
  ValueType returns = ValueType::vector;
  bool keeps_name = false;
  bool counter = false;  ///< makes sense for counters only; others earn a remark
  bool anchors = false;  ///< takes an `anchored` range
  bool smooths = false;  ///< takes a `smoothed` range
  // Exactly one of these.
  double (*over_window)(Window const&) = nullptr;
  void (*over_series)(Slide const&) = nullptr;
  double (*per_value)(double, std::span<double const> parameters) = nullptr;
  Result<Value> (*special)(Evaluator&, CallNode const&) = nullptr;
  /// Looks at the scalar parameters of a step before a window is worked on.
  Result<> (*check)(Evaluator&, CallNode const&, std::span<double const> parameters) = nullptr;
};

/// nullptr when there is none of this name.
Function const* find_function(std::string_view name);
/// All of them in order of name.
std::vector<Function> const& all_functions();

std::vector<Function> window_functions();
std::vector<Function> value_functions();
std::vector<Function> scalar_functions();
std::vector<Function> label_functions();
std::vector<Function> presence_functions();
std::vector<Function> histogram_functions();
std::vector<Function> order_functions();
Function info_function();

/// Sums without losing small parts (Neumaier).
class ExactSum {
 public:
  void add(double value) {
    double const total = sum_ + value;
    if (std::isinf(total)) {
      rest_ = 0;
    } else if (std::fabs(sum_) >= std::fabs(value)) {
      rest_ += (sum_ - total) + value;
    } else {
      rest_ += (value - total) + sum_;
    }
    sum_ = total;
  }
  void add(std::span<Sample const> samples);
  [[nodiscard]] double total() const { return sum_ + rest_; }
  [[nodiscard]] double sum() const { return sum_; }
  [[nodiscard]] double rest() const { return rest_; }

 private:
  double sum_ = 0;
  double rest_ = 0;
};

/// The q-quantile by linear interpolation; the values are reordered.
double quantile_of(double q, std::vector<double>& values);

/// Warns about a quantile outside 0 to 1.
void check_quantile(Evaluator& evaluator, double q, std::string_view place);

}  // namespace yunzhi::monitor
