#include "http/wire/workers.hpp"

#include <utility>

namespace yunzhi::http {

Workers::Workers(unsigned threads, std::size_t bound) : bound_(bound) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

Workers::~Workers() {
  stop();
}

bool Workers::submit(Handler const& handler, std::shared_ptr<Exchange> exchange) {
  {
    std::lock_guard const lock(mutex_);
    if (stopping_ || jobs_.size() >= bound_) return false;
    jobs_.push_back({&handler, std::move(exchange)});
  }
  ready_.notify_one();
  return true;
}

void Workers::stop() {
  std::deque<Job> dropped;
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
    dropped.swap(jobs_);
  }
  ready_.notify_all();
  for (auto const& job : dropped) {
    auto refusal = refuse(Why::busy, "", "the server is stopping");
    job.exchange->answer(Reply::problem(refusal, job.exchange->request));
  }
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Workers::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ready_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (stopping_) return;
    auto const job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    run_handler(*job.handler, *job.exchange, respond_to(job.exchange));
    lock.lock();
  }
}

}  // namespace yunzhi::http
