// A running instance taken to another version of its process: every token goes from its element to the one
// the mapping names (itself, when it names none), and nothing is guessed. As in Camunda 7, sub-processes may
// come and go around what runs, and events keep what they wait for unless it is renewed.
#pragma once

#include <map>
#include <set>

#include "process/engine/perform.hpp"

namespace yunzhi::process {

using ElementMapping = std::map<std::string, std::string, std::less<>>;

struct MigrationPlan {
  ElementMapping mapping;
  /// Events of the new version that begin to wait anew, though the mapping brings them along: a timer then
  /// counts from now on, by the rule of the new version.
  std::set<std::string, std::less<>> renewed{};
};

/// The element that one of the old version becomes.
std::string const& mapped(ElementMapping const& mapping, std::string const& id);

struct Migrated {
  Instance instance;
  /// What is no longer waited for, by the tokens and events of the old version.
  std::vector<Awaited> gone{};
  /// Tells the instance, in the new version, what it begins to wait for and which sub-processes it has
  /// entered.
  Event arrival{};
  /// New ids of tokens, by the old, where a sub-process came to stand around them.
  std::map<TokenId, TokenId> renumbered{};
};

/// Refused with one fault per token that cannot go, its field the element it stands at.
Result<Migrated> migrate(Definition const& from, Definition const& to, MigrationPlan const& plan,
                         Instance const& instance);

/// What is wrong with the plan itself, whoever is migrated: elements that are not there or do not match.
Result<> check_plan(Definition const& from, Definition const& to, MigrationPlan const& plan);

}  // namespace yunzhi::process
