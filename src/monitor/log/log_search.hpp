// What is asked of a store of log lines, and the page that answers: newest lines first.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "monitor/log/log_block.hpp"

namespace yunzhi::monitor {

/// Where a line stands in the order of all lines: by time, then as they came.
struct LogPosition {
  std::int64_t at = 0;
  std::uint64_t block = 0;
  std::uint32_t line = 0;
  auto operator<=>(LogPosition const&) const = default;

  /// Behind every line of that time.
  static LogPosition end_of(std::int64_t at) {
    return {at, std::numeric_limits<std::uint64_t>::max(), std::numeric_limits<std::uint32_t>::max()};
  }
};

/// "1700000000000-12-3", as a reader gives it back to go on.
std::string cursor_of(LogPosition const& position);
Result<LogPosition> read_cursor(std::string_view text);

struct LogQuestion {
  std::int64_t from = 0;  ///< ms since 1970; both ends belong to the stretch
  std::int64_t to = std::numeric_limits<std::int64_t>::max();
  std::string host;  ///< empty: any
  std::string app;
  std::uint8_t levels = 0;  ///< a bit per level; 0: any
  std::string text;         ///< contained in the message, byte by byte
  std::optional<LogPosition> before;
  std::size_t limit = 100;
};

/// What one search may cost.
struct LogSearchLimits {
  std::size_t lines = 1'000;
  std::size_t answer_bytes = std::size_t{8} << 20;
  std::uint64_t read_bytes = std::uint64_t{256} << 20;  ///< unpacked
  std::chrono::milliseconds time{10'000};
};

struct LogPage {
  std::vector<LogLine> lines;         ///< newest first
  std::optional<LogPosition> cursor;  ///< there may be more, older than this
  std::size_t damaged_blocks = 0;     ///< met and passed over
};

/// Keeps the newest lines that are offered, within the bounds of a page.
class LogCollector {
 public:
  LogCollector(LogQuestion const& question, LogSearchLimits const& limits);

  /// Offers a line; it is made only when there is a place for it.
  void offer(LogPosition const& position, LogLine const& line);
  void offer(std::uint64_t block, LogRows const& rows);
  /// No line before this position can find a place any more.
  [[nodiscard]] bool passed(LogPosition const& position) const;
  /// A line found no place, or those of blocks left out would not have.
  void mark_more() { more_ = true; }
  /// Lets go of what is not newer than the time: blocks that reach it were not read.
  void give_up_until(std::int64_t at);
  [[nodiscard]] LogPage page() &&;

 private:
  [[nodiscard]] bool fits(std::int64_t at, LogLevel level, std::string_view host, std::string_view app,
                          std::string_view message) const;
  [[nodiscard]] bool wants(LogPosition const& position) const;
  void keep(LogPosition const& position, LogLine line);

  LogQuestion const& question_;
  std::size_t const limit_;
  std::size_t const bytes_limit_;
  std::map<LogPosition, LogLine> kept_;
  std::size_t bytes_ = 0;
  std::optional<LogPosition> floor_;     ///< the newest line that found no place
  std::optional<LogPosition> frontier_;  ///< nothing older was looked at
  bool more_ = false;
};

}  // namespace yunzhi::monitor
