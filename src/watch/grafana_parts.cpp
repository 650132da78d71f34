#include "watch/grafana_parts.hpp"

#include <charconv>
#include <map>

#include "base/limits.hpp"

namespace yunzhi::watch {
namespace {

json::value const* at_path(json::object const& object, std::initializer_list<std::string_view> path) {
  json::object const* here = &object;
  json::value const* found = nullptr;
  for (auto const name : path) {
    if (here == nullptr) return nullptr;
    found = here->if_contains(name);
    if (found == nullptr) return nullptr;
    here = found->if_object();
  }
  return found;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool in_name(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_' ||
         (letter >= '0' && letter <= '9');
}

}  // namespace

json::array const& list_in(json::object const& object, std::string_view name) {
  static json::array const none;
  auto const* found = object.if_contains(name);
  return found == nullptr || !found->is_array() ? none : found->as_array();
}

json::object const* object_in(json::object const& object, std::string_view name) {
  auto const* found = object.if_contains(name);
  return found == nullptr ? nullptr : found->if_object();
}

bool flag_in(json::object const& object, std::string_view name) {
  auto const* found = object.if_contains(name);
  return found != nullptr && found->is_bool() && found->as_bool();
}

double number_in(json::object const& object, std::string_view name, double otherwise) {
  auto const* found = object.if_contains(name);
  return found != nullptr && found->is_number() ? found->to_number<double>() : otherwise;
}

json::array const* list_at(json::object const& object, std::initializer_list<std::string_view> path) {
  auto const* found = at_path(object, path);
  return found == nullptr ? nullptr : found->if_array();
}

std::string text_at(json::object const& object, std::initializer_list<std::string_view> path) {
  auto const* found = at_path(object, path);
  return found == nullptr || !found->is_string() ? std::string() : std::string(found->as_string());
}

std::string short_text(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // A character begins wherever no continuation byte stands.
    if ((static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) continue;
    if (++count > limits::line_characters) return std::string(text.substr(0, i));
  }
  return std::string(text);
}

std::optional<std::string> unit_of(std::string_view unit) {
  static std::map<std::string_view, std::string_view> const known{{"", ""},
                                                                  {"none", ""},
                                                                  {"short", ""},
                                                                  {"locale", ""},
                                                                  {"sishort", ""},
                                                                  {"percent", "percent"},
                                                                  {"percentunit", "ratio"},
                                                                  {"bytes", "bytes"},
                                                                  {"decbytes", "bytes"},
                                                                  {"kbytes", "KB"},
                                                                  {"Bps", "bytes/s"},
                                                                  {"binBps", "bytes/s"},
                                                                  {"bps", "bit/s"},
                                                                  {"binbps", "bit/s"},
                                                                  {"bits", "bit"},
                                                                  {"decbits", "bit"},
                                                                  {"s", "s"},
                                                                  {"ms", "ms"},
                                                                  {"ns", "ns"},
                                                                  {"µs", "µs"},
                                                                  {"m", "min"},
                                                                  {"h", "h"},
                                                                  {"d", "d"},
                                                                  {"dtdurations", "s"},
                                                                  {"hertz", "Hz"},
                                                                  {"rothz", "Hz"},
                                                                  {"celsius", "℃"},
                                                                  {"volt", "V"},
                                                                  {"amp", "A"},
                                                                  {"watt", "W"},
                                                                  {"ops", "/s"},
                                                                  {"reqps", "/s"},
                                                                  {"rps", "/s"},
                                                                  {"wps", "/s"},
                                                                  {"iops", "/s"},
                                                                  {"cps", "/s"},
                                                                  {"pps", "/s"},
                                                                  {"mps", "/s"},
                                                                  {"rotrpm", "rpm"},
                                                                  {"humidity", "%"},
                                                                  {"joule", "J"},
                                                                  {"bool", ""},
                                                                  {"bool_yes_no", ""},
                                                                  {"bool_on_off", ""}};
  auto const found = known.find(unit);
  if (found == known.end()) return std::nullopt;
  return std::string(found->second);
}

std::string_view tone_of(std::string_view colour) {
  if (colour.find("green") != std::string_view::npos || colour == "#299c46" || colour == "#73BF69")
    return "green";
  if (colour.find("red") != std::string_view::npos || colour == "#d44a3a" || colour == "#F2495C")
    return "red";
  if (colour.find("orange") != std::string_view::npos || colour.find("yellow") != std::string_view::npos ||
      colour.starts_with("rgba(237") || colour == "#EAB839")
    return "orange";
  if (colour.starts_with("rgba(245, 54") || colour.starts_with("rgba(255, 0")) return "red";
  if (colour.starts_with("rgba(50, 172")) return "green";
  return "neutral";
}

std::string_view reduce_of(std::string_view calculation) {
  if (calculation == "mean") return "mean";
  if (calculation == "min") return "minimum";
  if (calculation == "max") return "maximum";
  if (calculation == "sum") return "sum";
  return "last";
}

std::optional<std::int64_t> seconds_of(std::string_view text) {
  if (text.starts_with("now-")) text.remove_prefix(4);
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end + 1 != text.data() + text.size() || number <= 0 || number > 100'000)
    return std::nullopt;
  static std::map<char, std::int64_t> const units{
      {'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86'400}, {'w', 604'800}};
  auto const unit = units.find(*end);
  return unit == units.end() ? std::nullopt : std::optional(number * unit->second);
}

json::array split_values(std::string_view text) {
  json::array values;
  while (!text.empty() && values.size() < limits::board_variable_values) {
    auto const comma = text.find(',');
    auto part = trimmed(text.substr(0, comma));
    if (auto const colon = part.find(" : "); colon != std::string_view::npos)
      part = trimmed(part.substr(colon + 3));
    if (!part.empty()) values.push_back(json::value(short_text(part)));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  return values;
}

std::string with_values(std::string_view query) {
  std::string made;
  for (std::size_t i = 0; i < query.size();) {
    auto end = i;
    if (query.substr(i).starts_with("${")) {
      end = query.find('}', i);
      end = end == std::string_view::npos ? i : end + 1;
    } else if (query.substr(i).starts_with("[[")) {
      end = query.find("]]", i);
      end = end == std::string_view::npos ? i : end + 2;
    } else if (query[i] == '$') {
      ++end;
      while (end < query.size() && in_name(query[end])) ++end;
      if (end == i + 1) end = i;
    }
    if (end == i) {
      made += query[i++];
      continue;
    }
    // A duration stands wherever a variable may stand outside of quotes; inside any text does.
    made += "5m";
    i = end;
  }
  return made;
}

}  // namespace yunzhi::watch
