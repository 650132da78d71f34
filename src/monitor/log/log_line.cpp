#include "monitor/log/log_line.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace yunzhi::monitor {
namespace {

constexpr std::array<std::string_view, log_levels> names{"emergency", "alert",  "critical", "error",
                                                         "warning",   "notice", "info",     "debug"};

// What programs and libraries call the same levels.
constexpr std::pair<std::string_view, LogLevel> other_names[] = {
    {"emerg", LogLevel::emergency},    {"panic", LogLevel::emergency},  {"crit", LogLevel::critical},
    {"fatal", LogLevel::critical},     {"err", LogLevel::error},        {"warn", LogLevel::warning},
    {"informational", LogLevel::info}, {"information", LogLevel::info}, {"trace", LogLevel::debug}};

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
  });
}

}  // namespace

std::string_view name_of(LogLevel level) {
  return names[static_cast<std::size_t>(level) % log_levels];
}

std::optional<LogLevel> log_level(std::string_view text) {
  if (text.size() == 1 && text.front() >= '0' && text.front() <= '7')
    return static_cast<LogLevel>(text.front() - '0');
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (same_word(text, names[i])) return static_cast<LogLevel>(i);
  }
  for (auto const& [name, level] : other_names) {
    if (same_word(text, name)) return level;
  }
  return std::nullopt;
}

}  // namespace yunzhi::monitor
