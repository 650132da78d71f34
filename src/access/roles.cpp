#include "access/roles.hpp"

#include <algorithm>
#include <optional>

namespace yunzhi::access {
namespace {

std::optional<std::pair<std::string, Scope>> parse_grant(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || text.find('.') >= colon) return std::nullopt;
  for (auto const granted : {Scope::own, Scope::unit, Scope::all})
    if (text.substr(colon + 1) == scope_name(granted))
      return std::pair{std::string(text.substr(0, colon)), granted};
  return std::nullopt;
}

}  // namespace

Result<Roles> Roles::make(std::vector<Role> roles) {
  Roles made;
  made.roles_ = std::move(roles);
  for (auto const& role : made.roles_) {
    auto const [place, fresh] = made.grants_.try_emplace(role.id);
    if (!fresh) return refuse(Why::invalid, role.id, "the role '{}' stands there twice", role.id);
    for (auto const& text : role.grants) {
      auto const grant = parse_grant(text);
      if (!grant) return refuse(Why::invalid, role.id, "'{}' is not a grant as in incident.read:all", text);
      auto& widest = place->second[grant->first];
      widest = std::max(widest, grant->second);
    }
    for (auto const& other : role.excludes) {
      if (!made.known(other)) return refuse(Why::invalid, role.id, "there is no role '{}'", other);
      made.apart_.emplace(role.id, other);
      made.apart_.emplace(other, role.id);
    }
  }
  for (auto const officer : officers) {
    if (!made.known(officer)) return refuse(Why::invalid, officer, "there is no role '{}'", officer);
    for (auto const other : officers)
      if (other != officer) made.apart_.emplace(officer, other);
  }
  return made;
}

Role const* Roles::find(std::string_view id) const {
  auto const found =
      std::find_if(roles_.begin(), roles_.end(), [&](Role const& role) { return role.id == id; });
  return found == roles_.end() ? nullptr : &*found;
}

std::map<std::string, Scope> Roles::grants(std::set<std::string> const& held) const {
  std::map<std::string, Scope> sum;
  sum.emplace(signed_in, Scope::own);
  for (auto const& id : held) {
    auto const found = grants_.find(id);
    if (found == grants_.end()) continue;
    for (auto const& [verb, granted] : found->second) {
      auto& widest = sum[verb];
      widest = std::max(widest, granted);
    }
  }
  return sum;
}

Result<> Roles::compatible(std::set<std::string> const& held) const {
  for (auto const& id : held) {
    if (!known(id)) return refuse(Why::invalid, "/roles", "there is no role '{}'", id);
    for (auto const& other : held)
      if (apart_.contains({id, other}))
        return refuse(Why::invalid, "/roles", "the roles '{}' and '{}' exclude each other", id, other);
  }
  return {};
}

bool Roles::is_officer(std::set<std::string> const& held) {
  return std::any_of(std::begin(officers), std::end(officers),
                     [&](std::string_view officer) { return held.contains(std::string(officer)); });
}

}  // namespace yunzhi::access
