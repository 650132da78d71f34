// Code points in UTF-8 text, as FEEL counts and escapes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace yunzhi::process {

/// Appends a code point; one that is no character (a surrogate, beyond 10FFFF) becomes U+FFFD.
void append_utf8(std::string& text, std::uint32_t code_point);
/// The bytes of the code point that begins the valid text; 0 at the end.
std::size_t first_character(std::string_view text);
/// The bytes of FEEL's white space that begin the text; 0 when there is none.
std::size_t leading_space(std::string_view text);

}  // namespace yunzhi::process
