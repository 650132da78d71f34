// The first run: the organisation, its three officers and the first operations people, all at once and only
// while there is no account. No default password exists anywhere.
#pragma once

#include <string>
#include <vector>

#include "access/accounts.hpp"
#include "access/password.hpp"

namespace yunzhi::access {

struct SetupInput {
  struct Person {
    std::string account;
    std::string name;
    std::string password;
    std::string password_hash;  ///< filled in by hash_passwords
    std::set<std::string> roles;
  };
  std::string code;
  std::string organisation;
  std::vector<Person> accounts;
};

/// Reads and checks {code, organisation, accounts: [{account, name, password, roles}]}: exactly one account
/// for each officer, at least one operations supervisor, roles that go together, names that differ.
Result<SetupInput> read_setup(json::object const& body, Roles const& roles);

/// Takes a second or so: never on a thread others wait for.
void hash_passwords(SetupInput& input, PasswordCost cost, std::string_view pepper);

bool setup_needed(store::Reader& reader);

/// Writes everything, ledger entry included. Refused as a conflict once there is an account.
Result<> setup(store::Edit& edit, Accounts& accounts, SetupInput const& input, std::string_view request_id);

}  // namespace yunzhi::access
