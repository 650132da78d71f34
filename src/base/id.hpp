// Identifiers: UUID version 7 (RFC 9562), as text, sortable by the time they were made.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace yunzhi {

/// A new identifier; those of one process made within one millisecond keep their order.
std::string new_id(Instant now);

/// Whether the text has the form of an identifier (36 characters, lower case).
bool is_id(std::string_view text);

}  // namespace yunzhi
