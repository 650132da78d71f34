#include "monitor/log/logs.hpp"

namespace yunzhi::monitor {

Result<std::unique_ptr<Logs>> Logs::open(LogOptions const& options, std::filesystem::path folder,
                                         Clock clock) {
  auto counter = LogCounter::make(options.patterns);
  if (!counter) return counter.error();
  LogStoreOptions store;
  store.folder = std::move(folder);
  store.retention = options.retention;
  store.retention_bytes = options.retention_bytes;
  return std::make_unique<Logs>(std::move(store), std::move(*counter), std::move(clock));
}

void Logs::take(std::span<LogLine const> lines) {
  store_.append(lines, clock_());
  counter_->count(lines);
}

std::vector<Point> Logs::points(Milliseconds interval) {
  return counter_->points(to_ms(clock_()), interval.count());
}

}  // namespace yunzhi::monitor
