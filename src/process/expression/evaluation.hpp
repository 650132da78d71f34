// What an evaluation carries along: the present, and a budget that bounds its work, memory and depth.
#pragma once

#include <chrono>
#include <span>

#include "base/instant.hpp"
#include "base/limits.hpp"
#include "process/expression/function.hpp"

namespace yunzhi::process {

/// The present as an expression sees it.
struct Moment {
  Instant now;
  std::chrono::minutes utc_offset{0};  ///< of now() and today()
};

/// What is left of an evaluation's limits. Once one is used up every operation gives null, so that the
/// evaluation ends soon; `spent` tells the caller that the null is none of FEEL's.
struct Budget {
  std::int64_t steps = limits::expression_steps;
  std::int64_t memory_bytes = limits::expression_memory_bytes;
  std::uint32_t height = 0;
  bool spent = false;

  /// Whether that much more work may be done.
  bool work(std::size_t amount) {
    steps -= static_cast<std::int64_t>(amount);
    spent = spent || steps < 0;
    return !spent;
  }
  /// Whether that much more may be made.
  bool make(std::size_t bytes) {
    memory_bytes -= static_cast<std::int64_t>(bytes);
    spent = spent || memory_bytes < 0;
    return !spent;
  }
};

class Evaluation {
 public:
  explicit Evaluation(Moment const& moment) : moment_(moment) {}

  [[nodiscard]] Moment const& moment() const { return moment_; }
  [[nodiscard]] Budget& budget() { return budget_; }
  /// Calls a function's value with its arguments in order, coerced to its parameters' types. The whole is
  /// null when one of them or their number does not fit, or when it is no function.
  Value invoke(Value const& function, std::span<Value const> arguments);

  /// Paid lists and texts: null when the budget is spent.
  Value list(std::vector<Value> items);
  Value text(std::string text);

 private:
  Moment const& moment_;
  Budget budget_;
};

}  // namespace yunzhi::process
