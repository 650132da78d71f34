// Brings a database to the schema of this program. Forward only; every migration is remembered with a
// checksum, so that one that was changed after it ran is noticed.
#pragma once

#include <vector>

#include "store/connection.hpp"

namespace yunzhi::store {

/// Applies what is missing, all in one transaction. Refused when the database was migrated by a newer
/// program or a migration's text differs from what was applied.
Result<> migrate(Connection& connection, std::vector<Migration> const& migrations, Instant now);

}  // namespace yunzhi::store
