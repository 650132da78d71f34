// The one door to the database. Reads run on a pool of read-only connections, writes as commands: one
// command is one all-or-nothing unit with its ledger entry, acknowledged only after COMMIT. On SQLite a
// single thread owns the single writing connection and commits many commands at once (group commit).
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "describe/field.hpp"

namespace yunzhi::store {

using describe::Storage;

/// A value of a column or an argument. Instants travel as milliseconds, flags as 0 or 1.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string>;
using Values = std::vector<Value>;

namespace detail {
Value to_value(std::nullptr_t);
Value to_value(bool value);
Value to_value(std::int64_t value);
Value to_value(int value);
Value to_value(double value);
Value to_value(std::string_view value);
Value to_value(char const* value);
Value to_value(std::string const& value);
Value to_value(Instant value);
template <class T>
Value to_value(std::optional<T> const& value) {
  return value ? to_value(*value) : Value(nullptr);
}

template <class C>
struct Column;
template <>
struct Column<std::string> {
  static constexpr Storage storage = Storage::text;
  static std::string take(Value& value);
};
template <>
struct Column<std::int64_t> {
  static constexpr Storage storage = Storage::integer;
  static std::int64_t take(Value& value);
};
template <>
struct Column<bool> {
  static constexpr Storage storage = Storage::integer;
  static bool take(Value& value);
};
template <>
struct Column<double> {
  static constexpr Storage storage = Storage::real;
  static double take(Value& value);
};
template <>
struct Column<Instant> {
  static constexpr Storage storage = Storage::integer;
  static Instant take(Value& value);
};
template <class C>
struct Column<std::optional<C>> {
  static constexpr Storage storage = Column<C>::storage;
  static std::optional<C> take(Value& value) {
    if (std::holds_alternative<std::nullptr_t>(value)) return std::nullopt;
    return Column<C>::take(value);
  }
};
}  // namespace detail

enum class Dialect { sqlite, postgresql };

class Connection;

/// Reads from one consistent snapshot. Arguments are bound in order of the `:names` in the SQL, and each
/// name stands there once. Statements are prepared once per connection and text, so the text must not
/// carry values. Portable SQL only; `dialect()` is for the rare difference.
class Reader {
 public:
  explicit Reader(Connection& connection) : connection_(&connection) {}

  /// Rows as values; `columns` names the storage of each selected column.
  std::vector<Values> select(std::string_view sql, std::span<Storage const> columns, Values const& arguments);

  /// Rows as tuples: `reader.rows<std::string, Instant>("select id, at from task where role = :role", role)`.
  /// Types: std::string, std::int64_t, double, bool, Instant and std::optional of them.
  template <class... C, class... A>
  std::vector<std::tuple<C...>> rows(std::string_view sql, A const&... arguments) {
    constexpr Storage columns[] = {detail::Column<C>::storage...};
    auto found = select(sql, columns, Values{detail::to_value(arguments)...});
    std::vector<std::tuple<C...>> typed;
    typed.reserve(found.size());
    for (auto& values : found) typed.push_back(tuple<C...>(values, std::index_sequence_for<C...>()));
    return typed;
  }

  /// The same with the columns of a std::tuple that has a name: `reader.rows_of<TaskRow>("select …")`.
  template <class Row, class... A>
  std::vector<Row> rows_of(std::string_view sql, A const&... arguments) {
    return [&]<class... C>(std::type_identity<std::tuple<C...>>) {
      return rows<C...>(sql, arguments...);
    }(std::type_identity<Row>());
  }
  template <class Row, class... A>
  std::optional<Row> row_of(std::string_view sql, A const&... arguments) {
    auto found = rows_of<Row>(sql, arguments...);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  }

  /// The first row, or nothing.
  template <class... C, class... A>
  std::optional<std::tuple<C...>> row(std::string_view sql, A const&... arguments) {
    auto found = rows<C...>(sql, arguments...);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  }

  /// The first column of the first row, or nothing.
  template <class C, class... A>
  std::optional<C> one(std::string_view sql, A const&... arguments) {
    auto found = rows<C>(sql, arguments...);
    if (found.empty()) return std::nullopt;
    return std::move(std::get<0>(found.front()));
  }

  [[nodiscard]] Dialect dialect() const;

  /// Statements of this read that run longer than `most` end with Slow. Holds until the read is over.
  void limit(Milliseconds most);

 protected:
  Connection* connection_;

 private:
  template <class... C, std::size_t... I>
  static std::tuple<C...> tuple(Values& values, std::index_sequence<I...>) {
    return {detail::Column<C>::take(values[I])...};
  }
};

/// What a command leaves in the ledger: who did what to which subject, and what changed.
struct Entry {
  std::string actor;    ///< person id, or "system:<part>"
  std::string action;   ///< "incident.report", "task.complete"
  std::string subject;  ///< "incident/0190…"; empty when there is none
  json::value change;   ///< {"field": [old, new]} or what else tells the act; secrets never
  std::string request_id;
};

/// The inside of one command.
class Edit : public Reader {
 public:
  Edit(Connection& connection, Instant now) : Reader(connection), now_(now) {}

  /// Runs a statement; the number of rows it touched. A broken unique or foreign key throws Broken.
  std::int64_t execute(std::string_view sql, Values const& arguments);
  template <class... A>
  std::int64_t run(std::string_view sql, A const&... arguments) {
    return execute(sql, Values{detail::to_value(arguments)...});
  }

  /// Exactly one entry per command: a second call is a programmer's error (throws).
  void record(Entry entry);
  [[nodiscard]] bool recorded() const { return entry_.has_value(); }

  /// Undoes everything at the end although the command succeeds: a dry run.
  void discard() { discarded_ = true; }

  /// Runs after the commit, in order, on the writing thread; it must not block or throw.
  void after_commit(std::function<void()> act);

  /// The time of the command: one value for all rows it writes.
  [[nodiscard]] Instant now() const { return now_; }

 private:
  friend class Commands;
  Instant now_;
  std::optional<Entry> entry_;
  bool discarded_ = false;
  std::vector<std::function<void()>> after_commit_;
};

/// A rule of the schema was broken by a statement.
struct Broken : std::runtime_error {
  enum class Rule { unique, foreign, check, other };
  Rule rule;
  Broken(Rule broken, std::string const& text) : std::runtime_error(text), rule(broken) {}
};

/// The disk is full or read-only: nothing was stored.
struct Full : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A statement ran longer than its reader was allowed to.
struct Slow : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// More commands wait than the queue holds; try again.
struct Overloaded : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Migration {
  std::string owner;  ///< room or module
  int number = 0;
  std::string name;
  std::string sqlite;  ///< statements separated by ";\n"
  std::string postgresql;
};

struct Options {
  std::string data;      ///< folder; holds yunzhi.db and attachments/
  std::string database;  ///< empty: SQLite in `data`; else postgresql://…
  unsigned readers = 4;
  Clock clock = wall_clock;
  std::function<void()> on_fatal;  ///< the database failed in a way only a restart mends; must not return
};

class Store {
 public:
  /// Opens and migrates. Refused with a plain sentence when another server holds the data folder, the
  /// schema is newer than this program, or the database cannot be reached.
  static Result<std::unique_ptr<Store>> open(Options options, std::vector<Migration> const& migrations);
  /// Opens an existing database for reading only, beside a running server; `write` throws.
  static Result<std::unique_ptr<Store>> open_to_read(Options options);
  virtual ~Store() = default;

  /// A command: committed when it returns a value, rolled back when it returns a refusal or throws (the
  /// exception comes out of write). A command that changed something must have recorded its entry.
  template <class Do>
  auto write(Do&& act) -> std::invoke_result_t<Do, Edit&> {
    std::optional<std::invoke_result_t<Do, Edit&>> result;
    run([&](Edit& edit) {
      result.emplace(act(edit));
      return result->has_value();
    });
    return std::move(*result);
  }

  /// The same without waiting: `act` runs on a writing thread; it returns whether to commit. `done` is
  /// called after COMMIT (or ROLLBACK) with the exception that ended the command, if any.
  virtual void submit(std::function<bool(Edit&)> act, std::function<void(std::exception_ptr)> done) = 0;

  template <class Do>
  auto read(Do&& act) -> std::invoke_result_t<Do, Reader&> {
    using R = std::invoke_result_t<Do, Reader&>;
    if constexpr (std::is_void_v<R>) {
      look([&](Reader& reader) { act(reader); });
    } else {
      std::optional<R> result;
      look([&](Reader& reader) { result.emplace(act(reader)); });
      return std::move(*result);
    }
  }

  [[nodiscard]] virtual Dialect dialect() const = 0;
  [[nodiscard]] virtual Clock const& clock() const = 0;

 protected:
  virtual void look(std::function<void(Reader&)> const& act) = 0;

 private:
  void run(std::function<bool(Edit&)> act);
};

}  // namespace yunzhi::store
