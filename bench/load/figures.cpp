#include "load/figures.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace yunzhi::load {

void Figures::forget() {
  latencies_ms_.clear();
  errors_ = 0;
}

double Figures::percentile(double part) const {
  if (latencies_ms_.empty()) return 0;
  auto const last = static_cast<double>(latencies_ms_.size() - 1);
  return latencies_ms_[static_cast<std::size_t>(part * last)];
}

std::string Figures::json(double seconds) {
  std::sort(latencies_ms_.begin(), latencies_ms_.end());
  return fmt::format(
      R"({{"requests": {}, "errors": {}, "per_second": {:.0f}, "p50_ms": {:.3f}, "p99_ms": {:.3f}, "max_ms": {:.3f}}})",
      latencies_ms_.size(), errors_, static_cast<double>(latencies_ms_.size()) / seconds, percentile(0.5),
      percentile(0.99), percentile(1));
}

}  // namespace yunzhi::load
