#include "base/json.hpp"

#include <algorithm>
#include <vector>

#include "base/limits.hpp"
#include "base/text/utf8.hpp"

namespace yunzhi {
namespace {

// Boost keeps the last of two equal keys, other readers the first. Two readers of one document must never
// disagree, so equal keys are found by counting: colons outside strings against members kept.
std::size_t colons_outside_strings(std::string_view text) {
  std::size_t count = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      in_string = !in_string;
    } else if (!in_string && text[i] == ':') {
      ++count;
    }
  }
  return count;
}

std::size_t members(json::value const& value) {
  std::size_t count = 0;
  if (auto const* array = value.if_array())
    for (auto const& element : *array) count += members(element);
  if (auto const* object = value.if_object())
    for (auto const& member : *object) count += 1 + members(member.value());
  return count;
}

bool has_nul(json::value const& value) {
  if (auto const* text = value.if_string()) return text->find('\0') != json::string::npos;
  if (auto const* array = value.if_array()) return std::any_of(array->begin(), array->end(), has_nul);
  if (auto const* object = value.if_object())
    return std::any_of(object->begin(), object->end(), [](auto const& member) {
      return member.key().find('\0') != std::string_view::npos || has_nul(member.value());
    });
  return false;
}

}  // namespace

Result<json::value> parse_json(std::string_view text) {
  if (!valid_utf8(text)) return refuse(Why::invalid, "", "the text is not valid UTF-8");
  json::parse_options options;
  options.max_depth = limits::json_depth;
  boost::system::error_code error;
  auto value = json::parse(text, error, {}, options);
  if (error == json::error::too_deep)
    return refuse(Why::invalid, "", "JSON may be nested at most {} levels deep", limits::json_depth);
  if (error) return refuse(Why::invalid, "", "the text is not valid JSON: {}", error.message());
  if (text.find("\\u0000") != std::string_view::npos && has_nul(value))
    return refuse(Why::invalid, "", "the text contains a NUL character");
  if (colons_outside_strings(text) != members(value))
    return refuse(Why::invalid, "", "an object names the same key twice");
  return value;
}

std::string text_of(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  return std::string(std::string_view(value->get_string()));
}

}  // namespace yunzhi
