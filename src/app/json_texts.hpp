// Names and values (labels, annotations) as a JSON object.
#pragma once

#include "base/json.hpp"

namespace yunzhi::app {

json::object texts(auto const& pairs) {
  json::object object;
  for (auto const& [name, value] : pairs) object[name] = value;
  return object;
}

}  // namespace yunzhi::app
