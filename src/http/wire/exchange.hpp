// One request under way: shared by the connection, which waits for the reply on its loop, and by whoever
// answers, on any thread.
#pragma once

#include <atomic>
#include <memory>
#include <thread>

#include "http/message.hpp"
#include "http/router.hpp"
#include "http/wire/mailbox.hpp"
#include "http/wire/slot.hpp"

namespace yunzhi::http {

class Exchange final : public Wakeable, public std::enable_shared_from_this<Exchange> {
 public:
  explicit Exchange(std::shared_ptr<Mailbox> mailbox) : mailbox_(std::move(mailbox)) {}

  Request request;
  Reply reply;             ///< valid once done() is true
  std::string_view route;  ///< the route's path, or empty

  /// Takes the reply; false when there is one already. From any thread.
  bool answer(Reply given);

  // The rest belongs to the loop's thread.
  void wake() override;
  [[nodiscard]] bool done() const { return done_; }
  Task<void> wait() { return slot_.wait(); }
  /// Lets the waiting connection go on without a reply.
  void give_up() { slot_.resume(); }

 private:
  std::shared_ptr<Mailbox> mailbox_;
  std::thread::id const loop_ = std::this_thread::get_id();
  std::atomic<bool> answered_ = false;
  bool done_ = false;
  Slot slot_;
};

/// The callable a handler gets. When every copy of it is gone without a call, the reply is a 500.
Respond respond_to(std::shared_ptr<Exchange> exchange);

/// Runs the handler; what it throws becomes a 500 and a line in the log.
void run_handler(Handler const& handler, Exchange& exchange, Respond const& respond);

}  // namespace yunzhi::http
