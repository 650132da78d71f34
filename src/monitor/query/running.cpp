#include "monitor/query/running.hpp"

namespace yunzhi::monitor {

std::unique_ptr<RunningQueries::Entry> RunningQueries::add(std::string_view text, Instant now) {
  auto ended = std::make_shared<std::atomic<bool>>(false);
  std::lock_guard const lock(guard_);
  auto const number = ++last_;
  kept_[number] = {{number, std::string(text), now}, ended};
  return std::make_unique<Entry>(*this, number, std::move(ended));
}

std::vector<RunningQuery> RunningQueries::list() const {
  std::lock_guard const lock(guard_);
  std::vector<RunningQuery> result;
  for (auto const& [number, kept] : kept_) result.push_back(kept.query);
  return result;
}

bool RunningQueries::end(std::uint64_t number) {
  std::lock_guard const lock(guard_);
  auto const found = kept_.find(number);
  if (found == kept_.end()) return false;
  found->second.ended->store(true);
  return true;
}

void RunningQueries::remove(std::uint64_t number) {
  std::lock_guard const lock(guard_);
  kept_.erase(number);
}

}  // namespace yunzhi::monitor
