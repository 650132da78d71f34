#include "store/commands.hpp"

#include <chrono>

#include "base/log.hpp"

namespace yunzhi::store {
namespace {

constexpr std::size_t batch_commands = 256;
constexpr auto batch_time = std::chrono::milliseconds(10);
constexpr std::size_t queue_commands = 4096;
constexpr auto head_interval = std::chrono::seconds(1);

}  // namespace

Commands::Commands(DialectRules const& rules, Options const& options)
    : options_(options), connection_(rules, true) {
  Reader reader(connection_);
  head_ = ledger_head(reader);
  thread_ = std::thread([this] { loop(); });
}

Commands::~Commands() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
  remember_head(true);
}

void Commands::submit(Act act, Done done) {
  {
    std::unique_lock lock(mutex_);
    if (queue_.size() >= queue_commands || stopping_) {
      lock.unlock();
      done(std::make_exception_ptr(Overloaded("too many commands are waiting to be stored")));
      return;
    }
    queue_.push_back({std::move(act), std::move(done), nullptr, {}, false});
  }
  wake_.notify_one();
}

void Commands::loop() {
  std::vector<Job> batch;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      while (queue_.empty() && !stopping_) {
        if (wake_.wait_for(lock, head_interval) == std::cv_status::timeout) {
          lock.unlock();
          remember_head(false);
          lock.lock();
        }
      }
      if (queue_.empty()) return;
      while (!queue_.empty() && batch.size() < batch_commands) {
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
    }
    run_batch(batch);
    batch.clear();
    remember_head(false);
  }
}

void Commands::run_batch(std::vector<Job>& batch) {
  auto const head_before = head_;
  try {
    if (lost_) connection_.reopen();
    lost_ = false;
    run_jobs(batch);
  } catch (Full const&) {
    head_ = head_before;
    roll_back();
    fail(batch, std::current_exception());
  } catch (Lost const& lost) {
    head_ = head_before;
    lost_ = true;
    log::error("store.lost", {{"reason", lost.what()}});
    fail(batch, std::make_exception_ptr(Overloaded("the database cannot be reached at the moment")));
    // A failed flush may have dropped the pages it should have written: only recovery from the log after a
    // restart tells what is stored (PostgreSQL's rule since 2018).
    if (connection_.dialect() == Dialect::sqlite && options_.on_fatal) options_.on_fatal();
  } catch (std::exception const& thrown) {
    head_ = head_before;
    log::error("store.batch_failed", {{"reason", thrown.what()}});
    // A session that could not be opened anew cannot be rolled back either; the next batch tries again.
    if (!lost_) roll_back();
    lost_ = lost_ || connection_.dialect() == Dialect::postgresql;
    fail(batch, std::make_exception_ptr(Overloaded("the database cannot be reached at the moment")));
  }
  for (auto& job : batch) {
    for (auto const& act : job.after)
      if (job.kept) act();
    job.done(job.thrown);
  }
}

void Commands::run_jobs(std::vector<Job>& batch) {
  connection_.begin();
  if (connection_.dialect() == Dialect::postgresql) {
    // Several servers may share the database; the chain has one order, so their batches take turns.
    connection_.run("select pg_advisory_xact_lock(9020212)");
    Reader reader(connection_);
    head_ = ledger_head(reader);
  }
  auto const start = std::chrono::steady_clock::now();
  std::size_t ran = 0;
  while (ran < batch.size()) {
    run_job(batch[ran++]);
    if (std::chrono::steady_clock::now() - start > batch_time) break;
  }
  if (ran < batch.size()) {
    std::lock_guard const lock(mutex_);
    while (batch.size() > ran) {
      queue_.push_front(std::move(batch.back()));
      batch.pop_back();
    }
  }
  connection_.commit();
}

void Commands::run_job(Job& job) {
  auto const head_before = head_;
  Edit edit(connection_, options_.clock());
  connection_.execute("savepoint command", {});
  try {
    job.kept = job.act(edit) && !edit.discarded_;
    if (job.kept && edit.entry_) append(edit, head_, *edit.entry_);
  } catch (Full const&) {
    throw;
  } catch (Lost const&) {
    throw;
  } catch (...) {
    job.kept = false;
    job.thrown = std::current_exception();
  }
  if (job.kept) {
    job.after = std::move(edit.after_commit_);
  } else {
    head_ = head_before;
    connection_.execute("rollback to savepoint command", {});
  }
  connection_.execute("release savepoint command", {});
}

void Commands::fail(std::vector<Job>& batch, std::exception_ptr const& thrown) {
  for (auto& job : batch) {
    job.kept = false;
    job.after.clear();
    job.thrown = thrown;
  }
}

void Commands::roll_back() {
  try {
    connection_.run("rollback");
  } catch (std::exception const& thrown) {
    // SQLite has rolled back by itself when the disk was full; nothing is open then.
    log::info("store.rolled_back_by_database", {{"reason", thrown.what()}});
  }
}

void Commands::remember_head(bool now) {
  auto const present = options_.clock();
  if (!now && present - head_saved_ < head_interval && present >= head_saved_) return;
  if (head_.sequence == 0 || options_.data.empty()) return;
  head_saved_ = present;
  save_head(options_.data, head_);
}

}  // namespace yunzhi::store
