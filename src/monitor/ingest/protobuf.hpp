// Walks the fields of a Protocol Buffers message in place, without a schema or a copy.
// Encoding: protobuf.dev/programming-guides/encoding.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace yunzhi::monitor {

class ProtobufReader {
 public:
  explicit ProtobufReader(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  /// Goes to the next field; false at the end and at bytes that make no sense, which ok() tells apart.
  bool next();
  [[nodiscard]] bool ok() const { return ok_; }

  [[nodiscard]] std::uint32_t field() const { return field_; }
  /// The field as a message, text or packed list; empty when it has another wire type.
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] std::uint64_t number() const { return number_; }
  [[nodiscard]] std::int64_t signed_number() const { return static_cast<std::int64_t>(number_); }
  [[nodiscard]] double real() const { return std::bit_cast<double>(number_); }
  [[nodiscard]] bool is_bytes() const { return wire_ == 2; }
  /// Where the next field begins.
  [[nodiscard]] char const* position() const { return at_; }

  /// One number of a packed list, taken off its front; false when there is none.
  static bool take_varint(std::string_view& packed, std::uint64_t& value);
  static bool take_fixed(std::string_view& packed, std::uint64_t& value);

 private:
  bool varint(std::uint64_t& value);
  bool fixed(std::size_t count);
  bool fail();

  char const* at_;
  char const* end_;
  bool ok_ = true;
  std::uint32_t field_ = 0;
  unsigned wire_ = 0;
  std::uint64_t number_ = 0;
  std::string_view bytes_;
};

}  // namespace yunzhi::monitor
