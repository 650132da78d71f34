// A running instance taken to another version of its process: every token goes from its element to the one
// the mapping names (itself, when it names none), and nothing is guessed.
#pragma once

#include <map>

#include "process/engine/perform.hpp"

namespace yunzhi::process {

using ElementMapping = std::map<std::string, std::string, std::less<>>;

/// The element that one of the old version becomes.
std::string const& mapped(ElementMapping const& mapping, std::string const& id);

struct Migrated {
  Instance instance;
  std::vector<Effect> effects;  ///< timers that came and went; their nodes are of the new definition
};

/// Refused with one fault per token that cannot go, its field the element it stands at: the element is not
/// there, is of another kind, or lies in another sub-process.
Result<Migrated> migrate(Definition const& from, Definition const& to, ElementMapping const& mapping,
                         Instance const& instance, Event const& event);

/// What is wrong with the mapping itself, whoever is migrated: elements that are not there or do not match.
Result<> check_mapping(Definition const& from, Definition const& to, ElementMapping const& mapping);

}  // namespace yunzhi::process
