#include "access/throttle.hpp"

#include <algorithm>
#include <cmath>

namespace yunzhi::access {
namespace {

constexpr std::size_t buckets_most = 100'000;
constexpr auto quiet = std::chrono::minutes{15};  // after so long without an attempt a key starts afresh

double minutes_between(Instant from, Instant to) {
  return std::max(0.0, std::chrono::duration<double, std::ratio<60>>(to - from).count());
}

}  // namespace

std::optional<std::chrono::seconds> Throttle::attempt(std::string const& key, Instant now) {
  std::lock_guard const lock(mutex_);
  if (buckets_.size() >= buckets_most) drop_old(now);
  auto& bucket = buckets_.try_emplace(key, Bucket{0, now, 0, now}).first->second;
  auto const wait = [&] {
    return std::max(std::chrono::seconds{1},
                    std::chrono::ceil<std::chrono::seconds>(bucket.blocked_until - now));
  };
  if (now < bucket.blocked_until) return wait();
  if (now - bucket.at > quiet) bucket.over = 0;
  bucket.level = std::max(0.0, bucket.level - minutes_between(bucket.at, now) * limits_.per_minute);
  bucket.at = now;
  if (bucket.level + 1 <= limits_.per_minute) {
    bucket.level += 1;
    return std::nullopt;
  }
  auto const delay = limits_.first_delay * (1 << std::min(bucket.over++, 10));
  bucket.blocked_until = now + std::min(delay, limits_.longest_delay);
  return wait();
}

void Throttle::forgive(std::string const& key) {
  std::lock_guard const lock(mutex_);
  if (auto const found = buckets_.find(key); found != buckets_.end())
    found->second.level = std::max(0.0, found->second.level - 1);
}

void Throttle::clear(std::string const& key) {
  std::lock_guard const lock(mutex_);
  buckets_.erase(key);
}

bool Throttle::waiting(std::string const& key, Instant now) const {
  std::lock_guard const lock(mutex_);
  auto const found = buckets_.find(key);
  return found != buckets_.end() && now < found->second.blocked_until;
}

void Throttle::drop_old(Instant now) {
  std::erase_if(buckets_, [&](auto const& entry) {
    return now - entry.second.at > quiet && now >= entry.second.blocked_until;
  });
  if (buckets_.size() >= buckets_most) buckets_.erase(buckets_.begin());
}

}  // namespace yunzhi::access
