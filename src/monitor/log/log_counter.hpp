// Counts log lines into counters, so that rules can tell of them: all by host, app and level, and those that
// match a configured pattern. Safe for use by several threads.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "monitor/log/log_line.hpp"
#include "monitor/series/database.hpp"

namespace yunzhi::monitor {

/// Lines whose message the expression (RE2) is found in are counted as
/// log_pattern_lines_total{pattern="NAME", and the labels by which they are told apart}.
struct LogPattern {
  std::string name;
  std::string expression;
  std::vector<std::string> labels = {"host"};  ///< host, app, level, or a label of lines
};

class LogCounter {
 public:
  static constexpr std::size_t most_patterns = 200;
  /// Further sets of labels are counted together under the word `other`.
  static constexpr std::size_t most_series = 10'000;

  /// Refused when a name is no label's value, an expression is none of RE2, or there are too many.
  static Result<std::unique_ptr<LogCounter>> make(std::vector<LogPattern> const& patterns);
  ~LogCounter();
  LogCounter(LogCounter const&) = delete;
  LogCounter& operator=(LogCounter const&) = delete;

  void count(std::span<LogLine const> lines);
  /// Adds to a counter of any name, for what became of lines besides.
  void add(Labels const& series, std::uint64_t more);
  /// The counters at that time (ms since 1970). One that is new stands at 0 an interval before, so that its
  /// first lines are an increase.
  std::vector<Point> points(std::int64_t at, std::int64_t interval);

 private:
  struct Pattern;
  struct Counter {
    std::uint64_t value = 0;
    bool told = false;
  };
  LogCounter();
  Counter& counter_of(LogLine const& line);
  Counter& counter_of(Labels const& labels, Labels const& other);

  std::vector<std::unique_ptr<Pattern>> patterns_;
  std::mutex guard_;
  std::map<Labels, Counter> counters_;
  std::unordered_map<std::string, Counter*> known_;  ///< by level, host and app, so that labels are made once
  std::string key_;
};

}  // namespace yunzhi::monitor
