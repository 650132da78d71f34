#include "http/wire/loop.hpp"

#include <ctime>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>
#include <fmt/chrono.h>

#include "http/wire/connection.hpp"

namespace yunzhi::http {

Loop::Loop(std::chrono::milliseconds tick)
    : tick_(tick), work_(asio::make_work_guard(context_)), timer_(context_) {}

Loop::~Loop() {
  stop();
}

void Loop::start() {
  tick();
  thread_ = std::thread([this] { context_.run(); });
}

void Loop::tick() {
  timer_.expires_after(tick_);
  timer_.async_wait([this](ErrorCode code) {
    if (code || stopped_) return;
    auto const now = std::chrono::steady_clock::now();
    // A checked connection may end and leave the set.
    std::vector<Connection*> const present(connections_.begin(), connections_.end());
    for (auto* connection : present) {
      if (connections_.contains(connection)) connection->check(now);
    }
    tick();
  });
}

void Loop::wind_down() {
  auto ask = [this] {
    winding_down_ = true;
    std::vector<Connection*> const present(connections_.begin(), connections_.end());
    for (auto* connection : present) {
      if (connections_.contains(connection)) connection->wind_down();
    }
  };
  asio::post(context_, std::move(ask));
}

void Loop::stop() {
  mailbox_->close();
  if (!thread_.joinable()) return;
  auto end = [this] {
    winding_down_ = true;
    stopped_ = true;
    timer_.cancel();
    std::vector<Connection*> const present(connections_.begin(), connections_.end());
    for (auto* connection : present) {
      if (connections_.contains(connection)) connection->cut();
    }
    work_.reset();
  };
  asio::post(context_, std::move(end));
  thread_.join();
}

std::string_view Loop::date() {
  auto const now = std::time(nullptr);
  if (now != date_second_) {
    date_second_ = now;
    date_ = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now));
  }
  return date_;
}

}  // namespace yunzhi::http
