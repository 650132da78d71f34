// For tests of this and higher rooms: a temporary folder, and a store on each database there is. The
// PostgreSQL run needs YUNZHI_TEST_POSTGRESQL (a postgresql:// address of a server tests may create
// schemas in); script/test provides one.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace yunzhi::store {

/// A folder that is removed with its contents.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  [[nodiscard]] std::string const& path() const { return path_; }

 private:
  std::string path_;
};

/// The migrations of this room alone.
std::vector<Migration> ledger_migrations();

/// Migrations read from source folders (`src/<room>/migrations`), as the build embeds them.
std::vector<Migration> migrations_of(std::vector<std::string> const& rooms);

/// Runs a test on SQLite and, when there is one, on PostgreSQL in a schema of its own.
void for_each_database(std::vector<Migration> const& migrations, std::function<void(Store&)> const& test,
                       Clock const& clock = wall_clock);

}  // namespace yunzhi::store
