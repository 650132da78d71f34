// How much of the last 30 days each watched system answered; measured now and then, read often.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "monitor/monitor.hpp"
#include "store/store.hpp"

namespace yunzhi::app {

struct Availability {
  std::string system, name;
  double ratio_30d = 0;
};

class AvailabilityBoard {
 public:
  /// Both must outlive the board.
  AvailabilityBoard(store::Store& store, monitor::Monitor& monitor) : store_(store), monitor_(monitor) {}

  void measure();
  /// What the last measurement found; safe from any thread.
  [[nodiscard]] std::vector<Availability> last() const;

 private:
  store::Store& store_;
  monitor::Monitor& monitor_;
  mutable std::mutex mutex_;
  std::vector<Availability> measured_;
};

}  // namespace yunzhi::app
