// The newest samples, in memory: label texts interned once, sorted postings per label pair, one open and some
// finished chunks per series, and beside them what came late. Not synchronised; the database guards it:
// several may read at once.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "monitor/series/chunk.hpp"
#include "monitor/series/labels.hpp"
#include "monitor/series/matcher.hpp"
#include "monitor/series/series_order.hpp"

namespace yunzhi::monitor {

class Cursor;

using SharedChunk = std::shared_ptr<Chunk const>;

/// Texts kept once each and named by small numbers.
class Symbols {
 public:
  static constexpr std::uint32_t unknown = ~0U;

  std::uint32_t intern(std::string_view text);
  [[nodiscard]] std::uint32_t find(std::string_view text) const;
  [[nodiscard]] std::string_view text(std::uint32_t symbol) const { return *texts_[symbol]; }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<std::string const*> texts_;
};

class Head {
 public:
  static constexpr SeriesId none = ~0U;

  [[nodiscard]] SeriesId find(Labels const& labels) const;
  SeriesId add(Labels const& labels);
  [[nodiscard]] std::size_t size() const { return series_.size(); }
  [[nodiscard]] Labels labels(SeriesId id) const;
  /// The metric's name; lives as long as the head.
  [[nodiscard]] std::string_view metric(SeriesId id) const;
  /// Whether a stands before b in order of labels.
  [[nodiscard]] bool before(SeriesId a, SeriesId b) const;

  /// The latest sample in order of time; INT64_MIN when there never was one.
  [[nodiscard]] Sample const& newest(SeriesId id) const { return series_[id].newest; }
  /// Times must grow within a series.
  void append(SeriesId id, Sample sample);
  /// A sample older than the newest of its series, or than what blocks hold already.
  void append_late(SeriesId id, Sample sample);
  [[nodiscard]] std::size_t late_count() const { return late_count_; }

  /// The series all matchers accept, in order of labels.
  [[nodiscard]] std::vector<SeriesId> find_all(std::span<Matcher const> matchers) const;
  /// The newest sample of all, when it lies within [from, to] and nothing needs to be unpacked to tell;
  /// nothing otherwise.
  [[nodiscard]] std::optional<Sample> newest(SeriesId id, std::int64_t from, std::int64_t to) const;
  /// Chunks that touch [from, to]; the open one is copied.
  [[nodiscard]] std::vector<SharedChunk> chunks(SeriesId id, std::int64_t from, std::int64_t to) const;
  /// What came late within [from, to], in no particular order, and is in no block for sure.
  void late(SeriesId id, std::int64_t from, std::int64_t to, Samples& samples) const;
  /// Earliest and latest sample; first > last when there are none.
  [[nodiscard]] std::int64_t first() const { return first_; }
  [[nodiscard]] std::int64_t last() const { return last_; }
  [[nodiscard]] std::uint64_t chunk_bytes() const;

  /// What came late until now is about to be written into a block; it stays visible until forget().
  void release_late();
  /// What release_late() named, of one series.
  void leaving(SeriesId id, Samples& samples) const;
  /// Drops the chunks that end before `boundary`, and what release_late() named. Series stay, with their ids.
  void forget(std::int64_t boundary);
  /// Drops the samples of from <= at <= to; false when there were none.
  bool erase(SeriesId id, std::int64_t from, std::int64_t to);
  /// How many series have no samples.
  [[nodiscard]] std::size_t dead() const;
  /// A head of the series that have samples, under new ids.
  [[nodiscard]] std::unique_ptr<Head> living() const;

  /// Texts from a number on, then series from an id on, as snapshots hold them; layout in
  /// docs/formats/monitor-series.md.
  void save_texts(std::string& out, std::size_t begin, std::size_t end) const;
  void save_series(std::string& out, SeriesId begin, SeriesId end) const;
  /// Reads them back in the same order; false when the bytes make no sense.
  bool load_texts(Cursor& cursor);
  bool load_series(Cursor& cursor);
  [[nodiscard]] std::size_t texts() const { return symbols_.size(); }

 private:
  using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  struct Series {
    Pairs labels;  ///< symbols
    std::vector<SharedChunk> chunks;
    ChunkWriter open;
    Sample newest{INT64_MIN, 0};
  };
  using Postings = std::vector<SeriesId>;
  using Late = std::unordered_map<SeriesId, Samples>;

  SeriesId add(Pairs pairs, std::uint64_t hash);
  [[nodiscard]] std::uint64_t hash(Pairs const& pairs) const;
  void reach(std::int64_t at);
  [[nodiscard]] Postings candidates(std::span<Matcher const> matchers) const;
  [[nodiscard]] Postings candidates(Matcher const& matcher) const;

  Symbols symbols_;
  std::deque<Series> series_;
  mutable SeriesOrder order_;
  std::unordered_multimap<std::uint64_t, SeriesId> by_hash_;
  std::unordered_map<std::uint32_t, std::unordered_map<std::uint32_t, Postings>> postings_;
  Late late_;
  Late leaving_;  ///< released, not forgotten yet
  std::size_t late_count_ = 0;
  std::int64_t first_ = INT64_MAX;
  std::int64_t last_ = INT64_MIN;
};

}  // namespace yunzhi::monitor
