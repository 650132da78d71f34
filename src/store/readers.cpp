#include "store/readers.hpp"

namespace yunzhi::store {

Readers::Readers(DialectRules const& rules, unsigned count) : rules_(rules), most_(count) {}

void Readers::look(std::function<void(Reader&)> const& act) {
  std::unique_ptr<Connection> connection;
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return !idle_.empty() || made_ < most_; });
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    } else {
      ++made_;
    }
  }
  auto const give_back = [&](bool usable) {
    std::lock_guard const lock(mutex_);
    if (usable)
      idle_.push_back(std::move(connection));
    else
      --made_;
    returned_.notify_one();
  };
  try {
    if (!connection) connection = std::make_unique<Connection>(rules_, false);
    connection->begin();
    Reader reader(*connection);
    act(reader);
    connection->limit(Milliseconds{0});
    connection->commit();
  } catch (Lost const&) {
    connection.reset();
    give_back(false);
    throw Overloaded("the database cannot be reached at the moment");
  } catch (...) {
    // Whatever went wrong, the connection may stand inside a transaction: a fresh one costs little.
    connection.reset();
    give_back(false);
    throw;
  }
  give_back(true);
}

}  // namespace yunzhi::store
