#include "monitor/query/function.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "monitor/query/evaluator.hpp"
#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

std::vector<Function> gathered() {
  std::vector<Function> all{info_function()};
  for (auto& group : {window_functions(), value_functions(), scalar_functions(), label_functions(),
                      presence_functions(), histogram_functions(), order_functions()}) {
    all.insert(all.end(), group.begin(), group.end());
  }
  std::sort(all.begin(), all.end(), [](Function const& a, Function const& b) { return a.name < b.name; });
  return all;
}

}  // namespace

std::vector<Function> const& all_functions() {
  static std::vector<Function> const all = gathered();
  return all;
}

Function const* find_function(std::string_view name) {
  auto const& all = all_functions();
  auto const found = std::lower_bound(
      all.begin(), all.end(), name,
      [](Function const& function, std::string_view wanted) { return function.name < wanted; });
  return found != all.end() && found->name == name ? &*found : nullptr;
}

// Several sums side by side, since one alone waits for its own last addition; without branches, the error of
// each addition as Knuth's two-sum gives it. An infinity makes the errors worthless: then one after another.
void ExactSum::add(std::span<Sample const> samples) {
  constexpr std::size_t lanes = 4;
  std::array<double, lanes> sums{};
  std::array<double, lanes> rests{};
  std::size_t at = 0;
  for (; at + lanes <= samples.size(); at += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      double const value = samples[at + lane].value;
      double const total = sums[lane] + value;
      double const part = total - sums[lane];
      rests[lane] += (sums[lane] - (total - part)) + (value - part);
      sums[lane] = total;
    }
  }
  bool const finite =
      std::all_of(rests.begin(), rests.end(), [](double rest) { return std::isfinite(rest); });
  if (!finite) at = 0;
  for (std::size_t lane = 0; finite && lane < lanes; ++lane) {
    add(sums[lane]);
    add(rests[lane]);
  }
  for (; at < samples.size(); ++at) add(samples[at].value);
}

double quantile_of(double q, std::vector<double>& values) {
  if (values.empty() || std::isnan(q)) return std::numeric_limits<double>::quiet_NaN();
  if (q < 0) return -std::numeric_limits<double>::infinity();
  if (q > 1) return std::numeric_limits<double>::infinity();
  double const rank = q * static_cast<double>(values.size() - 1);
  auto const below = static_cast<std::size_t>(std::floor(rank));
  auto const above = std::min(values.size() - 1, below + 1);
  double const weight = rank - std::floor(rank);
  // NaN counts as smaller than everything, as in Prometheus.
  auto const before = [](double a, double b) { return std::isnan(a) ? !std::isnan(b) : a < b; };
  auto const place = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), place, values.end(), before);
  double const low = *place;
  double const high = above == below ? low : *std::min_element(place + 1, values.end(), before);
  return low * (1 - weight) + high * weight;
}

void check_quantile(Evaluator& evaluator, double q, std::string_view place) {
  if (q >= 0 && q <= 1) return;
  evaluator.annotations().warn("quantile value should be between 0 and 1, got " + go_number(q), place);
}

}  // namespace yunzhi::monitor
