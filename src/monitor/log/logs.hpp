// Log lines as the engine keeps them: stored to be searched, and counted into series.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "monitor/log/log_counter.hpp"
#include "monitor/log/log_store.hpp"
#include "monitor/log/syslog_listen.hpp"

namespace yunzhi::monitor {

struct LogOptions {
  Milliseconds retention = std::chrono::hours(24 * 30);  ///< since a line came
  std::uint64_t retention_bytes = 0;                     ///< of their files; 0: no bound
  std::vector<LogPattern> patterns;
  std::vector<SyslogListen> syslog;
  std::chrono::minutes zone{0};                  ///< of syslog times that tell none, east of UTC
  std::size_t syslog_connections = 1'000;        ///< at once, of all listeners
  std::size_t syslog_lines_per_second = 50'000;  ///< of all listeners
};

/// Safe for use by several threads.
class Logs {
 public:
  /// Refused when a pattern has a mistake. Throws when the disk fails.
  static Result<std::unique_ptr<Logs>> open(LogOptions const& options, std::filesystem::path folder,
                                            Clock clock);

  /// Keeps and counts. Throws std::system_error when the disk refuses.
  void take(std::span<LogLine const> lines);
  /// Counts what became of lines that are not among those taken, or not whole.
  void note(Labels const& series, std::uint64_t lines) { counter_->add(series, lines); }

  [[nodiscard]] Result<LogPage> search(LogQuestion const& question) const { return store_.search(question); }
  [[nodiscard]] LogStoreStats stats() const { return store_.stats(); }
  /// The counters now; see LogCounter.
  std::vector<Point> points(Milliseconds interval);
  void sync() { store_.sync(); }
  void maintain() { store_.maintain(clock_()); }

  Logs(LogStoreOptions store, std::unique_ptr<LogCounter> counter, Clock clock)
      : store_(std::move(store)), counter_(std::move(counter)), clock_(std::move(clock)) {}

 private:
  LogStore store_;
  std::unique_ptr<LogCounter> counter_;
  Clock clock_;
};

}  // namespace yunzhi::monitor
