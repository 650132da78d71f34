// The store of series: head and write-ahead log for the newest samples, immutable blocks for the older ones,
// rollups beside them for the long view. Safe for use by several threads: one appends at a time, any number
// select.
#pragma once

#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "monitor/series/block.hpp"
#include "monitor/series/head.hpp"
#include "monitor/series/incoming.hpp"
#include "monitor/series/series_cache.hpp"
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
  std::size_t out_of_order = 0;  ///< older than the window for late ones, or other value at its time
  std::size_t over_limit = 0;    ///< a new series when the limit is reached
  std::size_t invalid = 0;       ///< labels that cannot name a series
  std::string reason;            ///< why the first one was invalid, in English
};

/// Series that all matchers accept are kept for their own time.
struct RetentionClass {
  std::vector<Matcher> matchers;
  Milliseconds retention{0};
};

struct DatabaseOptions {
  std::filesystem::path folder;
  Milliseconds retention = std::chrono::hours(24 * 30);
  Milliseconds rollup_retention = std::chrono::hours(24 * 400);  ///< never shorter than `retention`
  Milliseconds rollup_after = std::chrono::hours(24 * 7);        ///< or half of `retention`, if that is less
  std::uint64_t retention_bytes = 0;                             ///< of all blocks; 0: no bound
  std::vector<RetentionClass> classes;  ///< the first that fits counts; shorter than `retention`
  Milliseconds block_span = std::chrono::hours(1);
  Milliseconds window = std::chrono::hours(1);  ///< a sample may come this late
  std::size_t series_limit = 200'000;
  bool sync_each_append = false;  ///< acknowledged when the disk has it, not only the operating system
};

struct DatabaseStats {
  std::size_t series = 0;
  std::uint64_t head_bytes = 0;
  std::size_t blocks = 0;
  std::uint64_t block_bytes = 0;
  std::size_t damaged_blocks = 0;  ///< set aside as *.damaged
  WalReport wal;
  std::uint64_t lost_samples = 0;  ///< in the log, but of a series whose definition was lost
  bool damaged_snapshot = false;   ///< the last start found it cut or changed
  std::int64_t first = 0;          ///< times of the earliest and the latest sample in memory; 0 without any
  std::int64_t last = 0;
};

class Database : public Source {
 public:
  /// Reads snapshot, blocks and log. Damaged blocks are set aside; damaged tails of the log are cut and
  /// counted.
  static Result<std::unique_ptr<Database>> open(DatabaseOptions options);

  /// Acknowledged when the log has it. Throws std::system_error when the disk refuses; nothing is added then.
  Appended append(std::span<Point const> points);
  /// The same for samples in bulk. `touched`, when given, receives the names of the metrics that got samples.
  Appended append(Incoming const& incoming, std::set<std::string, std::less<>>* touched = nullptr);
  /// Makes the keys that name series in append().
  [[nodiscard]] KeyMaker const& keys() const { return keys_; }
  /// Makes all acknowledged samples survive a power cut.
  void sync();
  /// Writes what is old enough into blocks, merges the blocks of past days, drops what is past retention, and
  /// writes a snapshot when the log has grown long.
  void maintain(Instant now);
  /// Writes a snapshot when the log is longer than `log_bytes`, so that the next start is quick.
  void shorten_log(std::uint64_t log_bytes = std::uint64_t{64} << 20);
  /// Deletes the samples of from <= at <= to of the series that all matchers accept; the files are written
  /// anew. Returns how many series were touched.
  std::size_t erase(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to);

  void select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
              Visit const& visit) const override;
  void select_newest(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                     Visit const& visit) const override;
  [[nodiscard]] Rollups rollups() const override;
  bool select_rollup(RollupQuestion const& question, Visit const& visit) const override;
  /// Label sets of the series with samples in the stretch, sorted.
  [[nodiscard]] std::vector<Labels> series(std::span<Matcher const> matchers, std::int64_t from,
                                           std::int64_t to) const;
  [[nodiscard]] DatabaseStats stats() const;

  explicit Database(DatabaseOptions options);

 private:
  using SharedBlock = std::shared_ptr<Block const>;
  using SharedIndex = std::shared_ptr<BlockIndex const>;
  using Blocks = std::vector<SharedBlock>;
  using Logged = std::vector<std::pair<SeriesId, Sample>>;
  struct Fresh {
    Logged in_order;
    Logged late;
  };
  struct Question;
  struct Found;
  class Opening;

  void open_blocks();
  SharedBlock open_block(std::filesystem::path const& path);
  std::optional<SeriesId> series_of(Labels const& labels);
  std::optional<SeriesId> series_of(Incoming const& incoming, std::size_t number, Appended& result);
  void sort_out(SeriesId id, std::span<Sample const> samples, bool any_age, Fresh& fresh,
                Appended& result) const;
  void commit(Fresh const& fresh, Appended& result);

  void flush(std::int64_t boundary);
  [[nodiscard]] std::vector<std::filesystem::path> write_head_blocks(std::int64_t boundary);
  [[nodiscard]] std::filesystem::path free_name(std::int64_t first, std::int64_t last) const;
  void checkpoint();
  void renumber_when_sparse();
  void merge_days(std::int64_t boundary);
  void merge(Blocks const& blocks);
  void expire(Instant now);
  void expire_classes(Instant now);
  std::size_t erase_from_head(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to);
  std::size_t erase_from_block(SharedBlock const& block, std::span<Matcher const> matchers, std::int64_t from,
                               std::int64_t to);
  void open_rollups();
  [[nodiscard]] std::filesystem::path rollup_path(std::int64_t day, std::int64_t length) const;
  [[nodiscard]] Milliseconds rollup_age() const;
  void roll_up_days(std::int64_t boundary, Instant now);
  [[nodiscard]] bool has_rollup(std::filesystem::path const& path, Block const& source) const;
  void roll_up_day(Blocks const& sources, std::int64_t day, std::int64_t length);
  void expire_rollups(Instant now);
  [[nodiscard]] std::map<std::int64_t, Blocks> rollups_now() const;
  void replace_rollup(std::int64_t length, std::filesystem::path const& path);
  void erase_from_rollups(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to);
  void adopt(std::vector<std::filesystem::path> const& paths, Blocks const& replaced);
  [[nodiscard]] Blocks all_blocks() const;
  [[nodiscard]] SharedIndex index_of(SharedBlock const& block) const;
  [[nodiscard]] std::vector<Found> find(Question const& question, Blocks& used,
                                        std::vector<SharedIndex>& indexes) const;
  [[nodiscard]] std::vector<Found> find_in_head(Question const& question) const;
  void walk(Question const& question, Visit const& visit) const;

  DatabaseOptions const options_;
  std::unique_ptr<File> lock_;       ///< keeps other programs out of the folder
  mutable std::shared_mutex guard_;  ///< over everything below
  std::mutex maintenance_;           ///< one maintain() at a time
  std::mutex syncing_;               ///< one sync at a time; those who wait share the next
  std::unique_ptr<Head> head_ = std::make_unique<Head>();
  std::unique_ptr<Wal> wal_;
  KeyMaker const keys_;
  SeriesCache cache_;                ///< from keys to series of head_
  std::vector<SeriesId> undefined_;  ///< series whose definition no log record holds yet
  std::shared_ptr<BlockCache> const block_cache_ = std::make_shared<BlockCache>();
  Blocks blocks_;                           ///< in order of time
  std::map<std::int64_t, Blocks> rollups_;  ///< by length, in order of time
  std::int64_t floor_ = INT64_MIN;          ///< older samples that come are late
  std::int64_t written_ = INT64_MIN;        ///< blocks have what was in order and older
  std::size_t damaged_blocks_ = 0;
  std::uint64_t lost_samples_ = 0;
  bool damaged_snapshot_ = false;
  std::set<std::pair<std::string, std::size_t>> classes_done_;  ///< block and class that need no more look
  mutable std::mutex indexes_guard_;
  mutable std::list<SharedIndex> recent_indexes_;  ///< kept a while, the newest first
};

}  // namespace yunzhi::monitor
