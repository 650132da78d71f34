// From the key of raw label bytes to the series: an open table with linear probing. Forgets everything when
// it is full, since it holds nothing that cannot be found again by the labels.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "monitor/series/incoming.hpp"

namespace yunzhi::monitor {

class SeriesCache {
 public:
  /// `limit`: how many keys are kept at most.
  explicit SeriesCache(std::size_t limit) : limit_(limit) {}

  [[nodiscard]] std::optional<std::uint32_t> find(SeriesKey key) const;
  void put(SeriesKey key, std::uint32_t series);
  void clear();
  [[nodiscard]] std::size_t size() const { return used_; }

 private:
  struct Slot {
    SeriesKey key;
    std::uint32_t series = empty;
  };
  static constexpr std::uint32_t empty = ~0U;

  [[nodiscard]] std::size_t slot_of(SeriesKey key) const;
  void grow();

  std::size_t limit_;
  std::size_t used_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace yunzhi::monitor
