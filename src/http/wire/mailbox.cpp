#include "http/wire/mailbox.hpp"

#include <utility>

#include <boost/asio/post.hpp>

namespace yunzhi::http {

void Mailbox::put(std::shared_ptr<Wakeable> item) {
  std::lock_guard const lock(mutex_);
  if (!context_) return;
  items_.push_back(std::move(item));
  if (items_.size() > 1) return;
  auto deliver = [self = shared_from_this()] { self->deliver(); };
  asio::post(*context_, std::move(deliver));
}

void Mailbox::close() {
  std::lock_guard const lock(mutex_);
  context_ = nullptr;
  items_.clear();
}

void Mailbox::deliver() {
  std::vector<std::shared_ptr<Wakeable>> items;
  {
    std::lock_guard const lock(mutex_);
    items.swap(items_);
  }
  for (auto const& item : items) item->wake();
}

}  // namespace yunzhi::http
