#include "process/model/xml_encoding.hpp"

#include <algorithm>
#include <optional>

#include "base/limits.hpp"
#include "base/text/utf8.hpp"

namespace yunzhi::process {
namespace {

Refusal not_utf8() {
  return refuse(Why::invalid, "", "the file is not valid UTF-8; save it again with the encoding UTF-8");
}

void append(std::string& text, char32_t code) {
  auto const byte = [&](char32_t value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0U | code >> 6);
  } else if (code < 0x10000) {
    byte(0xE0U | code >> 12);
    byte(0x80U | (code >> 6 & 0x3FU));
  } else {
    byte(0xF0U | code >> 18);
    byte(0x80U | (code >> 12 & 0x3FU));
    byte(0x80U | (code >> 6 & 0x3FU));
  }
  byte(0x80U | (code & 0x3FU));
}

// Nothing when a surrogate stands alone or half a unit is left over.
std::optional<std::string> from_utf16(std::string_view bytes, bool big_endian) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  auto const unit = [&](std::size_t at) {
    auto const first = static_cast<unsigned char>(bytes[at]);
    auto const second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8U | second : second << 8U | first);
  };
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    auto code = unit(at);
    if (code >= 0xD800 && code < 0xDC00) {
      auto const low = at + 4 > bytes.size() ? char32_t{0} : unit(at + 2);
      if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
      code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
      at += 2;
    }
    append(text, code);
  }
  return text;
}

std::string from_latin(std::string_view bytes) {
  std::string text;
  for (char const c : bytes) append(text, static_cast<unsigned char>(c));
  return text;
}

// Where the declaration on the first line names the encoding; empty when it does not.
std::string_view declared(std::string_view text) {
  constexpr std::string_view quotes = "\"'";
  if (!text.starts_with("<?xml")) return {};
  auto const declaration = text.substr(0, text.find("?>"));
  auto const word = declaration.find("encoding");
  if (word == std::string_view::npos) return {};
  auto const open = declaration.find_first_of(quotes, word);
  if (open == std::string_view::npos) return {};
  auto const close = declaration.find(declaration[open], open + 1);
  return close == std::string_view::npos ? std::string_view()
                                         : declaration.substr(open + 1, close - open - 1);
}

bool among(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view one) {
    return std::equal(one.begin(), one.end(), name.begin(), name.end(), [](char a, char b) {
      return a == (b >= 'a' && b <= 'z' ? static_cast<char>(b - 32) : b);
    });
  });
}

}  // namespace

Result<std::string> in_utf8(std::string_view bytes) {
  bool const big = bytes.starts_with("\xFE\xFF");
  bool const wide = big || bytes.starts_with("\xFF\xFE");
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (wide) bytes.remove_prefix(2);
  auto decoded = wide ? from_utf16(bytes, big) : std::string(bytes);
  if (!decoded) return not_utf8();
  auto text = std::move(*decoded);
  auto encoding = declared(text);
  if (!wide && among(encoding, {"ISO-8859-1", "ISO8859-1", "LATIN1"})) {
    text = from_latin(bytes);
    encoding = declared(text);
  } else if (!encoding.empty() && !among(encoding, {"UTF-8", "UTF8", "US-ASCII", "ASCII"}) &&
             !(wide && among(encoding, {"UTF-16", "UTF-16LE", "UTF-16BE"}))) {
    return refuse(Why::invalid, "1:1",
                  "the file declares another encoding than UTF-8; save it again as UTF-8");
  }
  if (text.size() > limits::bpmn_bytes)
    return refuse(Why::too_large, "", "a process file may have at most {} bytes", limits::bpmn_bytes);
  if (!valid_utf8(text) || text.find('\0') != std::string::npos) return not_utf8();
  if (!encoding.empty() && !among(encoding, {"UTF-8", "UTF8"}))
    text.replace(static_cast<std::size_t>(encoding.data() - text.data()), encoding.size(), "UTF-8");
  return text;
}

}  // namespace yunzhi::process
