// The way from any thread onto a loop. Many messages that arrive together wake the loop once.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "http/wire/asio.hpp"

namespace yunzhi::http {

/// What a loop can be told about.
class Wakeable {
 public:
  virtual ~Wakeable() = default;
  /// Called on the loop's thread.
  virtual void wake() = 0;
};

/// Outlives its loop when somebody still holds a reply or a stream; after close() it takes nothing.
class Mailbox : public std::enable_shared_from_this<Mailbox> {
 public:
  explicit Mailbox(asio::io_context& context) : context_(&context) {}
  void put(std::shared_ptr<Wakeable> item);
  void close();

 private:
  void deliver();

  std::mutex mutex_;
  asio::io_context* context_;
  std::vector<std::shared_ptr<Wakeable>> items_;
};

}  // namespace yunzhi::http
