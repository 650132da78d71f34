// The place where one coroutine waits until somebody on the same thread resumes it.
#pragma once

#include <memory>
#include <utility>

#include "http/wire/asio.hpp"

namespace yunzhi::http {

class Slot {
 public:
  /// Suspends the calling coroutine until resume(). At most one waits.
  Task<void> wait();
  /// Continues the waiting coroutine, if any, before returning.
  void resume();
  [[nodiscard]] bool waiting() const { return held_ != nullptr; }

 private:
  struct Held {
    virtual ~Held() = default;
    virtual void go() = 0;
  };
  template <class Handler>
  struct Holding final : Held {
    explicit Holding(Handler&& given) : handler(std::move(given)) {}
    void go() override { std::move(handler)(); }
    Handler handler;
  };
  std::unique_ptr<Held> held_;
};

}  // namespace yunzhi::http
