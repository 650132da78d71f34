// The store of log lines: the newest in a tail that is written line by line, the others in packed blocks, in
// a file per hour of their arrival. Files are only ever appended to and deleted. Safe for use by several
// threads. Format: docs/formats/monitor-logs.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "monitor/log/log_block.hpp"
#include "monitor/log/log_search.hpp"
#include "monitor/series/file.hpp"

namespace yunzhi::monitor {

struct LogStoreOptions {
  std::filesystem::path folder;                          ///< made when it is not there
  Milliseconds retention = std::chrono::hours(24 * 30);  ///< since a line came
  std::uint64_t retention_bytes = 0;                     ///< of all files; 0: no bound
  std::size_t block_bytes = std::size_t{1} << 20;        ///< of lines, before they are packed
};

struct LogStoreStats {
  std::uint64_t lines = 0;
  std::uint64_t bytes = 0;  ///< on the disk, the tail with them
  std::size_t blocks = 0;
  std::uint64_t lost_bytes = 0;    ///< cut off at the start, since they did not check
  std::size_t damaged_files = 0;   ///< set aside as *.damaged at the start
  std::size_t damaged_blocks = 0;  ///< met by searches
};

class LogStore {
 public:
  /// Reads the heads of all blocks and the tail; what does not check at the end of a file is cut off and
  /// counted. Throws when the disk fails. Nobody else may have the folder open.
  explicit LogStore(LogStoreOptions options);

  /// The operating system has the lines when it returns, so that a killed process loses none. Throws
  /// std::system_error when the disk refuses; some of the lines may be kept then.
  void append(std::span<LogLine const> lines, Instant now);
  /// Makes all lines survive a power cut.
  void sync();
  /// Packs what has stood in the tail for a day and deletes what is past its time or over the bound.
  void maintain(Instant now);

  /// Refused (too_large) when the lines of one moment are more than a search may read.
  [[nodiscard]] Result<LogPage> search(LogQuestion const& question, LogSearchLimits const& limits = {}) const;
  [[nodiscard]] LogStoreStats stats() const;

 private:
  struct Block {
    LogBlockHead head;
    std::uint64_t offset = 0;  ///< of the packed bytes
  };
  struct HourFile {
    std::filesystem::path path;
    std::int64_t hour = 0;  ///< hours since 1970
    std::uint64_t bytes = 0;
    std::vector<Block> blocks;
  };
  struct Candidate;

  void open_files();
  void open_file(std::filesystem::path const& path, std::int64_t hour);
  void open_tail();
  void begin_tail();
  void take(std::vector<LogLine> lines);
  void flush(Instant now);
  HourFile& file_of(std::int64_t hour);
  void drop(std::vector<HourFile>::iterator file);
  [[nodiscard]] std::vector<Candidate> candidates(LogQuestion const& question, std::int64_t last) const;

  LogStoreOptions const options_;
  mutable std::mutex guard_;
  std::vector<HourFile> files_;  ///< in order of hours
  std::unique_ptr<File> tail_;
  std::vector<LogLine> tail_lines_;
  LogBlockHead tail_head_;      ///< of the block that the tail becomes
  std::size_t tail_bytes_ = 0;  ///< of its lines
  std::optional<Instant> tail_since_;
  bool tail_stale_ = false;  ///< its lines are in a block already, its file could not be begun anew
  bool unsynced_ = false;
  std::uint64_t lost_bytes_ = 0;
  std::size_t damaged_files_ = 0;
  mutable std::size_t damaged_blocks_ = 0;
};

}  // namespace yunzhi::monitor
