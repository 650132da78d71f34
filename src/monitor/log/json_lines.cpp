#include "monitor/log/json_lines.hpp"

#include <algorithm>
#include <cmath>

#include "base/instant.hpp"
#include "base/json.hpp"

namespace yunzhi::monitor {
namespace {

constexpr double farthest_seconds = 253'402'300'800;  // the year 10000

Result<std::int64_t> time_of(json::value const& value) {
  if (value.is_number()) {
    auto const seconds = value.to_number<double>();
    if (seconds >= 0 && seconds < farthest_seconds) return std::llround(seconds * 1000);
  } else if (value.is_string()) {
    auto const parsed = parse_instant(std::string_view(value.get_string()));
    if (parsed) return to_ms(*parsed);
  }
  return refuse(Why::invalid, "time", "a time is in seconds since 1970 or as RFC 3339, not {}",
                json::serialize(value).substr(0, 64));
}

Result<std::string> word_of(std::string_view name, json::value const& value, std::size_t bytes) {
  if (value.is_string() && value.get_string().size() <= bytes) return std::string(value.get_string());
  return refuse(Why::invalid, name, "must be a text of at most {} bytes", bytes);
}

Result<LogLevel> level_of(json::value const& value) {
  auto const text = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
  if (auto const level = log_level(text)) return *level;
  return refuse(Why::invalid, "level",
                "'{}' is no level; emergency, alert, critical, error, warning, notice, "
                "info or debug would be right",
                text.substr(0, 64));
}

Result<> take_label(std::string_view name, json::value const& value, LogLimits const& limits,
                    std::vector<Label>& labels) {
  if (value.is_null()) return {};
  auto text = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
  if (name.empty() || name.size() > limits.name_bytes)
    return refuse(Why::invalid, "labels", "the name of a label has 1 to {} bytes", limits.name_bytes);
  if (text.size() > limits.value_bytes)
    return refuse(Why::invalid, name, "must be a text of at most {} bytes", limits.value_bytes);
  if (labels.size() >= limits.labels)
    return refuse(Why::invalid, "labels", "a log line has at most {} labels", limits.labels);
  labels.emplace_back(name, std::move(text));
  return {};
}

template <class T>
Result<> put(Result<T> read, T& into) {
  if (!read) return read.error();
  into = std::move(*read);
  return {};
}

Result<LogLine> line_of(json::object const& object, std::int64_t now, LogLimits const& limits) {
  LogLine line;
  line.at = now;
  std::vector<Label> labels;
  for (auto const& [key, value] : object) {
    std::string_view const name = key;
    auto const taken = name == "time"      ? put(time_of(value), line.at)
                       : name == "level"   ? put(level_of(value), line.level)
                       : name == "host"    ? put(word_of(name, value, limits.word_bytes), line.host)
                       : name == "app"     ? put(word_of(name, value, limits.word_bytes), line.app)
                       : name == "message" ? put(word_of(name, value, limits.line_bytes), line.message)
                                           : take_label(name, value, limits, labels);
    if (!taken) return taken.error();
  }
  if (!object.contains("message")) return refuse(Why::invalid, "message", "is missing");
  line.labels = Labels(std::move(labels));
  return line;
}

}  // namespace

Result<std::vector<LogLine>> read_json_lines(std::string_view text, std::int64_t now,
                                             LogLimits const& limits) {
  std::vector<LogLine> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    auto row = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(row.size() + 1, text.size()));
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (row.empty()) continue;
    auto const place = "line " + std::to_string(number);
    if (lines.size() >= limits.lines)
      return refuse(Why::too_large, place, "a push has at most {} log lines", limits.lines);
    if (row.size() > limits.line_bytes)
      return refuse(Why::too_large, place, "a log line has at most {} bytes", limits.line_bytes);
    auto const value = parse_json(row);
    if (!value) return in_file(place, value.error());
    if (!value->is_object()) return refuse(Why::invalid, place, "a log line is a JSON object");
    auto line = line_of(value->get_object(), now, limits);
    if (!line) return in_file(place, line.error());
    lines.push_back(std::move(*line));
  }
  return lines;
}

}  // namespace yunzhi::monitor
