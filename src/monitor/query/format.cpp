#include "monitor/query/format.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/text/utf8.hpp"
#include "monitor/query/token.hpp"

namespace yunzhi::monitor {

std::string format_number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  double const size = std::fabs(value);
  bool const exponent = size != 0 && (size < 1e-6 || size >= 1e21);
  char buffer[64];
  auto const end = std::to_chars(buffer, buffer + sizeof buffer, value,
                                 exponent ? std::chars_format::scientific : std::chars_format::fixed);
  return {buffer, end.ptr};
}

std::string go_number(double value) {
  if (!std::isfinite(value)) return format_number(value);
  double const size = std::fabs(value);
  bool const exponent = size != 0 && (size < 1e-4 || size >= 1e6);
  char buffer[64];
  auto const end = std::to_chars(buffer, buffer + sizeof buffer, value,
                                 exponent ? std::chars_format::scientific : std::chars_format::fixed);
  return {buffer, end.ptr};
}

std::string plain_number(double value) {
  if (!std::isfinite(value)) return format_number(value);
  char buffer[400];
  auto const end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  return {buffer, end.ptr};
}

namespace {

// The length of the well-formed UTF-8 character at the front; 0 when there is none.
std::size_t character_length(std::string_view text) {
  auto const lead = static_cast<unsigned char>(text[0]);
  std::size_t const length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  return valid_utf8(text.substr(0, length)) ? length : 0;
}

}  // namespace

std::string go_quoted(std::string_view text) {
  constexpr std::string_view plain = "\a\b\f\n\r\t\v\\\"";
  constexpr std::string_view letters = "abfnrtv\\\"";
  std::string result = "\"";
  while (!text.empty()) {
    auto const length = character_length(text);
    auto const escaped = plain.find(text[0]);
    auto const byte = static_cast<unsigned char>(text[0]);
    if (escaped != plain.npos) {
      result += '\\';
      result += letters[escaped];
    } else if (length == 0 || byte < 0x20 || byte == 0x7f) {
      constexpr std::string_view digits = "0123456789abcdef";
      result += "\\x";
      result += digits[byte >> 4U];
      result += digits[byte & 15U];
    } else {
      result += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result + '"';
}

std::string format_duration(std::int64_t ms) {
  if (ms == 0) return "0s";
  struct Unit {
    std::string_view name;
    std::int64_t ms;
    bool whole;  // used only when nothing is left over, as Prometheus does for years and weeks
  };
  constexpr Unit units[] = {{"y", 31'536'000'000, true},
                            {"w", 604'800'000, true},
                            {"d", 86'400'000, false},
                            {"h", 3'600'000, false},
                            {"m", 60'000, false},
                            {"s", 1000, false},
                            {"ms", 1, false}};
  std::string result = ms < 0 ? "-" : "";
  auto rest = ms < 0 ? -ms : ms;
  for (auto const& unit : units) {
    if (rest < unit.ms || (unit.whole && rest % unit.ms != 0)) continue;
    result += std::to_string(rest / unit.ms);
    result += unit.name;
    rest %= unit.ms;
  }
  return result;
}

bool parse_number(std::string_view text, double& value) {
  auto rest = text;
  if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) rest.remove_prefix(1);
  if (rest.empty()) return false;
  bool const negative = text.front() == '-';
  if (rest.front() == '.' || (rest.front() >= '0' && rest.front() <= '9')) {
    auto const parsed = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (parsed.ptr != rest.data() + rest.size()) return false;
    if (parsed.ec == std::errc::result_out_of_range) {
      auto const mark = rest.find_first_of("eE");
      bool const tiny = mark != rest.npos && mark + 1 < rest.size() && rest[mark + 1] == '-';
      value = tiny ? 0 : std::numeric_limits<double>::infinity();
    } else if (parsed.ec != std::errc()) {
      return false;
    }
  } else {
    auto const word = lower(rest);
    if (word != "inf" && word != "infinity" && word != "nan") return false;
    value =
        word == "nan" ? std::numeric_limits<double>::quiet_NaN() : std::numeric_limits<double>::infinity();
  }
  if (negative) value = -value;
  return true;
}

}  // namespace yunzhi::monitor
