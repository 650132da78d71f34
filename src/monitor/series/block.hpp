// An immutable file of the samples of one stretch of time. Layout in docs/formats/monitor-series.md: frames
// of compressed chunks, then the index of the series, then a footer of fixed size. Written beside and
// renamed, so a block is there whole or not at all.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "monitor/series/chunk.hpp"
#include "monitor/series/file.hpp"
#include "monitor/series/head.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

/// Where the chunks of one series lie.
struct BlockEntry {
  Labels labels;
  std::uint64_t frame = 0;   ///< offset of the frame in the file
  std::uint64_t offset = 0;  ///< within the frame, unpacked
  std::uint64_t length = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

using BlockIndex = std::vector<BlockEntry>;

class BlockWriter {
 public:
  explicit BlockWriter(std::filesystem::path path);
  /// Series come in order of labels, their chunks in order of time.
  void add(Labels const& labels, std::vector<SharedChunk> const& chunks);
  /// Writes index and footer, syncs and renames into place.
  void finish();

 private:
  void write_frame();
  [[nodiscard]] std::string packed_index() const;

  std::filesystem::path path_;
  std::filesystem::path beside_;
  std::unique_ptr<File> file_;
  std::uint64_t size_ = 0;
  std::string frame_;
  BlockIndex index_;
};

class Block {
 public:
  /// Checks footer and index. Refused when the file is damaged or of another version.
  static Result<std::shared_ptr<Block const>> open(std::filesystem::path const& path);

  [[nodiscard]] std::int64_t first() const { return first_; }
  [[nodiscard]] std::int64_t last() const { return last_; }
  [[nodiscard]] std::uint64_t size() const { return file_.size(); }
  [[nodiscard]] std::filesystem::path const& path() const { return file_.path(); }

  /// Reads the index from the file; it is not kept, so that old blocks cost no memory.
  [[nodiscard]] Result<BlockIndex> index() const;

  /// Unpacks frames; keeps the last one, since neighbours share it.
  class Reader {
   public:
    /// The chunks of one series; refused when the frame is damaged.
    Result<std::vector<SharedChunk>> chunks(Block const& block, BlockEntry const& entry);

   private:
    Block const* block_ = nullptr;
    std::uint64_t frame_ = 0;
    std::string bytes_;
  };

  explicit Block(std::filesystem::path const& path) : file_(path, File::Open::read) {}

 private:
  Result<> read_footer();
  [[nodiscard]] Result<std::string> frame(std::uint64_t offset) const;

  File file_;
  std::uint64_t index_offset_ = 0;
  std::int64_t first_ = 0;
  std::int64_t last_ = 0;
};

}  // namespace yunzhi::monitor
