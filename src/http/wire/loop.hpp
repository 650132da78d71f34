// One network thread: its io_context, its connections, and the clock that checks on them.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <unordered_set>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>

#include "http/wire/mailbox.hpp"

namespace yunzhi::http {

class Connection;

class Loop {
 public:
  /// `tick` is how often connections are checked: a deadline is kept to within it.
  explicit Loop(std::chrono::milliseconds tick);
  ~Loop();
  Loop(Loop const&) = delete;
  Loop& operator=(Loop const&) = delete;

  void start();
  /// Asks every connection to wind down; from any thread.
  void wind_down();
  /// Cuts every connection, lets the thread end and joins it. Nothing else may use the loop any more.
  void stop();

  [[nodiscard]] asio::io_context& context() { return context_; }
  [[nodiscard]] std::shared_ptr<Mailbox> const& mailbox() const { return mailbox_; }
  /// The present second as an IMF-fixdate.
  [[nodiscard]] std::string_view date();

  // On the loop's thread only.
  void enter(Connection& connection) { connections_.insert(&connection); }
  void leave(Connection& connection) { connections_.erase(&connection); }
  [[nodiscard]] bool winding_down() const { return winding_down_; }

 private:
  void tick();

  std::chrono::milliseconds const tick_;
  asio::io_context context_{1};
  std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>(context_);
  asio::executor_work_guard<Executor> work_;
  asio::steady_timer timer_;
  std::unordered_set<Connection*> connections_;
  std::time_t date_second_ = 0;
  std::string date_;
  bool winding_down_ = false;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace yunzhi::http
