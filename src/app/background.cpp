#include "app/background.hpp"

#include <algorithm>
#include <chrono>

#include "base/log.hpp"

namespace yunzhi::app {

Background::~Background() {
  stop();
}

void Background::start() {
  thread_ = std::thread([this] { loop(); });
}

void Background::stop() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Background::loop() {
  using SteadyClock = std::chrono::steady_clock;
  std::vector<SteadyClock::time_point> due(jobs_.size(), SteadyClock::now());
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      if (SteadyClock::now() < due[i]) continue;
      bool more = false;
      try {
        more = jobs_[i].run();
      } catch (std::exception const& thrown) {
        log::error("background.failed", {{"job", jobs_[i].name}, {"reason", thrown.what()}});
      }
      due[i] = SteadyClock::now() + std::chrono::milliseconds(more ? 0 : jobs_[i].every_ms);
    }
    auto const next = *std::min_element(due.begin(), due.end());
    lock.lock();
    wake_.wait_until(lock, next, [&] { return stopping_; });
  }
}

}  // namespace yunzhi::app
