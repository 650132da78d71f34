#include "monitor/query/function.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace yunzhi::monitor {
namespace {

std::vector<Function> all_functions() {
  auto all = window_functions();
  for (auto& group : {value_functions(), special_functions()})
    all.insert(all.end(), group.begin(), group.end());
  std::sort(all.begin(), all.end(), [](Function const& a, Function const& b) { return a.name < b.name; });
  return all;
}

}  // namespace

Function const* find_function(std::string_view name) {
  static std::vector<Function> const all = all_functions();
  auto const found = std::lower_bound(
      all.begin(), all.end(), name,
      [](Function const& function, std::string_view wanted) { return function.name < wanted; });
  return found != all.end() && found->name == name ? &*found : nullptr;
}

void ExactSum::add(double value) {
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

double quantile_of(double q, std::vector<double>& values) {
  if (values.empty() || std::isnan(q)) return std::numeric_limits<double>::quiet_NaN();
  if (q < 0) return -std::numeric_limits<double>::infinity();
  if (q > 1) return std::numeric_limits<double>::infinity();
  // NaN counts as smaller than everything, as in Prometheus.
  std::sort(values.begin(), values.end(),
            [](double a, double b) { return std::isnan(a) ? !std::isnan(b) : a < b; });
  double const rank = q * static_cast<double>(values.size() - 1);
  auto const below = static_cast<std::size_t>(std::floor(rank));
  auto const above = std::min(values.size() - 1, below + 1);
  double const weight = rank - std::floor(rank);
  return values[below] * (1 - weight) + values[above] * weight;
}

}  // namespace yunzhi::monitor
