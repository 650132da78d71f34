// The store of series: head and write-ahead log for the newest samples, immutable blocks for the older ones.
// Safe for use by several threads: one appends at a time, any number select.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "monitor/series/block.hpp"
#include "monitor/series/head.hpp"
#include "monitor/series/source.hpp"
#include "monitor/series/wal.hpp"

namespace yunzhi::monitor {

/// One sample of one series, as scrapes, rules and callers hand it in.
struct Point {
  Labels labels;
  Sample sample;
};

/// What became of the points of one append.
struct Appended {
  std::size_t accepted = 0;
  std::size_t repeated = 0;      ///< the same sample again
  std::size_t out_of_order = 0;  ///< older than the newest of its series, or other value at its time
  std::size_t over_limit = 0;    ///< a new series when the limit is reached
};

struct DatabaseOptions {
  std::filesystem::path folder;
  Milliseconds retention = std::chrono::hours(24 * 30);
  Milliseconds block_span = std::chrono::hours(2);
  std::size_t series_limit = 200'000;
};

struct DatabaseStats {
  std::size_t series = 0;
  std::uint64_t head_bytes = 0;
  std::size_t blocks = 0;
  std::uint64_t block_bytes = 0;
  std::size_t damaged_blocks = 0;  ///< set aside as *.damaged
  WalReport wal;
  std::uint64_t lost_samples = 0;  ///< in the log, but of a series whose definition was lost
};

class Database : public Source {
 public:
  /// Reads blocks and log. Damaged blocks are set aside; damaged tails of the log are cut and counted.
  static Result<std::unique_ptr<Database>> open(DatabaseOptions options);

  /// Acknowledged when the log has it. Throws std::system_error when the disk refuses; nothing is added then.
  Appended append(std::span<Point const> points);
  /// Makes all acknowledged samples survive a power cut.
  void sync();
  /// Writes what is old enough into a block, merges the blocks of past days, drops what is past retention.
  void maintain(Instant now);

  void select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
              Visit const& visit) const override;
  /// Label sets of the series with samples in the stretch, sorted.
  [[nodiscard]] std::vector<Labels> series(std::span<Matcher const> matchers, std::int64_t from,
                                           std::int64_t to) const;
  [[nodiscard]] DatabaseStats stats() const;

  explicit Database(DatabaseOptions options) : options_(std::move(options)) {}

 private:
  using Blocks = std::vector<std::shared_ptr<Block const>>;
  struct Parts {
    std::vector<std::pair<Block const*, BlockEntry>> blocks;
    std::vector<SharedChunk> chunks;
  };
  using Found = std::map<Labels, Parts>;

  void open_blocks();
  void replay(std::string_view record);
  void flush(std::int64_t boundary);
  void write_head_block(std::int64_t boundary);
  void renew_head(std::int64_t boundary);
  void merge_days(std::int64_t boundary);
  void merge(Blocks const& blocks);
  void expire(std::int64_t oldest);
  void adopt(std::filesystem::path const& path, Blocks const& replaced);
  [[nodiscard]] Found find(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                           Blocks& used) const;

  DatabaseOptions const options_;
  mutable std::shared_mutex guard_;  ///< over everything below
  std::mutex maintenance_;           ///< one maintain() at a time
  std::unique_ptr<Head> head_ = std::make_unique<Head>();
  std::unique_ptr<Wal> wal_;
  std::vector<SeriesId> undefined_;                       ///< series whose definition no log record holds yet
  std::unordered_map<std::uint64_t, SeriesId> replayed_;  ///< log's reference to series, while opening
  Blocks blocks_;                                         ///< in order of time
  std::int64_t floor_ = INT64_MIN;                        ///< older samples belong to blocks
  std::size_t damaged_blocks_ = 0;
  std::uint64_t lost_samples_ = 0;
};

}  // namespace yunzhi::monitor
