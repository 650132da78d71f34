// The write-ahead log: records appended in segments, each with length and CRC-32C. An append has reached the
// operating system when it returns (a killed process loses nothing); sync() makes it survive a power cut.
// A segment whose tail is damaged is cut at the last whole record, and the loss is counted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "monitor/series/file.hpp"

namespace yunzhi::monitor {

/// What reading the log found.
struct WalReport {
  std::uint64_t records = 0;
  std::uint64_t damaged_segments = 0;
  std::uint64_t lost_bytes = 0;
};

class Wal {
 public:
  static constexpr std::uint64_t segment_bytes = std::uint64_t{32} << 20;
  static constexpr std::uint32_t record_bytes = 16U << 20;

  /// Replays every whole record from the segment `first` on, in order, cuts damaged tails, and goes on in the
  /// last segment. Older segments are deleted: a snapshot has what they held.
  Wal(std::filesystem::path folder, std::uint64_t first, std::function<void(std::string_view)> const& replay);

  /// Throws std::system_error when the disk refuses; the log is then as before.
  void append(std::string_view record);
  void sync();
  /// The part of a sync that takes time, to be called while others append.
  std::function<void()> begin_sync();
  /// Begins a new segment and returns its number.
  std::uint64_t begin_segment();
  /// Deletes the segments before `number`.
  void drop_before(std::uint64_t number);

  [[nodiscard]] WalReport const& report() const { return report_; }
  /// Bytes in the segments that a start would read.
  [[nodiscard]] std::uint64_t bytes() const { return closed_bytes_ + size_; }

 private:
  [[nodiscard]] std::filesystem::path path_of(std::uint64_t number) const;
  [[nodiscard]] std::vector<std::uint64_t> numbers() const;
  void replay_segment(std::uint64_t number, std::function<void(std::string_view)> const& replay);
  void open_segment(std::uint64_t number);

  std::filesystem::path folder_;
  std::shared_ptr<File> file_;
  std::uint64_t number_ = 0;
  std::uint64_t size_ = 0;
  std::uint64_t closed_bytes_ = 0;  ///< of the segments before the open one
  bool unsynced_ = false;
  WalReport report_;
};

}  // namespace yunzhi::monitor
