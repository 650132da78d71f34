#include "monitor/series/series_order.hpp"

#include <algorithm>

namespace yunzhi::monitor {

namespace {

// Putting new series in their places looks at all series, comparing labels at the few that are asked for.
constexpr std::size_t few = 8;

}  // namespace

std::shared_ptr<SeriesOrder::Places const> SeriesOrder::places(std::size_t asked, std::size_t count,
                                                               Before const& before) {
  std::lock_guard const lock(guard_);
  auto const known = ordered_.size();
  if (known >= count) return places_;
  if (asked < count / few) return nullptr;
  for (auto id = known; id < count; ++id) ordered_.push_back(static_cast<SeriesId>(id));
  auto const fresh = ordered_.begin() + static_cast<std::ptrdiff_t>(known);
  std::sort(fresh, ordered_.end(), before);
  std::inplace_merge(ordered_.begin(), fresh, ordered_.end(), before);
  auto places = std::make_shared<Places>(count);
  for (std::uint32_t place = 0; place < count; ++place) (*places)[ordered_[place]] = place;
  places_ = std::move(places);
  return places_;
}

void SeriesOrder::sort(std::vector<SeriesId>& ids, std::size_t count, Before const& before) {
  auto const known = places(ids.size(), count, before);
  if (!known) return std::sort(ids.begin(), ids.end(), before);
  auto const& place = *known;
  std::sort(ids.begin(), ids.end(), [&](SeriesId a, SeriesId b) { return place[a] < place[b]; });
}

}  // namespace yunzhi::monitor
