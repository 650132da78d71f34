// A pool of read-only connections. A borrower waits when all are out.
#pragma once

#include <condition_variable>
#include <mutex>

#include "store/connection.hpp"

namespace yunzhi::store {

class Readers {
 public:
  Readers(DialectRules const& rules, unsigned count);
  /// Runs `act` in one read transaction; a session lost under it is opened anew for the next borrower.
  void look(std::function<void(Reader&)> const& act);

 private:
  DialectRules const& rules_;
  unsigned most_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  unsigned made_ = 0;
};

}  // namespace yunzhi::store
