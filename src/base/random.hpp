// Randomness from the operating system, for keys and identifiers.
#pragma once

#include <cstddef>
#include <string>

namespace yunzhi {

/// `count` bytes fit for keys and tokens (libsodium randombytes).
std::string random_bytes(std::size_t count);

/// `bytes` random bytes as URL-safe base64 without padding, for tokens.
std::string random_token(std::size_t bytes);

}  // namespace yunzhi
