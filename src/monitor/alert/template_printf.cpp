#include "monitor/alert/template_printf.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text/utf8.hpp"
#include "monitor/query/format.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {
namespace {

// How one argument of printf is written: "%-8.1f" is to the left, eight wide, with one digit.
struct Verb {
  std::string flags;
  std::size_t width = 0;
  std::string precision;  ///< with its point
  char letter = 'v';
  [[nodiscard]] bool has(char flag) const { return flags.find(flag) != std::string::npos; }
};

Verb verb_of(std::string_view text, char letter) {
  Verb verb;
  auto const digits = std::min(text.find_first_not_of("+- #0"), text.size());
  auto const point = std::min(text.find('.', digits), text.size());
  verb.flags = text.substr(0, digits);
  for (auto const c : text.substr(digits, point - digits))
    verb.width = verb.width * 10 + static_cast<std::size_t>(c - '0');
  verb.precision = text.substr(point);
  verb.letter = letter;
  return verb;
}

std::string number_text(Verb const& verb, double number) {
  if (!std::isfinite(number)) return format_number(number);
  std::string const sign = std::signbit(number) ? "" : verb.has('+') ? "+" : verb.has(' ') ? " " : "";
  if (verb.letter == 'd') return sign + fmt::format("{:.0f}", std::trunc(number));
  if (verb.letter == 'g' && verb.precision.empty()) return sign + go_number(number);
  return sign + fmt::format(fmt::runtime("{:" + verb.precision + verb.letter + "}"), number);
}

// One verb of printf: %d %s %v %q %f %e %g with flags, width and precision.
std::string printed(Verb const& verb, Datum const& datum) {
  auto const& letter = verb.letter;
  bool const number = std::string_view("dfFeEgG").find(letter) != std::string_view::npos;
  auto text = number          ? number_text(verb, number_of(datum))
              : letter == 'q' ? quoted(text_of(datum))
                              : text_of(datum);
  auto const missing = verb.width - std::min(verb.width, characters(text));
  if (verb.has('-')) return text + std::string(missing, ' ');
  bool const zeros = number && verb.has('0') && std::isfinite(number_of(datum));
  if (!zeros) return std::string(missing, ' ') + text;
  auto const sign = std::string_view("+- ").find(text[0]) == std::string_view::npos ? 0U : 1U;
  return text.substr(0, sign) + std::string(missing, '0') + text.substr(sign);
}

}  // namespace

std::string printed(std::vector<Datum> const& arguments) {
  std::string result;
  std::size_t next = 1;
  auto const pattern = text_of(arguments[0]);
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '%') {
      result += pattern[at];
      continue;
    }
    auto const verb = std::min(pattern.find_first_not_of("+- #0123456789.", at + 1), pattern.size() - 1);
    auto const flags = pattern.substr(at + 1, verb - at - 1);
    at = verb;
    if (pattern[verb] == '%') {
      result += '%';
    } else if (next < arguments.size() && flags.size() < 6) {
      result += printed(verb_of(flags, pattern[verb]), arguments[next++]);
    }
  }
  return result;
}

}  // namespace yunzhi::monitor
