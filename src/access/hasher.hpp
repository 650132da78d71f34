// Two threads that do nothing but hash passwords, with a short queue: logins can neither hold up other work
// nor use more memory than two hashes need.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace yunzhi::access {

class Hasher {
 public:
  explicit Hasher(std::size_t threads = 2, std::size_t queue = 32);
  /// Ends after the work in hand; waiting work is dropped.
  ~Hasher();
  Hasher(Hasher const&) = delete;
  Hasher& operator=(Hasher const&) = delete;

  /// Takes the work, or returns false when too much is waiting. The work must not throw.
  bool post(std::function<void()> work);

 private:
  void loop();

  std::size_t const most_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace yunzhi::access
