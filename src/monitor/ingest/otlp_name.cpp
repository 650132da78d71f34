// Names of OpenTelemetry metrics in Prometheus' words.
#include <algorithm>
#include <array>
#include <utility>

#include "monitor/ingest/otlp.hpp"

namespace yunzhi::monitor {
namespace {

using Words = std::pair<std::string_view, std::string_view>;

// Units of UCUM that have a word in Prometheus' naming.
constexpr std::array<Words, 22> units = {{
    {"d", "days"},          {"h", "hours"},         {"min", "minutes"},    {"s", "seconds"},
    {"ms", "milliseconds"}, {"us", "microseconds"}, {"ns", "nanoseconds"}, {"By", "bytes"},
    {"KiBy", "kibibytes"},  {"MiBy", "mebibytes"},  {"GiBy", "gibibytes"}, {"KBy", "kilobytes"},
    {"MBy", "megabytes"},   {"GBy", "gigabytes"},   {"m", "meters"},       {"V", "volts"},
    {"A", "amperes"},       {"J", "joules"},        {"W", "watts"},        {"g", "grams"},
    {"Cel", "celsius"},     {"Hz", "hertz"},
}};
constexpr std::array<Words, 7> per_units = {{{"s", "second"},
                                             {"m", "minute"},
                                             {"h", "hour"},
                                             {"d", "day"},
                                             {"w", "week"},
                                             {"mo", "month"},
                                             {"y", "year"}}};

template <std::size_t N>
std::string word_of(std::array<Words, N> const& words, std::string_view unit) {
  for (auto const& [sign, word] : words) {
    if (sign == unit) return std::string(word);
  }
  return std::string(unit);
}

// Letters and digits, with one underscore between the words.
std::string cleaned(std::string_view text) {
  std::string result;
  for (char const c : text) {
    bool const kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':';
    if (kept) {
      result += c;
    } else if (!result.empty() && result.back() != '_') {
      result += '_';
    }
  }
  while (!result.empty() && result.back() == '_') result.pop_back();
  return result;
}

std::string unit_suffix(std::string_view unit) {
  auto const slash = unit.find('/');
  auto const main = unit.substr(0, slash);
  std::string result;
  if (main.find('{') == std::string_view::npos) result = cleaned(word_of(units, main));
  if (slash == std::string_view::npos) return result;
  auto const per = unit.substr(slash + 1);
  if (per.find('{') != std::string_view::npos) return result;
  auto const word = cleaned(word_of(per_units, per));
  if (word.empty()) return result;
  return result.empty() ? "per_" + word : result + "_per_" + word;
}

void append_word(std::string& name, std::string const& word) {
  if (word.empty() || name == word || name.ends_with('_' + word)) return;
  name += '_' + word;
}

}  // namespace

std::string otlp_name(std::string_view name, std::string_view unit, bool counter, bool gauge) {
  auto result = cleaned(name);
  if (counter && result.ends_with("_total")) result.resize(result.size() - 6);
  if (unit == "1") {
    if (gauge) append_word(result, "ratio");
  } else if (unit == "%") {
    append_word(result, "percent");
  } else {
    append_word(result, unit_suffix(unit));
  }
  if (counter) append_word(result, "total");
  if (!result.empty() && result.front() >= '0' && result.front() <= '9') result.insert(0, 1, '_');
  return result;
}

}  // namespace yunzhi::monitor
