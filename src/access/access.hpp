// Everything about who may do what, put together: sessions, accounts, the gate and the routes of sign-in.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "access/accounts.hpp"
#include "access/gate.hpp"
#include "access/hasher.hpp"
#include "access/password.hpp"
#include "access/throttle.hpp"

namespace yunzhi::access {

struct Options {
  GateOptions gate;
  SessionLimits sessions;
  PasswordCost cost;
  std::string pepper;  ///< secret for passwords, kept outside the database
  Throttle::Limits account_limits{5, std::chrono::seconds{12}, std::chrono::minutes{1}};
  Throttle::Limits address_limits{5, std::chrono::seconds{12}, std::chrono::minutes{15}};
  bool unthrottled_loopback = false;  ///< for tests: addresses of this machine may guess freely
  std::string setup_code;             ///< empty: a random one
  bool demo = false;
  std::string version;
  Numbering numbering;  ///< empty: counts on from the rows there are
};

/// The parts, for the files that add routes.
struct Parts {
  Parts(store::Store& opened, Roles known, Options given);

  store::Store& store;
  Roles roles;
  Options options;
  Sessions sessions;
  Gate gate;
  Accounts accounts;
  Throttle by_account;
  Throttle by_address;
  std::string setup_code;
  Hasher hasher;  // last: its threads end before what they use
};

class Access {
 public:
  /// Reads the live sessions. Refused when the pack's roles do not fit together.
  static Result<std::unique_ptr<Access>> make(store::Store& store, std::vector<Role> roles, Options options);

  /// Adds /setup, /sessions, /api-tokens, /accounts and /roles below /api/v1.
  void add_routes(http::Router& router);

  [[nodiscard]] Gate& gate() { return parts_.gate; }
  [[nodiscard]] Sessions& sessions() { return parts_.sessions; }
  [[nodiscard]] Accounts& accounts() { return parts_.accounts; }
  [[nodiscard]] Roles const& roles() const { return parts_.roles; }

  /// The one-time code of the first run; empty once there is an account.
  [[nodiscard]] std::string setup_code();
  /// The first run without a browser: the body of POST /setup, no code needed.
  Result<> setup(json::object const& body);

 private:
  Access(store::Store& store, Roles roles, Options options);
  Parts parts_;
};

}  // namespace yunzhi::access
