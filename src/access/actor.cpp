#include "access/actor.hpp"

#include <algorithm>

namespace yunzhi::access {
namespace {

constexpr std::string_view everything = "*";

bool unbound(Subject const& subject) {
  return subject.owner.empty() && subject.unit.empty() && subject.people.empty();
}

bool covers(Actor const& actor, Scope granted, Subject const& subject) {
  if (granted == Scope::none) return false;
  if (granted == Scope::all || unbound(subject)) return true;
  auto const has = [](auto const& list, std::string_view id) {
    return std::find(list.begin(), list.end(), id) != list.end();
  };
  if (subject.owner == actor.person || has(subject.people, actor.person)) return true;
  return granted == Scope::unit && !subject.unit.empty() && has(actor.units, subject.unit);
}

}  // namespace

std::string_view scope_name(Scope scope) {
  constexpr std::string_view names[] = {"none", "own", "unit", "all"};
  return names[static_cast<std::size_t>(scope)];
}

Actor system_actor(std::string_view part) {
  Actor actor;
  actor.person = "system:" + std::string(part);
  actor.language = "zh-CN";
  actor.grants.emplace(everything, Scope::all);
  return actor;
}

Scope scope(Actor const& actor, std::string_view verb) {
  auto found = actor.grants.find(std::string(verb));
  if (found == actor.grants.end()) found = actor.grants.find(std::string(everything));
  return found == actor.grants.end() ? Scope::none : found->second;
}

Result<> may(Actor const& actor, std::string_view verb, Subject const& subject) {
  if (covers(actor, scope(actor, verb), subject)) return {};
  if (unbound(subject)) return refuse(Why::forbidden, "", "you are not allowed to do this");
  auto const read = std::string(verb.substr(0, verb.find('.'))) + ".read";
  if (verb == read || !covers(actor, scope(actor, read), subject)) return not_found();
  return refuse(Why::forbidden, "", "you are not allowed to do this");
}

Refusal not_found() {
  return refuse(Why::missing, "", "there is no such thing here, or you may not see it");
}

}  // namespace yunzhi::access
