#include "monitor/configuration/yaml_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "monitor/query/token.hpp"

namespace yunzhi::monitor {
namespace {

using Unit = std::pair<std::string_view, std::size_t>;
constexpr std::array<Unit, 11> size_units = {{{"KiB", std::size_t{1} << 10U},
                                              {"MiB", std::size_t{1} << 20U},
                                              {"GiB", std::size_t{1} << 30U},
                                              {"KB", std::size_t{1} << 10U},
                                              {"MB", std::size_t{1} << 20U},
                                              {"GB", std::size_t{1} << 30U},
                                              {"K", std::size_t{1} << 10U},
                                              {"M", std::size_t{1} << 20U},
                                              {"G", std::size_t{1} << 30U},
                                              {"B", 1},
                                              {"", 1}}};

bool whole_number(std::string_view text, std::size_t& value) {
  auto const parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

}  // namespace

YamlMap::YamlMap(YAML::Node const& node, std::string path, YamlFindings& findings)
    : node_(node.IsDefined() ? node : YAML::Node()), path_(std::move(path)), findings_(findings) {
  if (!node_.IsNull() && !node_.IsMap())
    findings_.faults.push_back({place(node_), "{} must be a map of keys and values", {path_}});
}

YamlMap::~YamlMap() {
  if (!node_.IsMap()) return;
  for (auto const& pair : node_) {
    auto const key = pair.first.IsScalar() ? pair.first.Scalar() : std::string();
    if (!asked_.contains(key)) {
      findings_.warnings.push_back(place(pair.first) + ": " + path_ + (path_.empty() ? "" : ".") + key +
                                   " is not supported and has no effect");
    }
  }
}

std::string YamlMap::place(YAML::Node const& node) const {
  return findings_.file + ":" + std::to_string(node.Mark().line + 1);
}

YAML::Node YamlMap::find(std::string_view key) const {
  if (!node_.IsMap()) return {};
  YAML::Node const& constant = node_;
  return constant[std::string(key)];
}

YAML::Node YamlMap::node(std::string_view key) {
  asked_.emplace(key);
  return find(key);
}

bool YamlMap::has(std::string_view key) {
  auto const found = node(key);
  return found.IsDefined() && !found.IsNull();
}

std::string YamlMap::text(std::string_view key, std::string otherwise) {
  if (!has(key)) return otherwise;
  auto const found = find(key);
  if (found.IsScalar()) return found.Scalar();
  wrong(key, "must be a text");
  return otherwise;
}

std::vector<YAML::Node> YamlMap::list(std::string_view key) {
  std::vector<YAML::Node> result;
  if (!has(key)) return result;
  auto const found = find(key);
  if (!found.IsSequence()) {
    wrong(key, "must be a list");
    return result;
  }
  for (auto const& each : found) result.push_back(each);
  return result;
}

std::vector<std::string> YamlMap::texts(std::string_view key) {
  std::vector<std::string> result;
  for (auto const& each : list(key)) {
    if (each.IsScalar()) {
      result.push_back(each.Scalar());
    } else {
      wrong(key, "must be a list of texts");
    }
  }
  return result;
}

// Maps of texts, or of lists of texts as `params` has them.
std::vector<std::pair<std::string, std::string>> YamlMap::pairs(std::string_view key) {
  std::vector<std::pair<std::string, std::string>> result;
  if (!has(key)) return result;
  auto const found = find(key);
  if (!found.IsMap()) {
    wrong(key, "must be a map of texts");
    return result;
  }
  for (auto const& pair : found) {
    if (pair.second.IsScalar()) result.emplace_back(pair.first.Scalar(), pair.second.Scalar());
    if (!pair.second.IsSequence()) continue;
    for (auto const& each : pair.second) {
      if (each.IsScalar()) result.emplace_back(pair.first.Scalar(), each.Scalar());
    }
  }
  return result;
}

Milliseconds YamlMap::duration(std::string_view key, Milliseconds otherwise) {
  auto const written = text(key);
  if (written.empty()) return otherwise;
  auto const parsed = parse_promql_duration(written);
  if (parsed && *parsed > 0) return Milliseconds{*parsed};
  wrong(key, "must be a duration such as 15s or 1m30s, not " + written);
  return otherwise;
}

std::size_t YamlMap::count(std::string_view key, std::size_t otherwise) {
  auto const written = text(key);
  std::size_t value = 0;
  if (written.empty()) return otherwise;
  if (whole_number(written, value)) return value;
  wrong(key, "must be a whole number, not " + written);
  return otherwise;
}

std::size_t YamlMap::size(std::string_view key, std::size_t otherwise) {
  auto const written = text(key);
  if (written.empty()) return otherwise;
  for (auto const& [unit, factor] : size_units) {
    std::size_t value = 0;
    auto const digits =
        std::string_view(written).substr(0, written.size() - std::min(unit.size(), written.size()));
    if (written.ends_with(unit) && whole_number(digits, value) && value < (std::size_t{1} << 30U))
      return value * factor;
  }
  wrong(key, "must be a size such as 10MB, not " + written);
  return otherwise;
}

bool YamlMap::truth(std::string_view key, bool otherwise) {
  auto const written = text(key);
  if (written.empty()) return otherwise;
  if (written == "true" || written == "false") return written == "true";
  wrong(key, "must be true or false, not " + written);
  return otherwise;
}

void YamlMap::wrong(std::string_view key, std::string text) {
  auto const found = find(key);
  findings_.faults.push_back({place(found.IsDefined() ? found : node_),
                              "{} {}",
                              {(path_.empty() ? "" : path_ + ".") + std::string(key), std::move(text)}});
}

void YamlMap::without_effect(std::string_view key, std::string_view why) {
  if (!has(key)) return;
  findings_.warnings.push_back(place(find(key)) + ": " + path_ + (path_.empty() ? "" : ".") +
                               std::string(key) + " has no effect: " + std::string(why));
}

}  // namespace yunzhi::monitor
