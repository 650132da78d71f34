// What a TLS connection tells of its peer's certificates.
#pragma once

#include <cstdint>

#include <openssl/ssl.h>

namespace yunzhi::monitor {

/// When the first of the peer's certificates ends, in seconds since 1970; 0 without certificates.
std::int64_t earliest_certificate_end(SSL* connection);

}  // namespace yunzhi::monitor
