#include "access/roles.hpp"

#include <doctest/doctest.h>

#include "access/role_file.hpp"
#include "access/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::access;

namespace {
std::vector<Role> with(Role role) {
  auto roles = standard_roles();
  roles.push_back(std::move(role));
  return roles;
}
}  // namespace

TEST_CASE("the roles of the standard pack fit together") {
  auto const roles = Roles::make(standard_roles());
  REQUIRE(roles.has_value());
  CHECK(roles->compatible({"operations_supervisor", "system_operator"}).has_value());
}

TEST_CASE("the officers exclude each other and the roles they watch") {
  auto const roles = Roles::make(standard_roles()).value();
  CHECK(roles.compatible({"system_officer", "security_officer"}).has_error());
  CHECK(roles.compatible({"security_officer", "audit_officer"}).has_error());
  CHECK(roles.compatible({"audit_officer", "operations_supervisor"}).has_error());
  CHECK(roles.compatible({"business_operator", "auditor"}).has_error());
  CHECK(roles.compatible({"nobody"}).has_error());
}

TEST_CASE("an officer excludes the others even when the pack forgets it") {
  std::vector<Role> bare;
  for (auto const officer : officers) bare.push_back({std::string(officer), {}, {}, {}});
  CHECK(Roles::make(bare).value().compatible({"system_officer", "audit_officer"}).has_error());
}

TEST_CASE("several roles give the widest scope of each verb") {
  auto const roles = Roles::make(standard_roles()).value();
  auto const grants = roles.grants({"business_operator", "equipment_operator"});
  CHECK(grants.at("incident.read") == Scope::all);
  CHECK(grants.at("incident.update") == Scope::unit);
  CHECK(grants.at(std::string(signed_in)) == Scope::own);
}

TEST_CASE("a grant without scope, a role twice, an unknown exclusion and a missing officer are refused") {
  CHECK(Roles::make(with({"x", {}, {"incident.read"}, {}})).has_error());
  CHECK(Roles::make(with({"x", {}, {"incident.read:some"}, {}})).has_error());
  CHECK(Roles::make(with({"auditor", {}, {}, {}})).has_error());
  CHECK(Roles::make(with({"x", {}, {}, {"y"}})).has_error());
  CHECK(Roles::make({{"x", {}, {}, {}}}).has_error());
}

TEST_CASE("a mistake in the roles file names its line") {
  auto const parsed = parse_roles("- id: a\n  name: {en: A}\n- id: b\n  nome: {en: B}\n", "roles.yaml");
  REQUIRE(parsed.has_error());
  CHECK(parsed.error().english().find("roles.yaml:4") == 0);
  CHECK(parse_roles("a: b", "roles.yaml").has_error());
}
