#include "process/expression/unicode.hpp"

#include <algorithm>

namespace yunzhi::process {

void append_utf8(std::string& text, std::uint32_t code_point) {
  if (code_point > 0x10FFFFU || (code_point >= 0xD800U && code_point < 0xE000U)) code_point = 0xFFFDU;
  auto const byte = [&](std::uint32_t bits) { text += static_cast<char>(bits); };
  auto const tail = [&](unsigned shift) { byte(0x80U | ((code_point >> shift) & 0x3FU)); };
  if (code_point < 0x80U) {
    byte(code_point);
  } else if (code_point < 0x800U) {
    byte(0xC0U | (code_point >> 6U));
    tail(0);
  } else if (code_point < 0x10000U) {
    byte(0xE0U | (code_point >> 12U));
    tail(6);
    tail(0);
  } else {
    byte(0xF0U | (code_point >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::size_t first_character(std::string_view text) {
  if (text.empty()) return 0;
  auto const lead = static_cast<unsigned char>(text.front());
  std::size_t const length = lead < 0x80U ? 1 : (lead < 0xE0U ? 2 : (lead < 0xF0U ? 3 : 4));
  return std::min(length, text.size());
}

std::size_t leading_space(std::string_view text) {
  if (text.empty()) return 0;
  char const c = text.front();
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (static_cast<unsigned char>(c) < 0x80U) return 0;
  constexpr std::string_view spaces[] = {"\u0085", "\u00A0", "\u1680", "\u180E", "\u2000", "\u2001",
                                         "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
                                         "\u2008", "\u2009", "\u200A", "\u200B", "\u2028", "\u2029",
                                         "\u202F", "\u205F", "\u3000", "\uFEFF"};
  for (auto const space : spaces)
    if (text.starts_with(space)) return space.size();
  return 0;
}

}  // namespace yunzhi::process
