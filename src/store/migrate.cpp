#include "store/migrate.hpp"

#include <map>

#include "base/digest.hpp"

namespace yunzhi::store {
namespace {

std::string_view text_for(Migration const& migration, Dialect dialect) {
  return dialect == Dialect::sqlite ? migration.sqlite : migration.postgresql;
}

// Statements end with a semicolon at the end of a line.
std::vector<std::string> statements(std::string_view text) {
  std::vector<std::string> found;
  std::string current;
  while (!text.empty()) {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.starts_with("--") || (line.empty() && current.empty())) continue;
    current += line;
    if (line.ends_with(';')) {
      current.pop_back();
      found.push_back(std::move(current));
      current.clear();
    } else {
      current += '\n';
    }
  }
  if (current.find_first_not_of(" \n\t") != std::string::npos) found.push_back(std::move(current));
  return found;
}

}  // namespace

Result<> migrate(Connection& connection, std::vector<Migration> const& migrations, Instant now) {
  connection.begin();
  try {
    if (connection.dialect() == Dialect::postgresql) connection.run("select pg_advisory_xact_lock(9020211)");
    connection.run(
        "create table if not exists migration (owner text not null, number bigint not null, name text not "
        "null, "
        "checksum text not null, applied_at bigint not null, primary key (owner, number))");
    constexpr Storage columns[] = {Storage::text, Storage::integer, Storage::text};
    std::map<std::pair<std::string, std::int64_t>, std::string> applied;
    for (auto const& row : connection.select("select owner, number, checksum from migration", columns, {}))
      applied[{std::get<std::string>(row[0]), std::get<std::int64_t>(row[1])}] =
          std::get<std::string>(row[2]);
    for (auto const& migration : migrations) {
      auto const text = text_for(migration, connection.dialect());
      auto const checksum = sha256_hex(text);
      auto const before = applied.extract({migration.owner, std::int64_t{migration.number}});
      if (!before.empty() && before.mapped() != checksum) {
        connection.run("rollback");
        return refuse(Why::conflict, "", "migration {} {} was changed after it was applied to this database",
                      migration.owner, migration.number);
      }
      if (!before.empty()) continue;
      for (auto const& statement : statements(text)) connection.run(statement);
      connection.execute(
          "insert into migration (owner, number, name, checksum, applied_at) "
          "values (:owner, :number, :name, :checksum, :at)",
          {migration.owner, std::int64_t{migration.number}, migration.name, checksum, to_ms(now)});
    }
    if (!applied.empty()) {
      connection.run("rollback");
      return refuse(Why::conflict, "",
                    "this database was written by a newer version (migration {} {} is unknown here)",
                    applied.begin()->first.first, applied.begin()->first.second);
    }
    connection.run("commit");
    return {};
  } catch (...) {
    connection.run("rollback");
    throw;
  }
}

}  // namespace yunzhi::store
