// Reads the blocks of version 1, so that a folder of an earlier release can be converted when it is opened.
// Layout: frames of compressed chunks, then the index of the series, then a footer of fixed size.
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
struct OldBlockEntry {
  Labels labels;
  std::uint64_t frame = 0;   ///< offset of the frame in the file
  std::uint64_t offset = 0;  ///< within the frame, unpacked
  std::uint64_t length = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

using OldBlockIndex = std::vector<OldBlockEntry>;

class OldBlock {
 public:
  /// Checks footer and index. Refused when the file is damaged or of another version.
  static Result<std::shared_ptr<OldBlock const>> open(std::filesystem::path const& path);

  [[nodiscard]] std::filesystem::path const& path() const { return file_.path(); }

  /// Reads the index from the file; it is not kept, so that old blocks cost no memory.
  [[nodiscard]] Result<OldBlockIndex> index() const;

  /// Unpacks frames; keeps the last one, since neighbours share it.
  class Reader {
   public:
    /// The chunks of one series; refused when the frame is damaged.
    Result<std::vector<SharedChunk>> chunks(OldBlock const& block, OldBlockEntry const& entry);

   private:
    OldBlock const* block_ = nullptr;
    std::uint64_t frame_ = 0;
    std::string bytes_;
  };

  explicit OldBlock(std::filesystem::path const& path) : file_(path, File::Open::read) {}

 private:
  Result<> read_footer();
  [[nodiscard]] Result<std::string> frame(std::uint64_t offset) const;

  File file_;
  std::uint64_t index_offset_ = 0;
  std::int64_t first_ = 0;
  std::int64_t last_ = 0;
};

/// Writes a block of version 1 anew in its place. False when the file is none; refused when it is damaged.
Result<bool> convert_old_block(std::filesystem::path const& path);

}  // namespace yunzhi::monitor
