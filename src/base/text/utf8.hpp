// UTF-8 as the product needs it: validity, length in characters, cutting at a character.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace yunzhi {

/// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, no overlong forms).
bool valid_utf8(std::string_view text);

/// The text with U+FFFD for every byte that belongs to no well-formed sequence.
std::string mended_utf8(std::string_view text);

/// The longest beginning of at most `bytes` bytes that cuts no character of a valid text.
std::string_view first_bytes(std::string_view text, std::size_t bytes);

/// The number of code points; the text must be valid.
std::size_t characters(std::string_view text);

/// The first `count` code points of a valid text.
std::string_view first_characters(std::string_view text, std::size_t count);

}  // namespace yunzhi
