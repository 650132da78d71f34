// How available the systems were in the last 30 days, for the page everybody sees first; counted now and
// then, read often.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "app/availability/report.hpp"

namespace yunzhi::app {

struct Availability {
  std::string system, name;
  double ratio_30d = 0;
};

class AvailabilityBoard {
 public:
  /// Both must outlive the board.
  AvailabilityBoard(store::Store& store, AvailabilityReport const& report) : store_(store), report_(report) {}

  void count();
  /// What was counted last: systems of which something was measured; safe from any thread.
  [[nodiscard]] std::vector<Availability> last() const;

 private:
  store::Store& store_;
  AvailabilityReport const& report_;
  mutable std::mutex mutex_;
  std::vector<Availability> counted_;
};

}  // namespace yunzhi::app
