#include "monitor/ingest/snappy.hpp"

#include <cstdint>
#include <cstring>
#include <vector>

namespace yunzhi::monitor {
namespace {

Refusal malformed() {
  return refuse(Why::invalid, "", "the body is no whole snappy block");
}

// Pieces of this size are copied whole; what they write too much is overwritten by what follows, or is slack.
constexpr std::size_t piece = 16;
constexpr std::size_t slack = piece;

// Copies may reach over what they write: "abab" from a distance of two.
void copy_within(char* to, std::size_t distance, std::size_t length) {
  auto const* from = to - distance;
  if (distance >= piece) {
    for (std::size_t i = 0; i < length; i += piece) std::memcpy(to + i, from + i, piece);
  } else {
    for (std::size_t i = 0; i < length; ++i) to[i] = from[i];
  }
}

class Unpacker {
 public:
  explicit Unpacker(std::string_view packed)
      : at_(reinterpret_cast<unsigned char const*>(packed.data())), end_(at_ + packed.size()) {}

  bool size(std::uint64_t& result) {
    result = 0;
    for (unsigned shift = 0; shift < 35 && at_ < end_; shift += 7) {
      auto const part = *at_++;
      result |= std::uint64_t{part & 0x7fU} << shift;
      if (part < 0x80) return true;
    }
    return false;
  }

  /// `out` is longer than the text by the slack.
  bool fill(std::string& out) {
    auto* const begin = out.data();
    auto* to = begin;
    auto* const limit = begin + out.size() - slack;
    while (at_ < end_) {
      auto const tag = *at_++;
      auto const kind = tag & 3U;
      if (kind == 0) {
        std::size_t length = tag >> 2U;
        if (length >= 60 && !number(static_cast<unsigned>(length - 59), length)) return false;
        ++length;
        if (length > left() || length > static_cast<std::size_t>(limit - to)) return false;
        if (length <= piece && left() >= piece) {
          std::memcpy(to, at_, piece);
        } else {
          std::memcpy(to, at_, length);
        }
        at_ += length;
        to += length;
        continue;
      }
      std::size_t distance = 0;
      std::size_t length = (tag >> 2U) + 1U;
      if (kind == 1) {
        length = ((tag >> 2U) & 7U) + 4U;
        if (!number(1, distance)) return false;
        distance |= static_cast<std::size_t>(tag >> 5U) << 8U;
      } else if (!number(kind == 2 ? 2 : 4, distance)) {
        return false;
      }
      if (distance == 0 || distance > static_cast<std::size_t>(to - begin)) return false;
      if (length > static_cast<std::size_t>(limit - to)) return false;
      copy_within(to, distance, length);
      to += length;
    }
    return to == limit;
  }

 private:
  [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

  bool number(unsigned bytes, std::size_t& value) {
    if (left() < bytes) return false;
    value = 0;
    for (unsigned i = 0; i < bytes; ++i) value |= static_cast<std::size_t>(at_[i]) << (8U * i);
    at_ += bytes;
    return true;
  }

  unsigned char const* at_;
  unsigned char const* end_;
};

}  // namespace

Result<std::string> unsnap(std::string_view packed, std::size_t limit) {
  Unpacker unpacker(packed);
  std::uint64_t size = 0;
  if (!unpacker.size(size)) return malformed();
  if (size > limit) return refuse(Why::too_large, "", "the body unpacks to more than {} bytes", limit);
  std::string out(static_cast<std::size_t>(size) + slack, '\0');
  if (!unpacker.fill(out)) return malformed();
  out.resize(static_cast<std::size_t>(size));
  return out;
}

namespace {

constexpr std::size_t table_bits = 14;
constexpr std::size_t window = 65'535;
constexpr std::size_t longest_copy = 64;
constexpr std::size_t shortest_match = 4;

std::uint32_t four(char const* at) {
  std::uint32_t value = 0;
  std::memcpy(&value, at, sizeof(value));
  return value;
}

void put_literal(std::string& out, std::string_view bytes) {
  if (bytes.empty()) return;
  auto const length = bytes.size() - 1;
  if (length < 60) {
    out += static_cast<char>(length << 2U);
  } else {
    unsigned const count = length < 256 ? 1 : length < 65'536 ? 2 : length < 16'777'216 ? 3 : 4;
    out += static_cast<char>((59 + count) << 2U);
    for (unsigned i = 0; i < count; ++i) out += static_cast<char>(length >> (8 * i));
  }
  out += bytes;
}

void put_copy(std::string& out, std::size_t distance, std::size_t length) {
  while (length > 0) {
    auto const part = length > longest_copy ? longest_copy : length;
    out += static_cast<char>(((part - 1) << 2U) | 2U);
    out += static_cast<char>(distance);
    out += static_cast<char>(distance >> 8U);
    length -= part;
  }
}

}  // namespace

std::string snap(std::string_view raw) {
  std::string out;
  for (auto size = raw.size(); size >= 0x80 || (out += static_cast<char>(size), false); size >>= 7U)
    out += static_cast<char>(size | 0x80U);
  std::vector<std::size_t> table(std::size_t{1} << table_bits, 0);  // positions plus one
  std::size_t literal = 0;
  std::size_t at = 0;
  while (at + shortest_match <= raw.size()) {
    auto& slot = table[(four(raw.data() + at) * 0x1e35a7bdU) >> (32 - table_bits)];
    auto const candidate = slot;
    slot = at + 1;
    bool const matches = candidate > 0 && at - (candidate - 1) <= window &&
                         four(raw.data() + candidate - 1) == four(raw.data() + at);
    if (!matches) {
      ++at;
      continue;
    }
    auto const from = candidate - 1;
    auto length = shortest_match;
    while (at + length < raw.size() && raw[from + length] == raw[at + length]) ++length;
    put_literal(out, raw.substr(literal, at - literal));
    put_copy(out, at - from, length);
    at += length;
    literal = at;
  }
  put_literal(out, raw.substr(literal));
  return out;
}

}  // namespace yunzhi::monitor
