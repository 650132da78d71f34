// What the commands of a simulation say, read tolerantly: what is of another kind is as if it were not there.
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"

namespace yunzhi::process {

inline json::object variables_in(json::object const& command) {
  auto const* given = command.if_contains("variables");
  return given != nullptr && given->is_object() ? given->get_object() : json::object{};
}

/// The texts of a list.
inline std::vector<std::string> texts_in(json::object const& command, std::string_view name) {
  std::vector<std::string> texts;
  if (auto const* given = command.if_contains(name); given != nullptr && given->is_array())
    for (auto const& one : given->get_array())
      if (one.is_string()) texts.emplace_back(std::string_view(one.get_string()));
  return texts;
}

}  // namespace yunzhi::process
