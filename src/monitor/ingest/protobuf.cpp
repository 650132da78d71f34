#include "monitor/ingest/protobuf.hpp"

#include <cstring>

namespace yunzhi::monitor {

bool ProtobufReader::fail() {
  ok_ = false;
  return false;
}

bool ProtobufReader::varint(std::uint64_t& value) {
  if (at_ < end_ && static_cast<signed char>(*at_) >= 0) {
    value = static_cast<unsigned char>(*at_++);
    return true;
  }
  value = 0;
  for (unsigned shift = 0; shift < 70 && at_ < end_; shift += 7) {
    auto const part = static_cast<unsigned char>(*at_++);
    if (shift < 64) value |= static_cast<std::uint64_t>(part & 0x7fU) << shift;
    if (part < 0x80) return true;
  }
  return false;
}

bool ProtobufReader::fixed(std::size_t count) {
  if (static_cast<std::size_t>(end_ - at_) < count) return fail();
  number_ = 0;
  std::memcpy(&number_, at_, count);
  at_ += count;
  return true;
}

bool ProtobufReader::next() {
  if (at_ == end_) return false;
  std::uint64_t tag = 0;
  if (!varint(tag) || tag >> 3U == 0 || tag >> 3U > 0x1fffffffU) return fail();
  field_ = static_cast<std::uint32_t>(tag >> 3U);
  wire_ = static_cast<unsigned>(tag & 7U);
  bytes_ = {};
  number_ = 0;
  switch (wire_) {
    case 0:
      return varint(number_) || fail();
    case 1:
      return fixed(8);
    case 2: {
      std::uint64_t length = 0;
      if (!varint(length) || length > static_cast<std::uint64_t>(end_ - at_)) return fail();
      bytes_ = {at_, static_cast<std::size_t>(length)};
      at_ += length;
      return true;
    }
    case 5:
      return fixed(4);
    default:
      return fail();  // groups are not in use
  }
}

bool ProtobufReader::take_varint(std::string_view& packed, std::uint64_t& value) {
  ProtobufReader reader(packed);
  if (packed.empty() || !reader.varint(value)) return false;
  packed.remove_prefix(static_cast<std::size_t>(reader.at_ - packed.data()));
  return true;
}

bool ProtobufReader::take_fixed(std::string_view& packed, std::uint64_t& value) {
  if (packed.size() < sizeof(value)) return false;
  std::memcpy(&value, packed.data(), sizeof(value));
  packed.remove_prefix(sizeof(value));
  return true;
}

}  // namespace yunzhi::monitor
