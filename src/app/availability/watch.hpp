// From figures of a probe or a target to when a system answered. Pure: no clock, no rows.
#pragma once

#include <span>
#include <vector>

#include "calendar/stretch.hpp"
#include "monitor/monitor.hpp"

namespace yunzhi::app {

struct Watch {
  calendar::Stretch stretch;
  bool up = false;
  bool operator==(Watch const&) const = default;
};

/// Each sample tells of the step that ends with it: 0 is down, anything else up. Steps without a sample are
/// told of by nobody. `samples` are in order, at multiples of the step.
std::vector<Watch> watches_of(std::span<monitor::Sample const> samples, Milliseconds step);

}  // namespace yunzhi::app
