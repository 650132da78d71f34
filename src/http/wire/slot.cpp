#include "http/wire/slot.hpp"

namespace yunzhi::http {

Task<void> Slot::wait() {
  asio::use_awaitable_t<Executor> const token;
  auto const hold = [this](auto handler) {
    held_ = std::make_unique<Holding<decltype(handler)>>(std::move(handler));
  };
  co_await asio::async_initiate<asio::use_awaitable_t<Executor> const, void()>(hold, token);
}

void Slot::resume() {
  if (auto const held = std::move(held_)) held->go();
}

}  // namespace yunzhi::http
