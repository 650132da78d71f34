// Texts as JSON: names with values (labels, annotations), and one that may be missing.
#pragma once

#include "base/json.hpp"

namespace yunzhi::app {

json::object texts(auto const& pairs) {
  json::object object;
  for (auto const& [name, value] : pairs) object[name] = value;
  return object;
}

inline json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace yunzhi::app
