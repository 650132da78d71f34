// One line of a log, whatever way it came: syslog or JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

/// The severities of RFC 5424, section 6.2.1, with its numbers: the smaller, the worse.
enum class LogLevel : std::uint8_t { emergency, alert, critical, error, warning, notice, info, debug };

inline constexpr std::size_t log_levels = 8;

struct LogLine {
  std::int64_t at = 0;  ///< ms since 1970, as the sender tells it
  LogLevel level = LogLevel::info;
  std::string host;
  std::string app;
  std::string message;
  Labels labels;  ///< what else is known; names are the sender's

  bool operator==(LogLine const&) const = default;
};

/// Bounds on one line, and on one push of them.
struct LogLimits {
  std::size_t lines = 100'000;
  std::size_t line_bytes = 64 << 10;  ///< as it comes
  std::size_t word_bytes = 255;       ///< of host and app
  std::size_t labels = 64;
  std::size_t name_bytes = 255;    ///< of a label
  std::size_t value_bytes = 4096;  ///< of a label
};

std::string_view name_of(LogLevel level);
/// By name in any case ("warn", "ERR", "fatal") or by number ("4").
std::optional<LogLevel> log_level(std::string_view text);

}  // namespace yunzhi::monitor
