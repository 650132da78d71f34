// Passwords: what is accepted, and argon2id (RFC 9106) for keeping them. Costly on purpose: never on a
// thread others wait for; see hasher.hpp.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::access {

struct PasswordCost {
  std::size_t memory_bytes = std::size_t{64} << 20;
  unsigned passes = 3;
};

inline constexpr std::size_t password_least = 10;  // characters
inline constexpr std::size_t password_most = 256;  // characters

/// Long enough, not too long, not among the common ones, not made of the account's name. `field` is the
/// JSON pointer of the password.
Result<> check_password(std::string_view password, std::string_view account, std::string_view field);

/// The PHC text to keep. `pepper` is a secret kept outside the database; empty: none.
std::string hash_password(std::string_view password, PasswordCost cost, std::string_view pepper);

/// Whether the password belongs to the hash. An empty hash never fits but costs the same time, so that an
/// unknown account cannot be told from a wrong password.
bool verify_password(std::string_view hash, std::string_view password, PasswordCost cost,
                     std::string_view pepper);

/// Whether the hash was made more cheaply than it would be now.
bool needs_rehash(std::string_view hash, PasswordCost cost);

}  // namespace yunzhi::access
