// What this machine gives at best: durable writes of 4 KB per second, and SQLite inserts of a report's size
// under group commit with nothing around them. Prints one line of JSON for each.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

namespace {

using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point begin) {
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

void measure_sync(std::string const& folder, double seconds) {
  std::string const path = folder + "/sync";
  int const file = open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error("cannot write in " + folder);
  std::string const block(4096, 'x');
  std::size_t count = 0;
  auto const begin = Steady::now();
  while (seconds_since(begin) < seconds) {
    auto const offset = static_cast<off_t>(count % 1024 * block.size());
    if (pwrite(file, block.data(), block.size(), offset) < 0 || fdatasync(file) != 0)
      throw std::runtime_error("the write failed");
    ++count;
  }
  fmt::print("{{\"ceiling\": \"sync\", \"per_second\": {:.0f}}}\n",
             static_cast<double>(count) / seconds_since(begin));
  close(file);
  unlink(path.c_str());
}

// Many callers, one writing connection: what waits when a commit ends becomes the next transaction.
class GroupCommit {
 public:
  explicit GroupCommit(std::string const& path) {
    if (sqlite3_open(path.c_str(), &database_) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(database_));
    execute(
        "pragma journal_mode = wal; pragma synchronous = full;"
        "create table report (id integer primary key, title text, body text)");
    sqlite3_prepare_v2(database_, "insert into report (title, body) values (?, ?)", -1, &insert_, nullptr);
    writer_ = std::thread([this] { write(); });
  }
  ~GroupCommit() {
    stop_ = true;
    work_.notify_one();
    writer_.join();
    sqlite3_finalize(insert_);
    sqlite3_close(database_);
  }
  GroupCommit(GroupCommit const&) = delete;
  GroupCommit& operator=(GroupCommit const&) = delete;

  /// Returns when the row is on the disk.
  void put() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    auto const mine = next_batch_;
    work_.notify_one();
    done_.wait(lock, [&] { return committed_ >= mine; });
  }

 private:
  void execute(char const* sql) {
    if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(database_));
  }

  void insert() {
    execute("savepoint command");
    sqlite3_bind_text(insert_, 1, "门诊挂号系统打不开", -1, SQLITE_STATIC);
    sqlite3_bind_text(insert_, 2, body_.c_str(), static_cast<int>(body_.size()), SQLITE_STATIC);
    sqlite3_step(insert_);
    sqlite3_reset(insert_);
    execute("release command");
  }

  void write() {
    std::unique_lock lock(mutex_);
    while (true) {
      work_.wait(lock, [this] { return waiting_ > 0 || stop_; });
      if (waiting_ == 0) return;
      auto const count = waiting_;
      auto const batch = next_batch_++;
      waiting_ = 0;
      lock.unlock();
      execute("begin immediate");
      for (std::size_t index = 0; index < count; ++index) insert();
      execute("commit");
      lock.lock();
      committed_ = batch;
      done_.notify_all();
    }
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  std::string body_ = std::string(600, 'x');
  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable done_;
  std::size_t waiting_ = 0;
  std::uint64_t next_batch_ = 1;
  std::uint64_t committed_ = 0;
  std::atomic<bool> stop_ = false;
  std::thread writer_;
};

void measure_group_commit(std::string const& folder, int clients, double seconds) {
  std::atomic<std::size_t> count = 0;
  {
    GroupCommit store(fmt::format("{}/ceiling-{}.db", folder, clients));
    auto const begin = Steady::now();
    std::vector<std::thread> threads;
    for (int index = 0; index < clients; ++index)
      threads.emplace_back([&] {
        while (seconds_since(begin) < seconds) {
          store.put();
          ++count;
        }
      });
    for (auto& thread : threads) thread.join();
  }
  fmt::print("{{\"ceiling\": \"group_commit\", \"clients\": {}, \"per_second\": {:.0f}}}\n", clients,
             static_cast<double>(count) / seconds);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("The ceilings of this machine");
  std::string folder = ".";
  double seconds = 3;
  app.add_option("--folder", folder, "where to write; on the same disk as the product's data");
  app.add_option("--seconds", seconds, "time for each figure");
  CLI11_PARSE(app, argc, argv);
  try {
    measure_sync(folder, seconds);
    for (int const clients : {1, 8, 32}) measure_group_commit(folder, clients, seconds);
  } catch (std::exception const& error) {
    fmt::print(stderr, "yunzhi-ceiling: {}\n", error.what());
    return 1;
  }
  return 0;
}
