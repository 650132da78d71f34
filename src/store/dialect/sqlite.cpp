// SQLite 3: one file, WAL, synchronous=FULL. Debian 12's 3.40.1 can corrupt a database that two
// connections write or checkpoint at once (sqlite.org "WAL-reset" bug, fixed 2026-03), so only one
// connection of one process may ever write or checkpoint, and every other opens read-only.
#include <mutex>

#include <soci/soci.h>
#include <sqlite3.h>

#include "store/connection.hpp"

// SOCI wraps the C interface in a namespace of its own and then collides with sqlite3.h, so this file takes
// only the header; the handle is fetched through the declaration below.
namespace yunzhi::store {

::sqlite3* handle_of(soci::session& session);

namespace {

// Asked every few thousand steps of a statement; anything but zero ends it with SQLITE_INTERRUPT.
int is_late(void* deadline) {
  return std::chrono::steady_clock::now() > *static_cast<Deadline const*>(deadline) ? 1 : 0;
}

// A connection is used by one thread at a time, so SQLite's own locks around each call guard nothing; and the
// one lock around its count of allocated bytes, which nobody reads, is taken by every thread. Set once,
// before the first connection opens.
void without_needless_locks() {
  static std::once_flag once;
  std::call_once(once, [] {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  });
}

class SqliteRules : public DialectRules {
 public:
  explicit SqliteRules(std::string file) : file_(std::move(file)) {}

  [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }

  std::unique_ptr<soci::session> open(bool writes) const override {
    without_needless_locks();
    auto session = std::make_unique<soci::session>(
        "sqlite3", "dbname=\"" + file_ + "\" timeout=5" + (writes ? "" : " readonly=true"));
    if (writes) {
      std::string mode;
      session->once << "pragma journal_mode=wal", soci::into(mode);
      if (mode != "wal") throw std::runtime_error("SQLite did not switch to WAL but to " + mode);
      session->once << "pragma synchronous=full";
      session->once << "pragma foreign_keys=on";
      session->once << "pragma wal_autocheckpoint=4000";
    } else {
      session->once << "pragma query_only=on";
      session->once << "pragma wal_autocheckpoint=0";
    }
    session->once << "pragma cache_size=-4000";
    session->once << "pragma temp_store=memory";
    return session;
  }

  [[nodiscard]] std::string_view begin(bool writes) const override {
    return writes ? "begin immediate" : "begin";
  }

  void limit(soci::session& session, Deadline const* deadline) const override {
    bool const limited = *deadline != Deadline{};
    sqlite3_progress_handler(handle_of(session), limited ? 5000 : 0, limited ? is_late : nullptr,
                             const_cast<Deadline*>(deadline));
  }

  std::exception_ptr translate(soci::session& session, std::exception const& thrown) const override {
    auto const code = sqlite3_extended_errcode(handle_of(session));
    switch (code) {
      case SQLITE_CONSTRAINT_UNIQUE:
      case SQLITE_CONSTRAINT_PRIMARYKEY:
        return std::make_exception_ptr(Broken(Broken::Rule::unique, thrown.what()));
      case SQLITE_CONSTRAINT_FOREIGNKEY:
        return std::make_exception_ptr(Broken(Broken::Rule::foreign, thrown.what()));
      case SQLITE_CONSTRAINT_CHECK:
      case SQLITE_CONSTRAINT_NOTNULL:
        return std::make_exception_ptr(Broken(Broken::Rule::check, thrown.what()));
      default:
        break;
    }
    if ((code & 0xff) == SQLITE_INTERRUPT) return std::make_exception_ptr(Slow(thrown.what()));
    // A file size limit shows as a write error, not as "full".
    if ((code & 0xff) == SQLITE_FULL || (code & 0xff) == SQLITE_READONLY || code == SQLITE_IOERR_WRITE)
      return std::make_exception_ptr(Full(thrown.what()));
    if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CORRUPT)
      return std::make_exception_ptr(Lost(thrown.what()));
    return std::make_exception_ptr(std::runtime_error(thrown.what()));
  }

 private:
  std::string file_;
};

}  // namespace

std::unique_ptr<DialectRules> sqlite_rules(std::string const& file) {
  return std::make_unique<SqliteRules>(file);
}

}  // namespace yunzhi::store
