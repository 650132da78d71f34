#include "http/wire/event_queue.hpp"

#include <utility>

namespace yunzhi::http {

Stream::Sink EventQueue::sink() {
  struct Producer {
    std::shared_ptr<EventQueue> queue;
    explicit Producer(std::shared_ptr<EventQueue> given) : queue(std::move(given)) {}
    Producer(Producer const&) = delete;
    Producer& operator=(Producer const&) = delete;
    ~Producer() { queue->end(); }
  };
  auto producer = std::make_shared<Producer>(shared_from_this());
  return [producer](std::string piece) { return producer->queue->push(std::move(piece)); };
}

bool EventQueue::push(std::string piece) {
  std::lock_guard const lock(mutex_);
  if (closed_) return false;
  if (waiting_.size() + piece.size() > bound_) {
    closed_ = true;
  } else if (waiting_.empty()) {
    waiting_ = std::move(piece);
  } else {
    waiting_ += piece;
  }
  notify();
  return !closed_;
}

void EventQueue::end() {
  std::lock_guard const lock(mutex_);
  ended_ = true;
  if (!closed_) notify();
}

void EventQueue::close() {
  std::lock_guard const lock(mutex_);
  closed_ = true;
}

void EventQueue::notify() {
  if (std::exchange(notified_, true)) return;
  mailbox_->put(shared_from_this());
}

EventQueue::Taken EventQueue::take() {
  std::lock_guard const lock(mutex_);
  notified_ = false;
  return {std::exchange(waiting_, {}), ended_, closed_};
}

}  // namespace yunzhi::http
