// A block of log lines: a head that tells what it may hold, and the lines in columns, packed with zstd. See
// docs/formats/monitor-logs.md.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "monitor/log/log_line.hpp"

namespace yunzhi::monitor {

/// A set of words that is sometimes wrong about what it does not hold, never about what it holds.
class WordFilter {
 public:
  static constexpr std::size_t bytes = 64;
  void add(std::string_view word);
  [[nodiscard]] bool may_hold(std::string_view word) const;
  [[nodiscard]] std::string_view text() const { return {bits_.data(), bits_.size()}; }
  void load(std::string_view text);

 private:
  std::array<char, bytes> bits_{};
};

/// What is known of a block without reading it.
struct LogBlockHead {
  std::uint64_t number = 0;  ///< counts the blocks of a store
  std::uint32_t lines = 0;
  std::int64_t first = 0;  ///< the least and the greatest time, ms since 1970
  std::int64_t last = 0;
  std::uint8_t levels = 0;  ///< a bit per level
  WordFilter hosts;
  WordFilter apps;
  std::uint32_t packed_bytes = 0;
  std::uint32_t raw_bytes = 0;
  std::uint32_t crc = 0;  ///< CRC-32C of the packed bytes
};

/// What one line adds to the head.
void add_to_head(LogBlockHead& head, LogLine const& line);

/// Lines that follow each other in columns; what is the same in many is told once.
std::string log_columns(std::span<LogLine const> lines);

/// One line of a block; views into its bytes.
struct LogRow {
  std::int64_t at = 0;
  LogLevel level = LogLevel::info;
  std::uint32_t host = 0;  ///< numbers in the lists of the block
  std::uint32_t app = 0;
  std::uint32_t labels = 0;
  std::string_view message;
};

/// A block unpacked. Owns its bytes; rows stand in the order the lines came.
class LogRows {
 public:
  /// Refused when the bytes are no such columns.
  static Result<LogRows> read(std::string columns);
  LogRows(LogRows&&) = default;
  LogRows& operator=(LogRows&&) = default;

  [[nodiscard]] std::vector<LogRow> const& rows() const { return rows_; }
  [[nodiscard]] std::string_view host(LogRow const& row) const { return words_[row.host]; }
  [[nodiscard]] std::string_view app(LogRow const& row) const { return words_[row.app]; }
  [[nodiscard]] LogLine line(LogRow const& row) const;

 private:
  LogRows() = default;
  Result<> parse();

  std::unique_ptr<std::string> bytes_;
  std::vector<std::string_view> words_;   ///< hosts and apps
  std::vector<std::string_view> labels_;  ///< sets of labels, as put_log_labels() wrote them
  std::vector<LogRow> rows_;
};

/// A whole block as it stands in a file.
std::string log_block(LogBlockHead head, std::span<LogLine const> lines);

/// The head at the beginning of the bytes and how long it is; refused when it does not check.
struct ReadHead {
  LogBlockHead head;
  std::uint64_t bytes = 0;
};
Result<ReadHead> read_log_head(std::string_view bytes);
/// The longest head.
inline constexpr std::uint64_t log_head_bytes = 256;

/// The lines of the packed bytes that follow a head; refused when they do not check.
Result<LogRows> read_log_rows(LogBlockHead const& head, std::string_view packed);

/// A line by itself, as the tail of a store holds it.
void put_log_line(std::string& out, LogLine const& line);
/// The lines that were put one after another; refused when the bytes are anything else.
Result<std::vector<LogLine>> read_log_lines(std::string_view bytes);

}  // namespace yunzhi::monitor
