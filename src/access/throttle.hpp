// Slows down guessing: so many failures a minute for each key (an account, an address), then a delay that
// doubles. Never a lock for good, so a stranger cannot shut anybody out.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/instant.hpp"

namespace yunzhi::access {

class Throttle {
 public:
  struct Limits {
    double per_minute = 5;
    std::chrono::seconds first_delay{12};
    std::chrono::seconds longest_delay{60};
  };

  explicit Throttle(Limits limits) : limits_(limits) {}

  /// Counts an attempt; how long to wait when there were too many. Counted before its outcome is known, so
  /// that parallel guesses do not slip through.
  std::optional<std::chrono::seconds> attempt(std::string const& key, Instant now);
  /// Takes back one attempt that was none: it succeeded.
  void forgive(std::string const& key);
  /// Forgets the key's failures.
  void clear(std::string const& key);
  /// Whether the key is waiting its delay out already (its refusals are not worth an entry each).
  [[nodiscard]] bool waiting(std::string const& key, Instant now) const;

 private:
  struct Bucket {
    double level = 0;  // attempts not yet worn off
    Instant at;
    int over = 0;  // times the limit was passed in a row
    Instant blocked_until;
  };
  void drop_old(Instant now);

  Limits limits_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace yunzhi::access
