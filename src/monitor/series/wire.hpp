// Bytes of the monitor's files: little-endian numbers, varints (7 bits a byte, low first), checksums.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace yunzhi::monitor {

void put_u32(std::string& out, std::uint32_t value);
void put_u64(std::string& out, std::uint64_t value);
void put_varint(std::string& out, std::uint64_t value);
/// Small negative numbers stay short (zigzag).
void put_signed(std::string& out, std::int64_t value);
/// Length as varint, then the bytes.
void put_text(std::string& out, std::string_view text);

/// CRC-32C (Castagnoli).
std::uint32_t crc32c(std::string_view bytes);

/// Reads what the functions above wrote. Past the end everything is zero and ok() is false.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t byte();
  std::uint32_t u32();
  std::uint64_t u64();
  std::uint64_t varint();
  std::int64_t signed_number();
  std::string_view bytes(std::uint64_t count);
  std::string_view text() { return bytes(varint()); }

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace yunzhi::monitor
