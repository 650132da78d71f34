// Who acts, and the only gate: may(actor, verb, subject). A grant is a verb with a scope; the scope says for
// which records the verb holds.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace yunzhi::access {

/// own: the person's own records; unit: those of the own unit and the units below as well.
enum class Scope { none, own, unit, all };

std::string_view scope_name(Scope scope);

/// Somebody acting: one person in one session, or a part of the product itself.
struct Actor {
  std::string person;   ///< id, or "system:<part>"
  std::string account;  ///< the name signed in with
  std::string name;
  std::string unit;
  std::string language;  ///< zh-CN, zh-TW or en
  std::string session;   ///< id
  std::set<std::string> roles;
  std::map<std::string, Scope> grants;  ///< by verb: "incident.read"
  std::vector<std::string> units;       ///< the own unit and all below
};

/// What a record tells of itself for the decision. Without owner, unit and people the question is whether
/// the verb is granted at all.
struct Subject {
  std::string_view owner;
  std::string_view unit;
  std::vector<std::string> people;  ///< others whose own record it is: assignee, watchers
};

/// A part of the product: may everything.
Actor system_actor(std::string_view part);

/// How far the verb is granted; for row scopes of lists.
Scope scope(Actor const& actor, std::string_view verb);

/// Whether the actor may do it. Refused as missing when the actor may not even read the subject, so that
/// nobody learns of records beyond the own reach; else as forbidden.
Result<> may(Actor const& actor, std::string_view verb, Subject const& subject = {});

/// The one answer for what does not exist and what may not be seen.
Refusal not_found();

}  // namespace yunzhi::access
