// What waits to be sent on one streamed reply: filled from any thread, emptied by the connection.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>

#include "http/message.hpp"
#include "http/wire/mailbox.hpp"
#include "http/wire/slot.hpp"

namespace yunzhi::http {

class EventQueue final : public Wakeable, public std::enable_shared_from_this<EventQueue> {
 public:
  EventQueue(std::shared_ptr<Mailbox> mailbox, std::size_t bound)
      : mailbox_(std::move(mailbox)), bound_(bound) {}

  /// The sink for the stream's producer. When its last copy is gone the reply ends in good order.
  Stream::Sink sink();
  /// From now on nothing is taken and the producer is told so.
  void close();

  // The rest belongs to the loop's thread.
  void wake() override { slot_.resume(); }
  Task<void> wait() { return slot_.wait(); }
  struct Taken {
    std::string bytes;
    bool ended = false;   ///< the producer is through
    bool closed = false;  ///< the reader was too slow, or the connection goes
  };
  Taken take();

 private:
  bool push(std::string piece);
  void end();
  void notify();

  std::shared_ptr<Mailbox> mailbox_;
  std::size_t const bound_;
  std::mutex mutex_;
  std::string waiting_;
  bool ended_ = false;
  bool closed_ = false;
  bool notified_ = false;
  Slot slot_;
};

}  // namespace yunzhi::http
