// Digests, for the ledger, entity tags and content addresses.
#pragma once

#include <string>
#include <string_view>

namespace yunzhi {

/// SHA-256 (FIPS 180-4) as 32 bytes.
std::string sha256(std::string_view bytes);

/// Bytes as lower-case hexadecimal.
std::string hex(std::string_view bytes);

/// SHA-256 as 64 hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace yunzhi
