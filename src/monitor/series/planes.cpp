#include "monitor/series/planes.hpp"

#include <array>
#include <bit>
#include <cmath>

namespace yunzhi::monitor {

void put_planes(std::string& out, std::span<std::uint64_t const> numbers) {
  std::uint64_t all = 0;
  for (auto const number : numbers) all |= number;
  auto const width = (static_cast<unsigned>(std::bit_width(all)) + 7U) / 8U;
  out += static_cast<char>(width);
  auto at = out.size();
  out.resize(at + width * numbers.size());
  for (unsigned plane = 0; plane < width; ++plane) {
    for (auto const number : numbers) out[at++] = static_cast<char>(number >> (8U * plane));
  }
}

bool PlanesView::take(std::string_view& bytes, std::size_t count, PlanesView& view) {
  if (bytes.empty()) return false;
  view.width_ = static_cast<unsigned char>(bytes.front());
  view.count_ = count;
  bytes.remove_prefix(1);
  if (view.width_ > 8 || (view.width_ > 0 && bytes.size() / view.width_ < count)) return false;
  view.bytes_ = reinterpret_cast<unsigned char const*>(bytes.data());
  bytes.remove_prefix(view.width_ * count);
  return true;
}

double entropy_bytes(std::string_view bytes) {
  std::array<std::uint32_t, 256> counts{};
  for (char const c : bytes) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  auto const total = static_cast<double>(bytes.size());
  for (auto const count : counts) {
    if (count > 0) bits -= count * std::log2(count / total);
  }
  return bits / 8;
}

}  // namespace yunzhi::monitor
