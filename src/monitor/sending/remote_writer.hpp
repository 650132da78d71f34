// Sends samples on as they come in, by remote_write 1.0, so that a larger store keeps them when one machine
// is outgrown. Each destination has a queue of its own and is tried again with growing pauses while it does
// not answer; when its queue is full the oldest samples are given up, and counted. Specification:
// prometheus.io/docs/specs/prw/remote_write_spec.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>
#include <thread>

#include "monitor/sending/destination.hpp"
#include "monitor/series/database.hpp"

namespace yunzhi::monitor {

class RemoteWriter {
 public:
  struct Counts {
    std::uint64_t sent = 0;
    std::uint64_t given_up = 0;  ///< refused by the destination, or the queue was full
    std::uint64_t waiting = 0;
  };

  RemoteWriter(Destination destination, Labels external);
  ~RemoteWriter();
  RemoteWriter(RemoteWriter const&) = delete;
  RemoteWriter& operator=(RemoteWriter const&) = delete;

  /// From any thread; never waits for the destination.
  void take(std::span<Point const> points);
  [[nodiscard]] Counts counts() const;
  [[nodiscard]] std::string const& url() const { return destination_.url; }

 private:
  void run();
  std::vector<Point> next_batch();
  bool send(std::vector<Point> const& batch);

  Destination const destination_;
  Labels const external_;
  mutable std::mutex guard_;
  std::condition_variable wake_;
  std::deque<Point> queue_;
  std::uint64_t sent_ = 0;
  std::uint64_t given_up_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace yunzhi::monitor
