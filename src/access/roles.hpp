// The roles of the pack: what each grants and which exclude each other. The three officers (系统, 安全, 审计)
// exclude each other whatever the pack says.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.hpp"

namespace yunzhi::access {

struct Role {
  std::string id;
  std::map<std::string, std::string> name;  ///< by language
  std::vector<std::string> grants;          ///< "incident.read:all"
  std::vector<std::string> excludes;        ///< roles the same person may not hold as well
};

inline constexpr std::string_view officers[] = {"system_officer", "security_officer", "audit_officer"};
inline constexpr std::string_view supervisor = "operations_supervisor";

/// Granted to everybody who is signed in, for what concerns only oneself.
inline constexpr std::string_view signed_in = "session.own";

class Roles {
 public:
  /// Refused: two roles of one id, a grant that is not verb:scope, an excluded role that does not exist, an
  /// officer missing. The field is the role's id.
  static Result<Roles> make(std::vector<Role> roles);

  [[nodiscard]] std::vector<Role> const& all() const { return roles_; }
  [[nodiscard]] bool known(std::string_view id) const { return find(id) != nullptr; }
  /// The widest scope of each verb over the roles held. Roles the pack no longer has grant nothing.
  [[nodiscard]] std::map<std::string, Scope> grants(std::set<std::string> const& held) const;
  /// Whether one person may hold them all; field "/roles".
  [[nodiscard]] Result<> compatible(std::set<std::string> const& held) const;

  static bool is_officer(std::set<std::string> const& held);

 private:
  [[nodiscard]] Role const* find(std::string_view id) const;

  std::vector<Role> roles_;
  std::map<std::string, std::map<std::string, Scope>> grants_;
  std::set<std::pair<std::string, std::string>> apart_;
};

}  // namespace yunzhi::access
