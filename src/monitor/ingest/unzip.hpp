// Unpacks gzip (RFC 1952), as pushed bodies and scraped pages may come.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::monitor {

/// Refused when the bytes are no whole gzip stream or would unpack to more than `limit` bytes.
Result<std::string> gunzip(std::string_view packed, std::size_t limit);

}  // namespace yunzhi::monitor
