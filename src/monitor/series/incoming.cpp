#include "monitor/series/incoming.hpp"

#include <cstring>

namespace yunzhi::monitor {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t odd_a = 0xa0761d6478bd642fULL;
constexpr std::uint64_t odd_b = 0xe7037ed1a0b428dbULL;
constexpr std::uint64_t odd_c = 0x8ebc6af09c88c6e3ULL;

// Both halves of a 64 x 64 bit product, folded together.
std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  auto const product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t word(char const* from) {
  std::uint64_t value = 0;
  std::memcpy(&value, from, sizeof(value));
  return value;
}

}  // namespace

// Two lanes with a secret seed each take the text 16 bytes at a time.
SeriesKey KeyMaker::key(std::string_view bytes) const {
  auto low = seed_.low ^ bytes.size();
  auto high = seed_.high;
  auto const* at = bytes.data();
  auto left = bytes.size();
  auto take = [&](std::uint64_t first, std::uint64_t second) {
    low = fold(first ^ odd_a, second ^ low);
    high = fold(first ^ high, second ^ odd_b);
  };
  for (; left >= 16; left -= 16, at += 16) take(word(at), word(at + 8));
  if (left > 0) {
    char rest[16] = {};
    std::memcpy(rest, at, left);
    take(word(rest), word(rest + 8));
  }
  return {fold(low ^ odd_c, seed_.high ^ odd_a), fold(high ^ odd_b, seed_.low ^ odd_c)};
}

}  // namespace yunzhi::monitor
