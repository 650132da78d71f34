// Sends what lies in the outbox. One thread drives many transfers at once, so a receiver that hangs delays
// nobody; every attempt is written down, and the next one waits longer.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "notify/channels.hpp"
#include "store/store.hpp"

namespace yunzhi::notify {

struct DelivererLimits {
  long timeout_ms = 10'000;  ///< for a webhook or robot, from connecting to the last byte
  long mail_timeout_ms = 30'000;
  std::size_t answer_bytes = 64 << 10;  ///< more ends the transfer
  std::size_t transfers = 32;           ///< at once
  std::size_t per_target = 2;           ///< of them to one receiver
};

class Deliverer {
 public:
  /// `luck` gives numbers in [0, 1) that spread retries.
  Deliverer(store::Store& store, Channels channels, std::function<double()> luck,
            DelivererLimits limits = {});
  ~Deliverer();
  Deliverer(Deliverer const&) = delete;
  Deliverer& operator=(Deliverer const&) = delete;

  /// Begins to deliver in a thread of its own.
  void start();
  /// There is something new; any thread.
  void wake();
  /// Breaks off what is on its way; it stays due.
  void stop();
  /// Delivers what is due now and returns when all of it has ended; for tests and the command line.
  void deliver_due();

 private:
  struct Inside;
  void loop();
  std::unique_ptr<Inside> inside_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace yunzhi::notify
