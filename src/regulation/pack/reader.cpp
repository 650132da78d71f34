#include "regulation/pack/reader.hpp"

namespace yunzhi::regulation {

FileReader::FileReader(std::string file, std::string const& text, Refusal& mistakes)
    : file_(std::move(file)), mistakes_(mistakes) {
  auto const parsed = calendar::parse_yaml(text, file_, root_);
  if (parsed.has_error()) note(parsed.error());
}

void FileReader::note(Refusal const& refusal) {
  mistakes_.faults.insert(mistakes_.faults.end(), refusal.faults.begin(), refusal.faults.end());
}

std::vector<YAML::Node> FileReader::entries(YAML::Node const& node) {
  std::vector<YAML::Node> all;
  if (!node.IsDefined() || node.IsNull()) return all;
  if (!node.IsSequence()) {
    mistake(node, "must be a list");
    return all;
  }
  for (auto const& entry : node) all.push_back(entry);
  return all;
}

std::string FileReader::text(YAML::Node const& parent, std::string_view key) {
  auto const found = calendar::scalar(parent, key, file_);
  if (found.has_value()) return *found;
  note(found.error());
  return {};
}

std::string FileReader::optional_text(YAML::Node const& parent, std::string_view key) {
  auto const node = parent[std::string(key)];
  return node.IsDefined() && node.IsScalar() ? node.Scalar() : std::string();
}

Words FileReader::words(YAML::Node const& parent, std::string_view key) {
  auto const node = parent[std::string(key)];
  auto const found = calendar::names(node, file_);
  if (found.has_error()) {
    note(found.error());
    return {};
  }
  for (auto const* language : {"zh-CN", "zh-TW", "en"})
    if (!found->contains(language)) mistake(node, "'{}' has no text in {}", key, language);
  return *found;
}

Milliseconds FileReader::duration(YAML::Node const& parent, std::string_view key) {
  auto const parsed = parse_duration(text(parent, key));
  if (parsed.has_value()) return *parsed;
  mistake(parent[std::string(key)], "'{}' must be a duration as PT1H30M or P3D", key);
  return {};
}

void FileReader::keys(YAML::Node const& node, std::vector<std::string_view> const& known) {
  auto const checked = calendar::check_keys(node, known, file_);
  if (checked.has_error()) note(checked.error());
}

json::value to_json(YAML::Node const& node) {
  if (node.IsMap()) {
    json::object object;
    for (auto const& member : node) object[member.first.Scalar()] = to_json(member.second);
    return object;
  }
  if (node.IsSequence()) {
    json::array array;
    for (auto const& element : node) array.push_back(to_json(element));
    return array;
  }
  if (!node.IsDefined() || node.IsNull()) return nullptr;
  double number = 0;
  if (node.Tag() != "!" && YAML::convert<double>::decode(node, number)) return number;
  return json::value(node.Scalar());
}

}  // namespace yunzhi::regulation
