#include "base/text/utf8.hpp"

#include <cstdint>

namespace yunzhi {
namespace {

bool continues(unsigned char byte) {
  return (byte & 0xc0) == 0x80;
}

// Length of the well-formed sequence at the front of text, 0 when there is none.
std::size_t sequence(std::string_view text) {
  auto const at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
  };
  unsigned char const first = at(0);
  unsigned char const second = at(1);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return continues(second) ? 2 : 0;
  if ((first & 0xf0) == 0xe0) {
    unsigned char const low = first == 0xe0 ? 0xa0 : 0x80;
    unsigned char const high = first == 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && continues(at(2)) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    unsigned char const low = first == 0xf0 ? 0x90 : 0x80;
    unsigned char const high = first == 0xf4 ? 0x8f : 0xbf;
    return second >= low && second <= high && continues(at(2)) && continues(at(3)) ? 4 : 0;
  }
  return 0;
}

}  // namespace

bool valid_utf8(std::string_view text) {
  while (!text.empty()) {
    auto const length = sequence(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string mended_utf8(std::string_view text) {
  std::string mended;
  mended.reserve(text.size());
  while (!text.empty()) {
    auto const length = sequence(text);
    if (length == 0)
      mended += "\xef\xbf\xbd";
    else
      mended += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return mended;
}

std::string_view first_bytes(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && continues(static_cast<unsigned char>(text[bytes]))) --bytes;
  return text.substr(0, bytes);
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (auto const byte : text) count += continues(static_cast<unsigned char>(byte)) ? 0 : 1;
  return count;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  for (std::size_t seen = 0; end < text.size(); ++end) {
    if (continues(static_cast<unsigned char>(text[end]))) continue;
    if (seen++ == count) break;
  }
  return text.substr(0, end);
}

}  // namespace yunzhi
