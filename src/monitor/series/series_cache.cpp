#include "monitor/series/series_cache.hpp"

#include <utility>

namespace yunzhi::monitor {
namespace {

constexpr std::size_t first_slots = 1024;

}  // namespace

// The slot that holds the key, or the empty one where it belongs.
std::size_t SeriesCache::slot_of(SeriesKey key) const {
  auto const mask = slots_.size() - 1;
  auto at = static_cast<std::size_t>(key.low) & mask;
  while (slots_[at].series != empty && slots_[at].key != key) at = (at + 1) & mask;
  return at;
}

std::optional<std::uint32_t> SeriesCache::find(SeriesKey key) const {
  if (slots_.empty()) return std::nullopt;
  auto const& slot = slots_[slot_of(key)];
  if (slot.series == empty) return std::nullopt;
  return slot.series;
}

void SeriesCache::put(SeriesKey key, std::uint32_t series) {
  if (used_ >= limit_) clear();
  if ((used_ + 1) * 4 > slots_.size() * 3) grow();
  auto& slot = slots_[slot_of(key)];
  if (slot.series == empty) ++used_;
  slot = {key, series};
}

void SeriesCache::clear() {
  slots_.clear();
  slots_.shrink_to_fit();
  used_ = 0;
}

void SeriesCache::grow() {
  auto const before = std::exchange(slots_, {});
  slots_.resize(before.empty() ? first_slots : before.size() * 2);
  for (auto const& slot : before) {
    if (slot.series != empty) slots_[slot_of(slot.key)] = slot;
  }
}

}  // namespace yunzhi::monitor
