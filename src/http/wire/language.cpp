#include "http/wire/language.hpp"

#include <string>

#include "http/wire/text.hpp"

namespace yunzhi::http {
namespace {

// Thousandths, as weights have at most three decimals; -1 for a malformed one.
int weight_of(std::string_view parameters) {
  while (!parameters.empty()) {
    auto const parameter = trim(next_of(parameters, ';'));
    if (parameter.size() < 3 || (parameter[0] != 'q' && parameter[0] != 'Q') || parameter[1] != '=') continue;
    if (parameter[2] != '0' && parameter[2] != '1') return -1;
    int weight = parameter[2] == '1' ? 1000 : 0;
    int unit = 100;
    for (auto const letter : parameter.substr(3)) {
      if (letter == '.') continue;
      if (letter < '0' || letter > '9' || unit == 0) return -1;
      weight += (letter - '0') * unit;
      unit /= 10;
    }
    return weight > 1000 ? -1 : weight;
  }
  return 1000;
}

bool has_prefix(std::string_view range, std::string_view prefix) {
  return range == prefix || (range.starts_with(prefix) && range[prefix.size()] == '-');
}

std::string_view language_of(std::string const& range) {
  for (std::string_view const prefix : {"zh-tw", "zh-hk", "zh-mo", "zh-hant"}) {
    if (has_prefix(range, prefix)) return "zh-TW";
  }
  if (has_prefix(range, "zh") || range == "*") return "zh-CN";
  return has_prefix(range, "en") ? "en" : std::string_view();
}

}  // namespace

std::string_view preferred_language(std::string_view accepted) {
  std::string_view best = "zh-CN";
  int best_weight = 0;
  for (int count = 0; count < 20 && !accepted.empty(); ++count) {
    auto element = next_of(accepted, ',');
    auto const range = lower(trim(next_of(element, ';')));
    int const weight = weight_of(element);
    auto const language = language_of(range);
    if (!language.empty() && weight > best_weight) {
      best = language;
      best_weight = weight;
    }
  }
  return best;
}

}  // namespace yunzhi::http
