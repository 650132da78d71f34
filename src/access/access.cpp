#include "access/access.hpp"

#include "access/routes.hpp"
#include "access/setup.hpp"
#include "base/random.hpp"

namespace yunzhi::access {
namespace {
constexpr std::size_t setup_code_bytes = 16;
}

Parts::Parts(store::Store& opened, Roles known, Options given)
    : store(opened),
      roles(std::move(known)),
      options(std::move(given)),
      sessions(roles, options.sessions),
      gate(store, sessions, options.gate),
      accounts(roles, sessions, options.numbering),
      by_account(options.account_limits),
      by_address(options.address_limits),
      setup_code(options.setup_code.empty() ? random_token(setup_code_bytes) : options.setup_code) {}

Access::Access(store::Store& store, Roles roles, Options options)
    : parts_(store, std::move(roles), std::move(options)) {}

Result<std::unique_ptr<Access>> Access::make(store::Store& store, std::vector<Role> roles, Options options) {
  auto known = Roles::make(std::move(roles));
  if (!known) return known.error();
  std::unique_ptr<Access> access(new Access(store, std::move(*known), std::move(options)));
  auto const now = store.clock()();
  store.read([&](store::Reader& reader) { access->parts_.sessions.load(reader, now); });
  return access;
}

void Access::add_routes(http::Router& router) {
  add_setup_routes(router, parts_);
  add_session_routes(router, parts_);
  add_token_routes(router, parts_);
  add_account_routes(router, parts_);
}

std::string Access::setup_code() {
  bool const needed = parts_.store.read([](store::Reader& reader) { return setup_needed(reader); });
  return needed ? parts_.setup_code : std::string();
}

Result<> Access::setup(json::object const& body) {
  auto input = read_setup(body, parts_.roles);
  if (!input) return input.error();
  hash_passwords(*input, parts_.options.cost, parts_.options.pepper);
  return parts_.store.write(
      [&](store::Edit& edit) { return access::setup(edit, parts_.accounts, *input, "command-line"); });
}

}  // namespace yunzhi::access
