#include "access/role_file.hpp"

#include <filesystem>

#include "calendar/yaml.hpp"

namespace yunzhi::access {
namespace {

Result<std::vector<std::string>> texts(YAML::Node const& node, std::string_view file) {
  std::vector<std::string> list;
  if (!node) return list;
  if (!node.IsSequence()) return calendar::mistake(file, node, "a list is expected here");
  for (auto const& item : node) {
    if (!item.IsScalar()) return calendar::mistake(file, item, "a text is expected here");
    list.push_back(item.Scalar());
  }
  return list;
}

Result<Role> read_role(YAML::Node const& node, std::string_view file) {
  if (auto known = calendar::check_keys(node, {"id", "name", "grants", "excludes"}, file); !known)
    return known.error();
  Role role;
  auto id = calendar::scalar(node, "id", file);
  if (!id) return id.error();
  role.id = std::move(*id);
  auto name = calendar::names(node["name"], file);
  if (!name) return name.error();
  role.name = std::move(*name);
  for (auto [key, target] : {std::pair{"grants", &role.grants}, std::pair{"excludes", &role.excludes}}) {
    auto list = texts(node[key], file);
    if (!list) return list.error();
    *target = std::move(*list);
  }
  return role;
}

}  // namespace

Result<std::vector<Role>> parse_roles(std::string_view text, std::string_view file) {
  YAML::Node root;
  if (auto parsed = calendar::parse_yaml(text, file, root); !parsed) return parsed.error();
  if (!root.IsSequence()) return calendar::mistake(file, root, "a list of roles is expected here");
  std::vector<Role> roles;
  for (auto const& node : root) {
    auto role = read_role(node, file);
    if (!role) return role.error();
    roles.push_back(std::move(*role));
  }
  return roles;
}

Result<std::vector<Role>> load_roles(std::string const& path) {
  auto const text = calendar::read_file(path);
  if (!text) return text.error();
  return parse_roles(*text, std::filesystem::path(path).filename().string());
}

}  // namespace yunzhi::access
