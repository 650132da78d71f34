#include "monitor/log/log_counter.hpp"

#include <set>

#include <re2/re2.h>

namespace yunzhi::monitor {
namespace {

constexpr std::string_view all_lines = "log_lines_total";
constexpr std::string_view pattern_lines = "log_pattern_lines_total";
constexpr std::string_view other_word = "other";
constexpr std::size_t expression_bytes = 4'096;
constexpr std::int64_t expression_memory = 1 << 20;

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

std::string_view value_of(LogLine const& line, std::string_view label) {
  if (label == "host") return line.host;
  if (label == "app") return line.app;
  if (label == "level") return name_of(line.level);
  return line.labels.get(label);
}

}  // namespace

struct LogCounter::Pattern {
  explicit Pattern(LogPattern const& given)
      : name(given.name), labels(given.labels), expression(given.expression, options()) {}

  static re2::RE2::Options options() {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(expression_memory);
    return options;
  }

  std::string name;
  std::vector<std::string> labels;
  re2::RE2 expression;
};

LogCounter::LogCounter() = default;
LogCounter::~LogCounter() = default;

Result<std::unique_ptr<LogCounter>> LogCounter::make(std::vector<LogPattern> const& patterns) {
  if (patterns.size() > most_patterns)
    return refuse(Why::invalid, "log_patterns", "there are at most {} patterns of log lines", most_patterns);
  std::unique_ptr<LogCounter> counter(new LogCounter());
  std::set<std::string> names;
  for (auto const& given : patterns) {
    if (!is_label_name(given.name) || !names.insert(given.name).second)
      return refuse(Why::invalid, "log_patterns", "'{}' must be a name of letters, figures and _, given once",
                    given.name);
    for (auto const& label : given.labels) {
      if (!is_label_name(label) || label == "pattern" || label == name_label)
        return refuse(Why::invalid, given.name, "'{}' is no label to count log lines by", label);
    }
    if (given.expression.empty() || given.expression.size() > expression_bytes)
      return refuse(Why::invalid, given.name, "a pattern has 1 to {} bytes", expression_bytes);
    auto pattern = std::make_unique<Pattern>(given);
    if (!pattern->expression.ok())
      return refuse(Why::invalid, given.name, "the pattern is no regular expression: {}",
                    pattern->expression.error());
    counter->patterns_.push_back(std::move(pattern));
  }
  return counter;
}

void LogCounter::count(std::span<LogLine const> lines) {
  std::lock_guard const lock(guard_);
  for (auto const& line : lines) {
    ++counter_of(line).value;
    for (auto const& pattern : patterns_) {
      if (!re2::RE2::PartialMatch(piece(line.message), pattern->expression)) continue;
      Labels labels{{std::string(name_label), std::string(pattern_lines)}, {"pattern", pattern->name}};
      auto rest = labels;
      for (auto const& name : pattern->labels) {
        labels.set(name, value_of(line, name));
        rest.set(name, other_word);
      }
      ++counter_of(labels, rest).value;
    }
  }
}

LogCounter::Counter& LogCounter::counter_of(LogLine const& line) {
  key_ = static_cast<char>(line.level);
  key_ += line.host;
  key_ += '\0';
  key_ += line.app;
  auto const known = known_.find(key_);
  if (known != known_.end()) return *known->second;
  auto const labels = [](std::string_view host, std::string_view app, std::string_view level) {
    return Labels{{std::string(name_label), std::string(all_lines)},
                  {"host", std::string(host)},
                  {"app", std::string(app)},
                  {"level", std::string(level)}};
  };
  auto& counter = counter_of(labels(line.host, line.app, name_of(line.level)),
                             labels(other_word, other_word, other_word));
  if (known_.size() < most_series) known_.emplace(key_, &counter);
  return counter;
}

LogCounter::Counter& LogCounter::counter_of(Labels const& labels, Labels const& other) {
  auto const found = counters_.find(labels);
  if (found != counters_.end()) return found->second;
  return counters_[counters_.size() < most_series ? labels : other];
}

void LogCounter::add(Labels const& series, std::uint64_t more) {
  if (more == 0) return;
  std::lock_guard const lock(guard_);
  counters_[series].value += more;
}

std::vector<Point> LogCounter::points(std::int64_t at, std::int64_t interval) {
  std::lock_guard const lock(guard_);
  std::vector<Point> points;
  points.reserve(counters_.size());
  for (auto& [labels, counter] : counters_) {
    if (!counter.told) points.push_back({labels, {at - interval, 0}});
    counter.told = true;
    points.push_back({labels, {at, static_cast<double>(counter.value)}});
  }
  return points;
}

}  // namespace yunzhi::monitor
