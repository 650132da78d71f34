// An immutable file of the samples of one stretch of time. Layout in docs/formats/monitor-series.md: frames
// of packed columns, then the index, then a footer of fixed size. Written beside and renamed, so it is there
// whole or not at all.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "monitor/series/block_cache.hpp"
#include "monitor/series/block_index.hpp"
#include "monitor/series/column.hpp"
#include "monitor/series/file.hpp"

namespace yunzhi::monitor {

class BlockWriter {
 public:
  /// `level` is zstd's; `replaces` names the files this block is merged from.
  explicit BlockWriter(std::filesystem::path path, int level = 3, std::vector<std::string> replaces = {});
  /// Series come in order of labels, their samples in order of time.
  void add(Labels const& labels, Samples const& samples);
  [[nodiscard]] bool empty() const { return index_.series.empty(); }
  /// Writes index and footer, syncs and renames into place.
  void finish();

 private:
  std::uint32_t times_of(Times const& times);
  void write_times();
  void write_values();
  void sort_texts();

  std::filesystem::path path_;
  std::filesystem::path beside_;
  int level_;
  std::unique_ptr<File> file_;
  std::uint64_t size_ = 0;
  std::string times_frame_;  ///< columns not yet in the file
  std::string values_frame_;
  std::size_t times_written_ = 0;  ///< entries whose frame is in the file
  std::size_t series_written_ = 0;
  std::int64_t first_ = INT64_MAX;
  std::int64_t last_ = INT64_MIN;
  std::unordered_map<std::string, std::uint32_t> known_times_;  ///< packed column to its number
  std::unordered_map<std::string, std::uint32_t> known_texts_;
  BlockIndex index_;
};

class Block {
 public:
  /// Checks footer and index. Refused when the file is damaged or of another version. What is read goes
  /// through the cache, which other blocks share.
  static Result<std::shared_ptr<Block const>> open(
      std::filesystem::path const& path, std::shared_ptr<BlockCache> cache = std::make_shared<BlockCache>());

  [[nodiscard]] std::int64_t first() const { return first_; }
  [[nodiscard]] std::int64_t last() const { return last_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::filesystem::path const& path() const { return file_.path(); }

  /// Read from the file when nobody holds it any more and the cache does not, so that old blocks cost no
  /// memory.
  [[nodiscard]] Result<std::shared_ptr<BlockIndex const>> index() const;

  /// Unpacks what is asked for of columns; keeps the frames and the times used last, since neighbours share
  /// them.
  class Reader {
   public:
    explicit Reader(Block const& block) : block_(block) {}
    /// Appends the samples of from <= at <= to; refused when a frame is damaged.
    Result<> read(BlockIndex const& index, SeriesEntry const& entry, std::int64_t from, std::int64_t to,
                  Samples& samples);

   private:
    struct Frame {
      std::uint64_t offset = 0;
      std::shared_ptr<std::string const> bytes;
    };
    Result<std::string_view> column(Frame& frame, ColumnPlace const& place);

    Block const& block_;
    Frame times_frame_;
    Frame values_frame_;
    std::unordered_map<std::uint32_t, Times> times_;
    std::vector<double> values_;
  };

  Block(std::filesystem::path const& path, std::shared_ptr<BlockCache> cache)
      : file_(path, File::Open::read), cache_(std::move(cache)), number_(cache_->blocks++) {}

 private:
  Result<> read_footer();
  Result<std::shared_ptr<std::string const>> frame(std::uint64_t offset) const;

  File file_;
  std::shared_ptr<BlockCache> cache_;
  std::uint64_t number_;  ///< within the cache
  std::uint64_t size_ = 0;
  std::uint64_t index_offset_ = 0;
  std::int64_t first_ = 0;
  std::int64_t last_ = 0;
  mutable std::mutex guard_;
  mutable std::weak_ptr<BlockIndex const> index_;
};

}  // namespace yunzhi::monitor
