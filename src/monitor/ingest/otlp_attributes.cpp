#include "monitor/ingest/otlp_attributes.hpp"

#include <algorithm>

#include "monitor/ingest/protobuf.hpp"
#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

constexpr int value_depth = 8;

std::string value_text(std::string_view bytes, int depth, bool inside);

std::string list_text(std::string_view bytes, int depth) {
  std::string result;
  ProtobufReader fields(bytes);
  while (fields.next()) {
    if (fields.field() != 1) continue;
    if (!result.empty()) result += ',';
    result += value_text(fields.bytes(), depth, true);
  }
  return '[' + result + ']';
}

// AnyValue { string = 1, bool = 2, int = 3, double = 4, array = 5, … }
std::string value_text(std::string_view bytes, int depth, bool inside) {
  if (depth > value_depth) return {};
  std::string result;
  ProtobufReader fields(bytes);
  while (fields.next()) {
    if (fields.field() == 1) result = inside ? quoted(fields.bytes()) : std::string(fields.bytes());
    if (fields.field() == 2) result = fields.number() != 0 ? "true" : "false";
    if (fields.field() == 3) result = std::to_string(fields.signed_number());
    if (fields.field() == 4) result = format_number(fields.real());
    if (fields.field() == 5) result = list_text(fields.bytes(), depth + 1);
  }
  return result;
}

std::string_view find(std::vector<Label> const& attributes, std::string_view name) {
  for (auto const& [key, value] : attributes) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace

void read_attribute(std::string_view bytes, std::vector<Label>& attributes) {
  ProtobufReader fields(bytes);
  Label label;
  while (fields.next()) {
    if (fields.field() == 1) label.first = fields.bytes();
    if (fields.field() == 2) label.second = value_text(fields.bytes(), 0, false);
  }
  if (fields.ok() && !label.first.empty()) attributes.push_back(std::move(label));
}

std::string label_name(std::string_view attribute) {
  std::string result;
  for (char const c : attribute) {
    bool const kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    result += kept ? c : '_';
  }
  if (!result.empty() && result.front() >= '0' && result.front() <= '9') result.insert(0, "key_");
  return result;
}

std::vector<Label> resource_labels(std::vector<Label> const& attributes) {
  std::vector<Label> result;
  std::string job(find(attributes, "service.name"));
  if (auto const space = find(attributes, "service.namespace"); !space.empty() && !job.empty())
    job = std::string(space) + '/' + job;
  if (!job.empty()) result.emplace_back("job", job);
  if (auto const instance = find(attributes, "service.instance.id"); !instance.empty())
    result.emplace_back("instance", instance);
  return result;
}

std::vector<Label> target_info(std::vector<Label> const& attributes, std::vector<Label> const& identity) {
  std::vector<Label> result;
  for (auto const& [key, value] : attributes) {
    if (key != "service.name" && key != "service.namespace" && key != "service.instance.id")
      result.emplace_back(label_name(key), value);
  }
  if (result.empty() || identity.empty()) return {};
  result.insert(result.end(), identity.begin(), identity.end());
  result.emplace_back(name_label, "target_info");
  return result;
}

std::vector<Label> joined_values(std::vector<Label> labels) {
  std::stable_sort(labels.begin(), labels.end(),
                   [](Label const& a, Label const& b) { return a.first < b.first; });
  std::vector<Label> result;
  for (auto& label : labels) {
    if (!result.empty() && result.back().first == label.first) {
      result.back().second += ';' + label.second;
    } else {
      result.push_back(std::move(label));
    }
  }
  return result;
}

}  // namespace yunzhi::monitor
