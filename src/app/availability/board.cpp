#include "app/availability/board.hpp"

namespace yunzhi::app {

void AvailabilityBoard::count() {
  auto const now = store_.clock()();
  auto const all = store_.read([&](store::Reader& reader) {
    return report_.over(reader, {now - std::chrono::days{30}, now}, now);
  });
  std::vector<Availability> counted;
  for (auto const& one : all)
    if (one.source != "incidents" && one.figures.percent)
      counted.push_back({one.system.id, one.system.name, *one.figures.percent / 100});
  std::lock_guard const lock(mutex_);
  counted_ = std::move(counted);
}

std::vector<Availability> AvailabilityBoard::last() const {
  std::lock_guard const lock(mutex_);
  return counted_;
}

}  // namespace yunzhi::app
