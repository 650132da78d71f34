// The three threads of the engine: rules, upkeep of the series, upkeep of the logs.
#include <algorithm>

#include "base/log.hpp"
#include "monitor/inside.hpp"

namespace yunzhi::monitor {
namespace {

constexpr Milliseconds sync_interval{1'000};
constexpr Milliseconds upkeep_interval{30'000};
constexpr Milliseconds longest_wait{1'000};

}  // namespace

bool Monitor::Inside::may_evaluate() {
  if (settled) return true;
  settled = !options.targets || scraper->every_target_tried() ||
            options.clock() > started_at + options.scrape_limits.timeout + Milliseconds{1'000};
  return settled;
}

void Monitor::Inside::evaluate() {
  try {
    engine->run(options.clock());
    evaluated_at = options.clock();
  } catch (std::exception const& problem) {
    log::error("monitor.rules_not_evaluated", {{"reason", problem.what()}});
  }
}

void Monitor::Inside::count_logs() {
  auto const points = logs->points(options.scrape_interval);
  if (!points.empty()) commit(points);
}

void Monitor::Inside::rules_loop() {
  while (true) {
    {
      std::unique_lock lock(guard);
      auto const next = engine->next_due();
      auto const now = options.clock();
      auto const wait = next <= now ? Milliseconds{0} : std::min(longest_wait, next - now);
      wake.wait_for(lock, wait, [this] { return stopping || woken; });
      if (stopping) return;
      woken = false;
    }
    tell_received();
    if (may_evaluate()) {
      evaluate();
    } else {
      std::unique_lock lock(guard);
      wake.wait_for(lock, longest_wait / 4, [this] { return stopping; });
    }
  }
}

void Monitor::Inside::upkeep_loop() {
  auto next_upkeep = std::chrono::steady_clock::now() + upkeep_interval;
  std::unique_lock lock(guard);
  while (!wake_upkeep.wait_for(lock, sync_interval, [this] { return stopping; })) {
    lock.unlock();
    try {
      database->sync();
      database->shorten_log();
      if (std::chrono::steady_clock::now() >= next_upkeep) {
        database->maintain(options.clock());
        next_upkeep = std::chrono::steady_clock::now() + upkeep_interval;
      }
    } catch (std::exception const& problem) {
      log::error("monitor.upkeep_failed", {{"reason", problem.what()}});
    }
    lock.lock();
  }
}

void Monitor::Inside::logs_loop() {
  auto const begun = std::chrono::steady_clock::now();
  auto next_count = begun + options.scrape_interval;
  auto next_upkeep = begun + upkeep_interval;
  std::unique_lock lock(guard);
  while (!wake_upkeep.wait_for(lock, std::min(sync_interval, options.scrape_interval),
                               [this] { return stopping; })) {
    lock.unlock();
    try {
      logs->sync();
      auto const now = std::chrono::steady_clock::now();
      if (now >= next_count) {
        next_count = std::max(next_count + options.scrape_interval, now);
        count_logs();
      }
      if (now >= next_upkeep) {
        next_upkeep = now + upkeep_interval;
        logs->maintain();
      }
    } catch (std::exception const& problem) {
      log::error("monitor.logs_upkeep_failed", {{"reason", problem.what()}});
    }
    lock.lock();
  }
}

void Monitor::start() {
  if (inside_->rules.joinable()) return;
  inside_->stopping = false;
  inside_->started_at = inside_->options.clock();
  inside_->evaluated_at = inside_->stored_at = inside_->started_at;
  inside_->scraper->start();
  inside_->rules = std::thread([inside = inside_.get()] { inside->rules_loop(); });
  inside_->upkeep = std::thread([inside = inside_.get()] { inside->upkeep_loop(); });
  inside_->logs_keeper = std::thread([inside = inside_.get()] { inside->logs_loop(); });
  inside_->syslog->start();
}

void Monitor::stop() {
  {
    std::lock_guard const lock(inside_->guard);
    inside_->stopping = true;
  }
  inside_->wake.notify_all();
  inside_->wake_upkeep.notify_all();
  inside_->scraper->stop();
  inside_->syslog->stop();
  if (inside_->rules.joinable()) inside_->rules.join();
  if (inside_->upkeep.joinable()) inside_->upkeep.join();
  bool const counted = inside_->logs_keeper.joinable();
  if (counted) inside_->logs_keeper.join();
  try {
    if (counted) inside_->count_logs();
    inside_->logs->sync();
    inside_->database->sync();
    inside_->database->shorten_log(0);
  } catch (std::exception const& problem) {
    log::error("monitor.not_synced", {{"reason", problem.what()}});
  }
}

}  // namespace yunzhi::monitor
