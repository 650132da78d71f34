#include "calendar/yaml.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace yunzhi::calendar {
namespace {
constexpr std::size_t file_bytes = 1 << 20;
}

Result<std::string> read_file(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse(Why::missing, path, "the file cannot be read");
  std::string text(file_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > file_bytes)
    return refuse(Why::too_large, path, "the file has more than {} bytes", file_bytes);
  return text;
}

Result<> parse_yaml(std::string_view text, std::string_view file, YAML::Node& root) {
  try {
    root.reset(YAML::Load(std::string(text)));
    return {};
  } catch (YAML::Exception const& error) {
    return refuse(Why::invalid, std::string(file) + ":" + std::to_string(error.mark.line + 1),
                  "this is not YAML: {}", error.msg);
  }
}

Result<> check_keys(YAML::Node const& node, std::vector<std::string_view> const& known,
                    std::string_view file) {
  if (!node.IsMap()) return mistake(file, node, "a mapping of keys is expected here");
  for (auto const& pair : node) {
    auto const key = pair.first.Scalar();
    if (std::find(known.begin(), known.end(), key) == known.end())
      return mistake(file, pair.first, "'{}' is not a key here", key);
  }
  return {};
}

Result<std::string> scalar(YAML::Node const& parent, std::string_view key, std::string_view file) {
  auto const node = parent[std::string(key)];
  if (!node || !node.IsScalar() || node.Scalar().empty())
    return mistake(file, parent, "'{}' is missing", key);
  return node.Scalar();
}

Result<std::map<std::string, std::string>> names(YAML::Node const& node, std::string_view file) {
  std::map<std::string, std::string> texts;
  if (!node || !node.IsMap()) return mistake(file, node, "a name for each language is expected here");
  for (auto const& pair : node) texts[pair.first.Scalar()] = pair.second.Scalar();
  return texts;
}

Result<Day> day(YAML::Node const& node, std::string_view file) {
  auto const text = node && node.IsScalar() ? node.Scalar() : std::string();
  auto const parsed = parse_day(text);
  if (!parsed) return mistake(file, node, "'{}' is not a day as in 2026-11-23", text);
  return *parsed;
}

Result<int> time_of_day(std::string_view text, YAML::Node const& node, std::string_view file) {
  auto const digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4)) {
    int const hour = (text[0] - '0') * 10 + (text[1] - '0');
    int const minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (minute < 60 && hour * 60 + minute <= 2880) return hour * 60 + minute;
  }
  return mistake(file, node, "'{}' is not a time as in 08:30 (at most 48:00)", text);
}

Result<Hours> hours(YAML::Node const& node, std::string_view file) {
  Hours spans;
  if (!node || !node.IsSequence())
    return mistake(file, node, "a list of hours as in [\"08:00-12:00\"] is expected here");
  for (auto const& item : node) {
    auto const text = item.IsScalar() ? item.Scalar() : std::string();
    auto const dash = text.find('-');
    if (dash == std::string::npos) return mistake(file, item, "'{}' is not a span as in 08:00-12:00", text);
    auto const from = time_of_day(std::string_view(text).substr(0, dash), item, file);
    if (!from) return from.error();
    auto const to = time_of_day(std::string_view(text).substr(dash + 1), item, file);
    if (!to) return to.error();
    // 22:00-06:00 is a night: it ends on the next morning.
    spans.push_back({*from, *to <= *from ? *to + 1440 : *to});
  }
  return spans;
}

}  // namespace yunzhi::calendar
