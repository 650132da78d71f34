// What a query may cost, and what it has left to spend.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

#include "base/result.hpp"

namespace yunzhi::monitor {

/// What a query reads: samples, and rollups only where samples are gone; samples alone; rollups of this
/// length as far as they can answer; or rollups as the step allows.
enum class Resolution { as_needed, raw, five_minutes, one_hour, by_step };

struct QueryLimits {
  std::size_t steps = 11'000;
  std::size_t samples = 20'000'000;         ///< read from the source; they are decoded series by series
  std::size_t bytes = 256UL * 1024 * 1024;  ///< held in rows
  std::chrono::milliseconds time{30'000};
  std::int64_t lookback_ms = 300'000;
  std::int64_t subquery_step_ms = 60'000;
  Resolution resolution = Resolution::as_needed;
  std::shared_ptr<std::atomic<bool> const> cancelled;  ///< set by whoever ends the query from outside
};

/// Shared by a query and its subqueries.
class Budget {
 public:
  explicit Budget(QueryLimits const& limits)
      : limits_(limits), deadline_(std::chrono::steady_clock::now() + limits.time) {}

  /// Each is refused (too_large, busy) when nothing is left, when time is up, or when the query was ended.
  Result<> samples(std::size_t count);
  Result<> bytes(std::size_t count);
  [[nodiscard]] Result<> time();

  [[nodiscard]] std::size_t samples_read() const { return samples_; }
  [[nodiscard]] std::size_t bytes_held() const { return bytes_; }
  [[nodiscard]] QueryLimits const& limits() const { return limits_; }

 private:
  QueryLimits const limits_;
  std::chrono::steady_clock::time_point deadline_;
  std::size_t samples_ = 0;
  std::size_t bytes_ = 0;
  unsigned asked_ = 0;
};

}  // namespace yunzhi::monitor
