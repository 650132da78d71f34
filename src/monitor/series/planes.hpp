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

/// Reads planes in place, from any position on.
class PlanesView {
 public:
  /// Takes them off the front; false when the bytes are too few.
  static bool take(std::string_view& bytes, std::size_t count, PlanesView& view);

  /// Calls with the numbers from position `begin` until before `end`, in order.
  template <class Visit>
  void each(std::size_t begin, std::size_t end, Visit visit) const {
    switch (width_) {
      case 0:
        return each_of<0>(begin, end, visit);
      case 1:
        return each_of<1>(begin, end, visit);
      case 2:
        return each_of<2>(begin, end, visit);
      case 3:
        return each_of<3>(begin, end, visit);
      case 4:
        return each_of<4>(begin, end, visit);
      case 5:
        return each_of<5>(begin, end, visit);
      case 6:
        return each_of<6>(begin, end, visit);
      case 7:
        return each_of<7>(begin, end, visit);
      default:
        return each_of<8>(begin, end, visit);
    }
  }

 private:
  template <unsigned width, class Visit>
  void each_of(std::size_t begin, std::size_t end, Visit& visit) const {
    for (std::size_t i = begin; i < end; ++i) {
      std::uint64_t number = 0;
      for (unsigned plane = 0; plane < width; ++plane)
        number |= std::uint64_t{bytes_[plane * count_ + i]} << (8U * plane);
      visit(number);
    }
  }

  unsigned char const* bytes_ = nullptr;
  std::size_t count_ = 0;
  unsigned width_ = 0;
};

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
