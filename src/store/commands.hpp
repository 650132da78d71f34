// The writing thread: takes commands from a bounded queue, runs each in a savepoint, commits a batch at
// once and only then tells the callers. Group commit turns one disk flush per command into one per batch.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "store/connection.hpp"
#include "store/ledger.hpp"

namespace yunzhi::store {

class Commands {
 public:
  using Act = std::function<bool(Edit&)>;
  using Done = std::function<void(std::exception_ptr)>;

  Commands(DialectRules const& rules, Options const& options);
  ~Commands();
  Commands(Commands const&) = delete;
  Commands& operator=(Commands const&) = delete;

  void submit(Act act, Done done);

 private:
  struct Job {
    Act act;
    Done done;
    std::exception_ptr thrown;
    std::vector<std::function<void()>> after;
    bool kept = false;
  };

  void loop();
  void run_batch(std::vector<Job>& batch);
  void run_jobs(std::vector<Job>& batch);
  void run_job(Job& job);
  void fail(std::vector<Job>& batch, std::exception_ptr const& thrown);
  void roll_back();
  void remember_head(bool now);

  Options const& options_;
  Connection connection_;
  LedgerHead head_;
  Instant head_saved_{};
  bool lost_ = false;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace yunzhi::store
