#include "record/module.hpp"

#include <algorithm>

namespace yunzhi::record {

bool is_blank(json::value const* value) {
  if (value == nullptr || value->is_null()) return true;
  if (!value->is_string()) return false;
  return value->get_string().find_first_not_of(" \t\r\n") == json::string::npos;
}

Module const* Modules::find(std::string_view kind) const {
  auto const found =
      std::find_if(all_.begin(), all_.end(), [&](auto const& module) { return module.kind == kind; });
  return found == all_.end() ? nullptr : &*found;
}

std::vector<std::string> Modules::dangling() const {
  std::vector<std::string> found;
  for (auto const& module : all_)
    for (auto const& field : module.fields)
      if (!field.target.empty() && find(field.target) == nullptr)
        found.push_back(module.kind + "." + field.name + " -> " + field.target);
  return found;
}

}  // namespace yunzhi::record
