#include "notify/hub.hpp"

#include <algorithm>

namespace yunzhi::notify {

struct Hub::Open {
  Listener listener;
  http::Stream::Sink sink;
};

Hub::Hub(HubLimits limits) : limits_(limits), thread_([this] { loop(); }) {}

Hub::~Hub() {
  stop();
}

void Hub::stop() {
  {
    std::lock_guard const lock(queue_mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
  std::lock_guard const lock(listeners_mutex_);
  listeners_.clear();
  count_ = 0;
}

Result<http::Reply> Hub::subscribe(Listener listener) {
  if (count_ >= limits_.listeners)
    return refuse(Why::busy, "", "too many pages are listening, please try again later");
  http::Reply reply;
  reply.headers = {
      {"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  reply.stream = std::make_shared<http::Stream>();
  auto const shared = std::make_shared<Listener>(std::move(listener));
  reply.stream->open = [this, shared](http::Stream::Sink sink) {
    // The first piece shows the page that it is connected and how soon to come back when it is not.
    if (sink("retry: 3000\nevent: hello\ndata: {}\n\n"))
      add(std::make_shared<Open>(Open{*shared, std::move(sink)}));
  };
  return reply;
}

void Hub::add(std::shared_ptr<Open> open) {
  std::lock_guard const lock(listeners_mutex_);
  auto const same = [&](auto const& other) { return other->listener.person == open->listener.person; };
  if (std::count_if(listeners_.begin(), listeners_.end(), same) >=
      static_cast<std::ptrdiff_t>(limits_.per_person))
    listeners_.erase(std::find_if(listeners_.begin(), listeners_.end(), same));
  listeners_.push_back(std::move(open));
  count_ = listeners_.size();
}

void Hub::publish(Event event) {
  if (count_ == 0) return;
  {
    std::lock_guard const lock(queue_mutex_);
    if (stopping_) return;
    if (queue_.size() >= limits_.queue)
      dropped_ = true;
    else
      queue_.push_back(std::move(event));
  }
  wake_.notify_one();
}

void Hub::loop() {
  std::unique_lock lock(queue_mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || dropped_ || !queue_.empty(); });
    if (stopping_) return;
    auto const events = std::exchange(queue_, {});
    bool const dropped = std::exchange(dropped_, false);
    busy_ = true;
    lock.unlock();
    for (auto const& event : events) spread(event);
    if (dropped) tell_all("event: reset\ndata: {}\n\n");
    lock.lock();
    busy_ = false;
    idle_.notify_all();
  }
}

void Hub::spread(Event const& event) {
  auto const piece = event_text(event);
  auto const hears = [&](Listener const& listener) {
    if (event.people.empty()) return !listener.wants || listener.wants(event);
    return std::find(event.people.begin(), event.people.end(), listener.person) != event.people.end();
  };
  std::lock_guard const lock(listeners_mutex_);
  // A stream ends when its sink is gone: the peer left, or the session does not hold any more.
  std::erase_if(listeners_, [&](auto const& open) {
    if (open->listener.alive && !open->listener.alive()) return true;
    return hears(open->listener) && !open->sink(piece);
  });
  count_ = listeners_.size();
}

void Hub::tell_all(std::string const& piece) {
  std::lock_guard const lock(listeners_mutex_);
  std::erase_if(listeners_, [&](auto const& open) { return !open->sink(piece); });
  count_ = listeners_.size();
}

void Hub::drain() {
  std::unique_lock lock(queue_mutex_);
  idle_.wait(lock, [&] { return stopping_ || (queue_.empty() && !busy_); });
}

std::string event_text(Event const& event) {
  // JSON text has no line break of its own, so one data line is enough.
  return "event: " + event.name + "\ndata: " + json::serialize(event.data) + "\n\n";
}

}  // namespace yunzhi::notify
