// UTF-8 as the product needs it: validity, length in characters, cutting at a character.
#pragma once

#include <cstddef>
#include <string_view>

namespace yunzhi {

/// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, no overlong forms).
bool valid_utf8(std::string_view text);

/// The number of code points; the text must be valid.
std::size_t characters(std::string_view text);

/// The first `count` code points of a valid text.
std::string_view first_characters(std::string_view text, std::size_t count);

}  // namespace yunzhi
