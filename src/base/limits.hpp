// Every bound on what the product takes in, by name and unit. A limit that is not here does not exist.
#pragma once

#include <cstddef>

namespace yunzhi::limits {

inline constexpr std::size_t json_depth = 32;                           // nested arrays and objects
inline constexpr std::size_t body_bytes = 1 << 20;                      // one API request
inline constexpr std::size_t attachment_bytes = std::size_t{32} << 20;  // one attached file
inline constexpr std::size_t header_bytes = 16 << 10;                   // request line and headers together
inline constexpr std::size_t line_characters = 200;                     // one-line text
inline constexpr std::size_t prose_characters = 20'000;                 // text of several lines
inline constexpr std::size_t code_characters = 100'000;  // scripts, expressions, documents as text
inline constexpr std::size_t references_count = 500;     // ids in one field of references
inline constexpr std::size_t page_rows = 200;            // rows of one answer
inline constexpr std::size_t filter_values = 50;         // alternatives of one filter

}  // namespace yunzhi::limits
