// The newest samples, in memory: label texts interned once, sorted postings per label pair, one open and some
// finished chunks per series. Not synchronised; the database guards it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "monitor/series/chunk.hpp"
#include "monitor/series/labels.hpp"
#include "monitor/series/matcher.hpp"

namespace yunzhi::monitor {

using SeriesId = std::uint32_t;
using SharedChunk = std::shared_ptr<Chunk const>;

/// Texts kept once each and named by small numbers.
class Symbols {
 public:
  static constexpr std::uint32_t unknown = ~0U;

  std::uint32_t intern(std::string_view text);
  [[nodiscard]] std::uint32_t find(std::string_view text) const;
  [[nodiscard]] std::string_view text(std::uint32_t symbol) const { return *texts_[symbol]; }

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
  enum class Added { yes, repeated, out_of_order };

  static constexpr SeriesId none = ~0U;

  [[nodiscard]] SeriesId find(Labels const& labels) const;
  SeriesId add(Labels const& labels);
  [[nodiscard]] std::size_t size() const { return series_.size(); }
  [[nodiscard]] Labels labels(SeriesId id) const;

  /// What append would do, without doing it.
  [[nodiscard]] Added judge(SeriesId id, Sample sample) const;
  void append(SeriesId id, Sample sample);

  /// The series all matchers accept, in no particular order.
  [[nodiscard]] std::vector<SeriesId> find_all(std::span<Matcher const> matchers) const;
  /// Chunks that touch [from, to]; the open one is copied.
  [[nodiscard]] std::vector<SharedChunk> chunks(SeriesId id, std::int64_t from, std::int64_t to) const;
  /// Earliest and latest sample; first > last when there are none.
  [[nodiscard]] std::int64_t first() const { return first_; }
  [[nodiscard]] std::int64_t last() const { return last_; }
  [[nodiscard]] std::uint64_t chunk_bytes() const;

  /// A head with the samples from `boundary` on, and only the series that have any.
  [[nodiscard]] std::unique_ptr<Head> from(std::int64_t boundary) const;

 private:
  struct Series {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> labels;  ///< symbols
    std::vector<SharedChunk> chunks;
    ChunkWriter open;
    Sample newest{INT64_MIN, 0};
  };
  using Postings = std::vector<SeriesId>;

  [[nodiscard]] bool accepts(Series const& series, Matcher const& matcher) const;
  [[nodiscard]] Postings candidates(std::span<Matcher const> matchers) const;
  [[nodiscard]] Postings candidates(Matcher const& matcher) const;

  Symbols symbols_;
  std::vector<Series> series_;
  std::unordered_multimap<std::uint64_t, SeriesId> by_hash_;
  std::unordered_map<std::uint32_t, std::unordered_map<std::uint32_t, Postings>> postings_;
  std::int64_t first_ = INT64_MAX;
  std::int64_t last_ = INT64_MIN;
};

}  // namespace yunzhi::monitor
