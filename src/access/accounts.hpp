// Accounts and the roles people hold, with the rules of separated duties (三员分立): nobody changes the own
// account or roles, roles that exclude each other never meet in one person, and an officer's password is
// changed by that officer alone.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "access/sessions.hpp"

namespace yunzhi::access {

/// A new account, for a person who exists or is made with it.
struct NewAccount {
  std::string account;
  std::string password_hash;
  std::string person;  ///< id; empty: a new person of that name
  std::string name;
  std::string unit;
  std::set<std::string> roles;
};

struct AccountChange {
  std::optional<bool> disabled;
  std::optional<std::set<std::string>> roles;
  std::optional<std::string> password_hash;
};

/// Gives a new record of a kind its number (numbering.yaml of the pack).
using Numbering = std::function<std::string(store::Edit&, std::string_view kind)>;

/// The account's name as it is kept: lower case, 2 to 64 letters, digits, dots, dashes or underscores.
Result<std::string> account_name(std::string_view text);

class Accounts {
 public:
  Accounts(Roles const& roles, Sessions& sessions, Numbering numbering);

  /// The new account's id. Leaves the ledger entry to the caller.
  Result<std::string> add(store::Edit& edit, Actor const& actor, NewAccount account);
  /// Applies what is given and gives the change for the ledger: field to [old, new].
  Result<json::object> change(store::Edit& edit, Actor const& actor, std::string_view id,
                              AccountChange change);

  /// A new person in a unit; the id.
  std::string add_person(store::Edit& edit, Actor const& actor, std::string_view name, std::string_view unit);
  std::string add_unit(store::Edit& edit, Actor const& actor, std::string_view name);
  void grant(store::Edit& edit, Actor const& actor, std::string_view person,
             std::set<std::string> const& roles);

 private:
  struct Held;
  Result<> change_roles(store::Edit& edit, Actor const& actor, Held const& held,
                        std::set<std::string> const& roles, json::object& told);

  Roles const& roles_;
  Sessions& sessions_;
  Numbering numbering_;
};

}  // namespace yunzhi::access
