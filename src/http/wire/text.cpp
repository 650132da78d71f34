#include "http/wire/text.hpp"

#include <algorithm>

namespace yunzhi::http {
namespace {

char lower_of(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

int digit_of(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  letter = lower_of(letter);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

}  // namespace

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower_of);
  return result;
}

bool same_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char one, char other) { return lower_of(one) == lower_of(other); });
}

std::string_view trim(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view next_of(std::string_view& list, char separator) {
  auto const end = list.find(separator);
  auto const element = list.substr(0, end);
  list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  return element;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      int const high = digit_of(text[i + 1]);
      int const low = digit_of(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      result += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      result += plus && text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

}  // namespace yunzhi::http
