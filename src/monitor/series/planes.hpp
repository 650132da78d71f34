// Whole numbers as planes of bytes: first all lowest bytes, then all second ones. Numbers of a kind have
// equal high bytes, which stand together then and cost a compressor next to nothing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yunzhi::monitor {

/// One byte of width (0 to 8), then that many planes.
void put_planes(std::string& out, std::span<std::uint64_t const> numbers);
/// Takes them off the front; false when the bytes are too few.
bool take_planes(std::string_view& bytes, std::size_t count, std::vector<std::uint64_t>& numbers);

/// Small negative numbers become small positive ones, and back.
constexpr std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0);
}
constexpr std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1));
}

/// How many bytes an ideal coder of single bytes needs for the text: what a compressor can hope for.
double entropy_bytes(std::string_view bytes);

}  // namespace yunzhi::monitor
