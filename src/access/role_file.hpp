// Reads roles.yaml of the pack: a list of {id, name by language, grants, excludes}. A mistake names file and
// line; whether the roles fit together is for Roles::make.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/roles.hpp"

namespace yunzhi::access {

Result<std::vector<Role>> parse_roles(std::string_view text, std::string_view file);
Result<std::vector<Role>> load_roles(std::string const& path);

}  // namespace yunzhi::access
