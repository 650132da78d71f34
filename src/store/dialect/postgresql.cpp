// PostgreSQL 13 or newer, fsync and synchronous_commit as the server has them.
#include <algorithm>

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include "store/connection.hpp"

namespace yunzhi::store {
namespace {

// SOCI looks for its own options in the text as "key=value" pairs and spoils an address in URL form.
std::string keywords(std::string const& url) {
  char* reason = nullptr;
  auto* parsed = PQconninfoParse(url.c_str(), &reason);
  if (parsed == nullptr) {
    std::string const text = reason == nullptr ? "out of memory" : reason;
    PQfreemem(reason);
    throw std::runtime_error("the database address is not valid: " + text);
  }
  std::string all;
  for (auto* option = parsed; option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    all += std::string(option->keyword) + "='";
    for (char const* at = option->val; *at != '\0'; ++at) {
      if (*at == '\'' || *at == '\\') all += '\\';
      all += *at;
    }
    all += "' ";
  }
  PQconninfoFree(parsed);
  return all;
}

class PostgresqlRules : public DialectRules {
 public:
  explicit PostgresqlRules(std::string const& url) : keywords_(keywords(url)) {}

  [[nodiscard]] Dialect dialect() const override { return Dialect::postgresql; }

  std::unique_ptr<soci::session> open(bool writes) const override {
    auto session = std::make_unique<soci::session>("postgresql", keywords_);
    session->once << "set client_min_messages = warning";
    session->once << "set time zone 'UTC'";
    session->once << "set idle_in_transaction_session_timeout = 60000";
    if (!writes) session->once << "set default_transaction_read_only = on";
    return session;
  }

  [[nodiscard]] std::string_view begin(bool writes) const override {
    return writes ? "begin" : "begin isolation level repeatable read read only";
  }

  void limit(soci::session& session, Deadline const* deadline) const override {
    auto const left = std::chrono::duration_cast<Milliseconds>(*deadline - std::chrono::steady_clock::now());
    session.once << "set statement_timeout = "
                 << (*deadline == Deadline{} ? 0 : std::max<long long>(left.count(), 1));
  }

  std::exception_ptr translate(soci::session& session, std::exception const& thrown) const override {
    std::string state;
    if (auto const* error = dynamic_cast<soci::postgresql_soci_error const*>(&thrown))
      state = error->sqlstate();
    if (state == "23505") return std::make_exception_ptr(Broken(Broken::Rule::unique, thrown.what()));
    if (state == "23503") return std::make_exception_ptr(Broken(Broken::Rule::foreign, thrown.what()));
    if (state == "23514" || state == "23502")
      return std::make_exception_ptr(Broken(Broken::Rule::check, thrown.what()));
    if (state == "57014") return std::make_exception_ptr(Slow(thrown.what()));
    if (state == "53100") return std::make_exception_ptr(Full(thrown.what()));
    auto* backend = static_cast<soci::postgresql_session_backend*>(session.get_backend());
    bool const gone = backend->conn_ == nullptr || PQstatus(backend->conn_) != CONNECTION_OK;
    if (gone || state.starts_with("08") || state.starts_with("57P"))
      return std::make_exception_ptr(Lost(thrown.what()));
    return std::make_exception_ptr(std::runtime_error(thrown.what()));
  }

 private:
  std::string keywords_;
};

}  // namespace

std::unique_ptr<DialectRules> postgresql_rules(std::string const& url) {
  return std::make_unique<PostgresqlRules>(url);
}

}  // namespace yunzhi::store
