// The threads that run handlers which may block, behind a queue of bounded length.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "http/wire/exchange.hpp"

namespace yunzhi::http {

class Workers {
 public:
  Workers(unsigned threads, std::size_t bound);
  ~Workers();
  Workers(Workers const&) = delete;
  Workers& operator=(Workers const&) = delete;

  /// False when the queue is full or the workers stop; then the exchange is untouched.
  bool submit(Handler const& handler, std::shared_ptr<Exchange> exchange);
  /// Ends after the running handlers; waiting requests are dropped, which answers them.
  void stop();

 private:
  struct Job {
    Handler const* handler = nullptr;
    std::shared_ptr<Exchange> exchange;
  };
  void work();

  std::size_t const bound_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace yunzhi::http
