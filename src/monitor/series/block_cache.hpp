// What queries have read from blocks of late: unpacked frames and indexes, kept while they are asked for
// again and while there is room. Safe for use by several threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "monitor/series/block_index.hpp"

namespace yunzhi::monitor {

/// Where something lies: the block's number and an offset in its file.
struct BlockPlace {
  std::uint64_t block = 0;
  std::uint64_t offset = 0;
  bool operator==(BlockPlace const&) const = default;
};

/// Holds at most `limit` bytes; what was used longest ago goes first. What is larger alone is not kept.
template <class T>
class RecentlyUsed {
 public:
  explicit RecentlyUsed(std::size_t limit) : limit_(limit) {}

  std::shared_ptr<T const> find(BlockPlace const& place) {
    std::lock_guard const lock(guard_);
    auto const found = entries_.find(place);
    if (found == entries_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return found->second->value;
  }

  void put(BlockPlace const& place, std::shared_ptr<T const> value, std::size_t bytes) {
    std::lock_guard const lock(guard_);
    if (bytes > limit_ || entries_.contains(place)) return;
    order_.push_front({place, std::move(value), bytes});
    entries_.emplace(place, order_.begin());
    held_ += bytes;
    while (held_ > limit_) {
      held_ -= order_.back().bytes;
      entries_.erase(order_.back().place);
      order_.pop_back();
    }
  }

 private:
  struct Entry {
    BlockPlace place;
    std::shared_ptr<T const> value;
    std::size_t bytes = 0;
  };
  struct Hash {
    std::size_t operator()(BlockPlace const& place) const {
      return std::hash<std::uint64_t>()((place.block << 40U) ^ place.offset);
    }
  };

  std::mutex guard_;
  std::size_t const limit_;
  std::size_t held_ = 0;
  std::list<Entry> order_;  ///< used last at the front
  std::unordered_map<BlockPlace, typename std::list<Entry>::iterator, Hash> entries_;
};

struct BlockCache {
  RecentlyUsed<std::string> frames{std::size_t{24} << 20};
  RecentlyUsed<BlockIndex> indexes{std::size_t{24} << 20};
  std::atomic<std::uint64_t> blocks{0};  ///< the number the next block gets
};

}  // namespace yunzhi::monitor
