#include "monitor/api/form.hpp"

#include <charconv>
#include <cmath>

#include "monitor/query/format.hpp"
#include "monitor/query/token.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t parameters_limit = 1'000;
constexpr double farthest_seconds = 9e11;

std::string decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      result += ' ';
      continue;
    }
    unsigned byte = 0;
    if (text[i] == '%' && i + 2 < text.size()) {
      auto const* begin = text.data() + i + 1;
      if (std::from_chars(begin, begin + 2, byte, 16).ptr == begin + 2) {
        result += static_cast<char>(static_cast<unsigned char>(byte));
        i += 2;
        continue;
      }
    }
    result += text[i];
  }
  return result;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!text.empty() && pairs.size() < parameters_limit) {
    auto const part = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    auto const equals = part.find('=');
    auto const value = equals == part.npos ? std::string_view() : part.substr(equals + 1);
    if (!part.empty()) pairs.emplace_back(decoded(part.substr(0, equals)), decoded(value));
  }
  return pairs;
}

Form::Form(http::Request const& request) : pairs_(request.query) {
  bool const form = request.header("content-type").starts_with("application/x-www-form-urlencoded");
  if (request.method != http::Method::post || !form) return;
  for (auto& pair : parse_form(request.body)) pairs_.push_back(std::move(pair));
}

std::string Form::get(std::string_view name) const {
  for (auto const& [key, value] : pairs_) {
    if (key == name) return value;
  }
  return {};
}

std::vector<std::string> Form::all(std::string_view name) const {
  std::vector<std::string> result;
  for (auto const& [key, value] : pairs_) {
    if (key == name) result.push_back(value);
  }
  return result;
}

Result<Instant> Form::instant(std::string_view name, std::optional<Instant> otherwise) const {
  auto const text = get(name);
  if (text.empty() && otherwise) return *otherwise;
  double seconds = 0;
  if (parse_number(text, seconds)) {
    if (std::fabs(seconds) < farthest_seconds) return from_ms(std::llround(seconds * 1000));
  } else if (auto parsed = parse_instant(text)) {
    return *parsed;
  }
  return refuse(Why::invalid, name, "a time is in seconds since 1970 or as RFC 3339, not {}", text);
}

Result<Milliseconds> Form::duration(std::string_view name) const {
  auto const text = get(name);
  double seconds = 0;
  if (parse_number(text, seconds)) {
    if (seconds > 0 && seconds < farthest_seconds) return Milliseconds{std::llround(seconds * 1000)};
  } else if (auto parsed = parse_promql_duration(text)) {
    return Milliseconds{*parsed};
  }
  return refuse(Why::invalid, name, "a step is in seconds or a duration such as 30s, greater than 0, not {}",
                text);
}

Result<Milliseconds> Form::optional_duration(std::string_view name) const {
  if (get(name).empty()) return Milliseconds{0};
  return duration(name);
}

Result<std::size_t> Form::count(std::string_view name, std::size_t otherwise) const {
  auto const text = get(name);
  if (text.empty()) return otherwise;
  std::size_t value = 0;
  auto const parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
    return refuse(Why::invalid, name, "must be a number");
  return value == 0 ? otherwise : value;
}

}  // namespace yunzhi::monitor
