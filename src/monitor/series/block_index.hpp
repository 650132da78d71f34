// What a block holds: label texts once each and in order, the series by numbers of texts, where their columns
// lie.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "monitor/series/labels.hpp"
#include "monitor/series/matcher.hpp"

namespace yunzhi::monitor {

/// Where packed bytes lie: in a frame of the file, from an offset within it.
struct ColumnPlace {
  std::uint64_t frame = 0;
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
};

/// One column of times; series that were measured together share it.
struct TimesEntry {
  ColumnPlace place;
  std::uint32_t count = 0;
};

struct SeriesEntry {
  std::uint32_t labels = 0;  ///< the first of its pairs in BlockIndex::pairs
  std::uint32_t labels_count = 0;
  std::uint32_t times = 0;  ///< the position of its TimesEntry
  ColumnPlace values;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

struct BlockIndex {
  std::vector<std::string> texts;    ///< sorted
  std::vector<std::uint32_t> pairs;  ///< name, value, name, value, … as positions in texts
  std::vector<TimesEntry> times;
  std::vector<SeriesEntry> series;    ///< in order of labels
  std::vector<std::string> replaces;  ///< files of the blocks this one was merged from

  [[nodiscard]] Labels labels(SeriesEntry const& entry) const;
  /// Positions of the series that all matchers accept and that have samples in the stretch.
  [[nodiscard]] std::vector<std::uint32_t> find(std::span<Matcher const> matchers, std::int64_t from,
                                                std::int64_t to) const;
  [[nodiscard]] std::size_t memory_bytes() const;
};

std::string index_bytes(BlockIndex const& index);
/// False when the bytes are no index, or one whose numbers point beyond what it holds.
bool read_index(std::string_view bytes, BlockIndex& index);

}  // namespace yunzhi::monitor
