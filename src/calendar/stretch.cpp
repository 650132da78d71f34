#include "calendar/stretch.hpp"

#include <algorithm>

namespace yunzhi::calendar {

Stretches merged(Stretches any) {
  std::sort(any.begin(), any.end(), [](auto const& a, auto const& b) { return a.from < b.from; });
  Stretches apart;
  for (auto const& one : any) {
    if (one.to <= one.from) continue;
    if (apart.empty() || apart.back().to < one.from)
      apart.push_back(one);
    else
      apart.back().to = std::max(apart.back().to, one.to);
  }
  return apart;
}

Stretches within(Stretches const& all, Stretch const& bounds) {
  Stretches inside;
  for (auto const& one : all) {
    Stretch const part{std::max(one.from, bounds.from), std::min(one.to, bounds.to)};
    if (part.from < part.to) inside.push_back(part);
  }
  return inside;
}

Stretches without(Stretches const& all, Stretches const& others) {
  Stretches left;
  auto next = others.begin();
  for (auto one : all) {
    while (next != others.end() && next->to <= one.from) ++next;
    for (auto other = next; other != others.end() && other->from < one.to; ++other) {
      if (one.from < other->from) left.push_back({one.from, other->from});
      one.from = std::max(one.from, other->to);
    }
    if (one.from < one.to) left.push_back(one);
  }
  return left;
}

Milliseconds working(WorkingCalendar const& hours, Stretches const& all) {
  Milliseconds sum{0};
  for (auto const& one : all) sum += hours.working_between(one.from, one.to);
  return sum;
}

}  // namespace yunzhi::calendar
