// The ledger: one entry per command, each carrying the hash of the one before it, so that an edit, a
// deletion, an insertion or a change of order shows. The last entry's hash is also kept in a file outside
// the database (ledger-head.json in the data folder), so that a cut tail shows as well.
#pragma once

#include <optional>
#include <string>

#include "store/store.hpp"

namespace yunzhi::store {

/// Where the chain stands.
struct LedgerHead {
  std::int64_t sequence = 0;  ///< 0: no entry yet
  std::string hash;           ///< 64 hexadecimal digits; of zeros before the first entry
};

/// Reads the last entry's place.
LedgerHead ledger_head(Reader& reader);

/// Appends one entry after `head` and moves it.
void append(Edit& edit, LedgerHead& head, Entry const& entry);

/// The result of walking the whole chain.
struct Verification {
  std::int64_t entries = 0;
  std::optional<std::int64_t> first_bad;  ///< sequence of the first entry that does not fit
  std::string reason;                     ///< English; empty when all is well
};

/// Walks all entries in order (in pages, so the reader's snapshot is the only bound on memory) and compares
/// the end with `kept`, the head remembered outside the database, when there is one.
Verification verify(Reader& reader, std::optional<LedgerHead> const& kept);

/// The head file of a data folder.
std::optional<LedgerHead> load_head(std::string const& data);
void save_head(std::string const& data, LedgerHead const& head);

}  // namespace yunzhi::store
