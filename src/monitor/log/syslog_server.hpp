// Takes syslog from the network: one thread for all listeners and connections, which read only as fast as
// lines are kept.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "monitor/log/logs.hpp"

namespace yunzhi::monitor {

class SyslogServer {
 public:
  /// Binds the listeners of the options. Refused when an address or a file for TLS cannot be used. The logs
  /// must outlive the server; besides the lines they are told of, as counters: log_lines_malformed_total
  /// (kept, but of no known form or cut), log_lines_dropped_total{reason="rate"|"disk"} (datagrams over the
  /// rate; lines the disk did not take), log_connections_refused_total.
  static Result<std::unique_ptr<SyslogServer>> open(LogOptions const& options, Logs& logs, Clock clock);
  ~SyslogServer();
  SyslogServer(SyslogServer const&) = delete;
  SyslogServer& operator=(SyslogServer const&) = delete;

  void start();
  void stop();
  /// Of the listeners, in the order of the options.
  [[nodiscard]] std::vector<std::uint16_t> ports() const;

 private:
  struct Inside;
  explicit SyslogServer(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace yunzhi::monitor
