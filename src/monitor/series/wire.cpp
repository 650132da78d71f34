#include "monitor/series/wire.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace yunzhi::monitor {
namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1) != 0 ? (value >> 1) ^ 0x82f63b78U : value >> 1;
    table[i] = value;
  }
  return table;
}

constexpr auto crc_table = make_table();

// The files' order of bytes is this machine's own.
static_assert(std::endian::native == std::endian::little);

template <class T>
void put_little(std::string& out, T value) {
  std::array<char, sizeof(T)> bytes{};
  std::memcpy(bytes.data(), &value, sizeof(T));
  out.append(bytes.data(), bytes.size());
}

template <class T>
T get_little(std::string_view bytes) {
  T value = 0;
  if (!bytes.empty()) std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof(T)));
  return value;
}

}  // namespace

void put_u32(std::string& out, std::uint32_t value) {
  put_little(out, value);
}

void put_u64(std::string& out, std::uint64_t value) {
  put_little(out, value);
}

void put_varint(std::string& out, std::uint64_t value) {
  std::array<char, 10> bytes{};
  std::size_t size = 0;
  for (; value >= 0x80; value >>= 7) bytes[size++] = static_cast<char>(value | 0x80);
  bytes[size++] = static_cast<char>(value);
  out.append(bytes.data(), size);
}

void put_signed(std::string& out, std::int64_t value) {
  auto const raw = static_cast<std::uint64_t>(value);
  put_varint(out, (raw << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void put_text(std::string& out, std::string_view text) {
  put_varint(out, text.size());
  out += text;
}

namespace {

std::uint32_t crc_by_table(std::uint32_t value, std::string_view bytes) {
  for (char const c : bytes)
    value = crc_table[(value ^ static_cast<unsigned char>(c)) & 0xffU] ^ (value >> 8);
  return value;
}

#if defined(__x86_64__)
// The processor's own instruction, eight bytes a time.
__attribute__((target("sse4.2"))) std::uint32_t crc_by_instruction(std::uint32_t start,
                                                                   std::string_view bytes) {
  std::uint64_t value = start;
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof(word));
    value = __builtin_ia32_crc32di(value, word);
  }
  auto small = static_cast<std::uint32_t>(value);
  for (char const c : bytes) small = __builtin_ia32_crc32qi(small, static_cast<unsigned char>(c));
  return small;
}

bool has_instruction() {
  static bool const found = __builtin_cpu_supports("sse4.2") != 0;
  return found;
}
#endif

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
#if defined(__x86_64__)
  if (has_instruction()) return ~crc_by_instruction(~0U, bytes);
#endif
  return ~crc_by_table(~0U, bytes);
}

std::string_view Cursor::bytes(std::uint64_t count) {
  if (count > rest_.size()) {
    ok_ = false;
    rest_ = {};
    return {};
  }
  auto const result = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return result;
}

std::uint8_t Cursor::byte() {
  auto const one = bytes(1);
  return one.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(one.front());
}

std::uint32_t Cursor::u32() {
  return get_little<std::uint32_t>(bytes(4));
}

std::uint64_t Cursor::u64() {
  return get_little<std::uint64_t>(bytes(8));
}

std::uint64_t Cursor::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    auto const part = byte();
    value |= static_cast<std::uint64_t>(part & 0x7fU) << shift;
    if ((part & 0x80U) == 0) return value;
  }
  ok_ = false;
  return 0;
}

std::int64_t Cursor::signed_number() {
  auto const raw = varint();
  return static_cast<std::int64_t>((raw >> 1) ^ (~(raw & 1) + 1));
}

}  // namespace yunzhi::monitor
