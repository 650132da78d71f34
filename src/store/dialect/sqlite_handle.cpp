// The only source with SOCI's SQLite header, which declares the C interface inside a namespace and cannot
// stand beside sqlite3.h.
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

struct sqlite3;

namespace yunzhi::store {

::sqlite3* handle_of(soci::session& session);

::sqlite3* handle_of(soci::session& session) {
  auto* backend = static_cast<soci::sqlite3_session_backend*>(session.get_backend());
  return reinterpret_cast<::sqlite3*>(backend->conn_);
}

}  // namespace yunzhi::store
