#include "access/accounts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "access/directory.hpp"
#include "base/id.hpp"
#include "base/text/utf8.hpp"

namespace yunzhi::access {

struct Accounts::Held {
  std::string id;
  std::string person;
  bool disabled = false;
  std::set<std::string> roles;
};

namespace {

json::array to_json(std::set<std::string> const& texts) {
  return json::array(texts.begin(), texts.end());
}

// Counts on from the rows there are, for a store without the pack's numbering.
std::string count_on(store::Edit& edit, std::string_view kind) {
  auto const rows = kind == "unit" ? edit.one<std::int64_t>("select count(*) from unit")
                                   : edit.one<std::int64_t>("select count(*) from person");
  return kind == "unit" ? fmt::format("U-{:03}", *rows + 1) : fmt::format("P-{:04}", *rows + 1);
}

Result<> check_not_self(Actor const& actor, std::string_view person) {
  if (actor.person != person) return {};
  return refuse(Why::forbidden, "", "nobody changes the own account or roles");
}

}  // namespace

Result<std::string> account_name(std::string_view text) {
  std::string name;
  bool fine = valid_utf8(text) && characters(text) >= 2 && characters(text) <= 64;
  for (char const one : text) {
    bool const letter =
        (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || static_cast<signed char>(one) < 0;
    bool const other = (one >= '0' && one <= '9') || one == '.' || one == '-' || one == '_' || one == '@';
    fine = fine && (letter || other);
    name += one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
  }
  if (fine) return name;
  return refuse(Why::invalid, "/account",
                "an account has 2 to 64 letters, digits, dots, dashes or underscores");
}

Accounts::Accounts(Roles const& roles, Sessions& sessions, Numbering numbering)
    : roles_(roles),
      sessions_(sessions),
      numbering_(numbering ? std::move(numbering) : Numbering(count_on)) {}

std::string Accounts::add_unit(store::Edit& edit, Actor const& actor, std::string_view name) {
  auto id = new_id(edit.now());
  edit.run(
      "insert into unit (id, number, created_at, created_by, updated_at, version, name) "
      "values (:id, :number, :created, :by, :updated, 1, :name)",
      id, numbering_(edit, "unit"), edit.now(), actor.person, edit.now(), name);
  return id;
}

std::string Accounts::add_person(store::Edit& edit, Actor const& actor, std::string_view name,
                                 std::string_view unit) {
  auto id = new_id(edit.now());
  auto const home = unit.empty() ? std::nullopt : std::optional(std::string(unit));
  edit.run(
      "insert into person (id, number, created_at, created_by, updated_at, version, name, unit, active) "
      "values (:id, :number, :created, :by, :updated, 1, :name, :unit, 1)",
      id, numbering_(edit, "person"), edit.now(), actor.person, edit.now(), name, home);
  return id;
}

void Accounts::grant(store::Edit& edit, Actor const& actor, std::string_view person,
                     std::set<std::string> const& roles) {
  edit.run("delete from person_role where person = :person", person);
  for (auto const& role : roles)
    edit.run(
        "insert into person_role (person, role, granted_by, granted_at) values (:person, :role, :by, :at)",
        person, role, actor.person, edit.now());
}

Result<std::string> Accounts::add(store::Edit& edit, Actor const& actor, NewAccount account) {
  auto const name = account_name(account.account);
  if (!name) return name.error();
  if (edit.one<std::string>("select id from account where name = :name", *name))
    return refuse(Why::conflict, "/account", "there is an account of this name already");
  if (!account.roles.empty()) {
    if (scope(actor, "role.grant") == Scope::none)
      return refuse(Why::forbidden, "/roles", "only the security officer grants roles");
    if (auto fit = roles_.compatible(account.roles); !fit) return fit.error();
  }
  if (account.person.empty()) {
    account.person = add_person(edit, actor, account.name, account.unit);
  } else {
    if (!edit.one<std::string>("select id from person where id = :id", account.person))
      return refuse(Why::invalid, "/person", "there is no such person");
    if (edit.one<std::string>("select id from account where person = :person", account.person))
      return refuse(Why::conflict, "/person", "this person has an account already");
  }
  auto const id = new_id(edit.now());
  edit.run(
      "insert into account (id, person, name, password, language, disabled, created_at, created_by, "
      "password_changed_at) values (:id, :person, :name, :password, '', 0, :created, :by, :changed)",
      id, account.person, *name, account.password_hash, edit.now(), actor.person, edit.now());
  if (!account.roles.empty()) grant(edit, actor, account.person, account.roles);
  return id;
}

Result<json::object> Accounts::change(store::Edit& edit, Actor const& actor, std::string_view id,
                                      AccountChange change) {
  auto const row =
      edit.row<std::string, std::string, bool>("select id, person, disabled from account where id = :id", id);
  if (!row) return not_found();
  Held const held{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row), roles_of(edit, std::get<1>(*row))};
  if (auto fit = check_not_self(actor, held.person); !fit) return fit.error();
  json::object told;
  if (change.roles && *change.roles != held.roles) {
    if (auto done = change_roles(edit, actor, held, *change.roles, told); !done) return done.error();
  }
  if (change.password_hash) {
    if (Roles::is_officer(held.roles))
      return refuse(Why::forbidden, "/password", "an officer's password is changed by that officer alone");
    edit.run("update account set password = :hash, password_changed_at = :at where id = :id",
             *change.password_hash, edit.now(), id);
    told["password"] = json::array{"***", "***"};
    sessions_.end_of(edit, held.person, true);
  }
  if (change.disabled && *change.disabled != held.disabled) {
    edit.run("update account set disabled = :disabled where id = :id", *change.disabled, id);
    told["disabled"] = json::array{held.disabled, *change.disabled};
    sessions_.end_of(edit, held.person, false);
    sessions_.refresh(edit, held.person);
  }
  return told;
}

Result<> Accounts::change_roles(store::Edit& edit, Actor const& actor, Held const& held,
                                std::set<std::string> const& roles, json::object& told) {
  if (scope(actor, "role.grant") == Scope::none)
    return refuse(Why::forbidden, "/roles", "only the security officer grants roles");
  if (auto fit = roles_.compatible(roles); !fit) return fit;
  grant(edit, actor, held.person, roles);
  told["roles"] = json::array{to_json(held.roles), to_json(roles)};
  // Rights change: whoever is signed in signs in again; API tokens act with the new rights.
  sessions_.end_of(edit, held.person, false);
  sessions_.refresh(edit, held.person);
  return {};
}

}  // namespace yunzhi::access
