// Packs and unpacks the Snappy block format, in which remote_write bodies come.
// Format: github.com/google/snappy, format_description.txt.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::monitor {

/// Refused when the bytes are no snappy block or would unpack to more than `limit` bytes.
Result<std::string> unsnap(std::string_view packed, std::size_t limit);

/// Packs bytes; a greedy match finder, as remote_write's bodies need when we are the sender.
std::string snap(std::string_view raw);

}  // namespace yunzhi::monitor
