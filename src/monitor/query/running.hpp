// The queries that run now, so that one that costs too much can be seen and ended.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "monitor/query/budget.hpp"

namespace yunzhi::monitor {

struct RunningQuery {
  std::uint64_t number = 0;
  std::string text;
  Instant since{};
};

class RunningQueries {
 public:
  /// Keeps a query on the list for as long as it lives.
  class Entry {
   public:
    Entry(RunningQueries& list, std::uint64_t number, std::shared_ptr<std::atomic<bool>> ended)
        : list_(list), number_(number), ended_(std::move(ended)) {}
    ~Entry() { list_.remove(number_); }
    Entry(Entry const&) = delete;
    Entry& operator=(Entry const&) = delete;
    [[nodiscard]] std::shared_ptr<std::atomic<bool> const> ended() const { return ended_; }

   private:
    RunningQueries& list_;
    std::uint64_t const number_;
    std::shared_ptr<std::atomic<bool>> ended_;
  };

  [[nodiscard]] std::unique_ptr<Entry> add(std::string_view text, Instant now);
  [[nodiscard]] std::vector<RunningQuery> list() const;
  /// The query stops at its next look at the budget; false when there is none of this number.
  bool end(std::uint64_t number);

 private:
  void remove(std::uint64_t number);

  struct Kept {
    RunningQuery query;
    std::shared_ptr<std::atomic<bool>> ended;
  };

  mutable std::mutex guard_;
  std::map<std::uint64_t, Kept> kept_;
  std::uint64_t last_ = 0;
};

}  // namespace yunzhi::monitor
