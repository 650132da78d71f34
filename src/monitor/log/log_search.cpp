#include "monitor/log/log_search.hpp"

#include <algorithm>
#include <charconv>

namespace yunzhi::monitor {
namespace {

std::size_t weight_of(LogLine const& line) {
  std::size_t bytes = sizeof(LogLine) + line.message.size() + line.host.size() + line.app.size();
  for (auto const& [name, value] : line.labels) bytes += sizeof(Label) + name.size() + value.size();
  return bytes;
}

template <class Number>
bool take_number(std::string_view& text, Number& number) {
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool take_dash(std::string_view& text) {
  if (!text.starts_with('-')) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::string cursor_of(LogPosition const& position) {
  return std::to_string(position.at) + '-' + std::to_string(position.block) + '-' +
         std::to_string(position.line);
}

Result<LogPosition> read_cursor(std::string_view text) {
  LogPosition position;
  auto rest = text;
  bool const ok = take_number(rest, position.at) && take_dash(rest) && take_number(rest, position.block) &&
                  take_dash(rest) && take_number(rest, position.line) && rest.empty();
  if (!ok)
    return refuse(Why::invalid, "cursor", "'{}' is no cursor of an earlier answer", text.substr(0, 64));
  return position;
}

LogCollector::LogCollector(LogQuestion const& question, LogSearchLimits const& limits)
    : question_(question),
      limit_(std::clamp<std::size_t>(question.limit, 1, limits.lines)),
      bytes_limit_(limits.answer_bytes) {}

bool LogCollector::fits(std::int64_t at, LogLevel level, std::string_view host, std::string_view app,
                        std::string_view message) const {
  auto const& asked = question_;
  return at >= asked.from && at <= asked.to &&
         (asked.levels == 0 || (asked.levels >> static_cast<unsigned>(level) & 1) != 0) &&
         (asked.host.empty() || host == asked.host) && (asked.app.empty() || app == asked.app) &&
         (asked.text.empty() || message.find(asked.text) != message.npos);
}

bool LogCollector::wants(LogPosition const& position) const {
  if (question_.before && position >= *question_.before) return false;
  return !floor_ || position > *floor_;
}

void LogCollector::offer(LogPosition const& position, LogLine const& line) {
  if (wants(position) && fits(line.at, line.level, line.host, line.app, line.message)) keep(position, line);
}

void LogCollector::offer(std::uint64_t block, LogRows const& rows) {
  std::uint32_t number = 0;
  for (auto const& row : rows.rows()) {
    LogPosition const position{row.at, block, number++};
    if (wants(position) && fits(row.at, row.level, rows.host(row), rows.app(row), row.message))
      keep(position, rows.line(row));
  }
}

void LogCollector::keep(LogPosition const& position, LogLine line) {
  bytes_ += weight_of(line);
  kept_.emplace(position, std::move(line));
  while (kept_.size() > limit_ || (bytes_ > bytes_limit_ && kept_.size() > 1)) {
    auto const oldest = kept_.begin();
    bytes_ -= weight_of(oldest->second);
    floor_ = oldest->first;
    kept_.erase(oldest);
  }
}

bool LogCollector::passed(LogPosition const& position) const {
  if (floor_ && position <= *floor_) return true;
  return kept_.size() >= limit_ && position < kept_.begin()->first;
}

void LogCollector::give_up_until(std::int64_t at) {
  frontier_ = LogPosition::end_of(at);
  while (!kept_.empty() && kept_.begin()->first <= *frontier_) kept_.erase(kept_.begin());
}

LogPage LogCollector::page() && {
  LogPage page;
  bool const dropped = floor_ && (!frontier_ || *floor_ > *frontier_);
  if (frontier_) page.cursor = frontier_;
  if ((dropped || more_) && !kept_.empty()) page.cursor = kept_.begin()->first;
  for (auto at = kept_.rbegin(); at != kept_.rend(); ++at) page.lines.push_back(std::move(at->second));
  return page;
}

}  // namespace yunzhi::monitor
