// Latencies of one run, and what is told of them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace yunzhi::load {

class Figures {
 public:
  void add(double latency_ms) { latencies_ms_.push_back(latency_ms); }
  void add_error() { ++errors_; }
  void forget();

  /// One line of JSON: requests, errors, per_second, p50_ms, p99_ms, max_ms.
  [[nodiscard]] std::string json(double seconds);

 private:
  [[nodiscard]] double percentile(double part) const;

  std::vector<double> latencies_ms_;
  std::size_t errors_ = 0;
};

}  // namespace yunzhi::load
