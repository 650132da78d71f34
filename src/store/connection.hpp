// One database session with its prepared statements. Everything SOCI stays behind this header's source;
// what differs between the databases stays in dialect/sqlite.cpp and dialect/postgresql.cpp.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/store.hpp"

namespace soci {
class session;
}

namespace yunzhi::store {

using Deadline = std::chrono::steady_clock::time_point;

/// What a database does in its own way.
class DialectRules {
 public:
  virtual ~DialectRules() = default;
  [[nodiscard]] virtual Dialect dialect() const = 0;
  /// Opens a session; `writes` is false for connections that must not be able to write.
  virtual std::unique_ptr<soci::session> open(bool writes) const = 0;
  [[nodiscard]] virtual std::string_view begin(bool writes) const = 0;
  /// Ends statements of the session that are still running at `deadline`; the epoch lifts the limit. The
  /// pointer stays valid as long as the session.
  virtual void limit(soci::session& session, Deadline const* deadline) const = 0;
  /// What SOCI threw, as Broken, Full, Lost or std::runtime_error.
  virtual std::exception_ptr translate(soci::session& session, std::exception const& thrown) const = 0;
};

std::unique_ptr<DialectRules> sqlite_rules(std::string const& file);
std::unique_ptr<DialectRules> postgresql_rules(std::string const& url);

/// The session is gone (server stopped, disk failed): nothing of the current transaction was stored, or
/// nobody knows whether it was. The connection must be opened anew.
struct Lost : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Connection {
 public:
  Connection(DialectRules const& rules, bool writes);
  ~Connection();
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  std::vector<Values> select(std::string_view sql, std::span<Storage const> columns, Values const& arguments);
  std::int64_t execute(std::string_view sql, Values const& arguments);
  /// Runs text as it is, without arguments and without keeping it prepared (DDL, ROLLBACK).
  void run(std::string_view sql);
  void begin();
  void commit();
  [[nodiscard]] Dialect dialect() const { return rules_->dialect(); }
  /// Bounds the statements from here on; zero lifts the bound.
  void limit(Milliseconds most);
  /// Opens the session anew after Lost.
  void reopen();

 private:
  struct Prepared;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  Prepared& prepared(std::string_view sql, std::span<Storage const> columns, Values const& arguments);

  [[noreturn]] void give_up(std::string_view sql, std::exception_ptr const& thrown);

  DialectRules const* rules_;
  bool writes_;
  Deadline deadline_{};
  std::unique_ptr<soci::session> session_;
  std::unordered_map<std::string, std::unique_ptr<Prepared>, TextHash, std::equal_to<>> statements_;
};

}  // namespace yunzhi::store
