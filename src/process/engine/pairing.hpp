// Two versions of a process side by side: which element of the one becomes which of the other.
#pragma once

#include "process/engine/migration.hpp"

namespace yunzhi::process {

class Pairing {
 public:
  Pairing(Definition const& before, Definition const& after, MigrationPlan const& plan)
      : from(before), to(after), plan_(plan) {}

  /// The element of the new version; nowhere when there is none.
  [[nodiscard]] Index target(Index old) const;
  /// The flow by its id, or by what it leads from and to.
  [[nodiscard]] Index target_flow(Index old) const;
  /// Why a token at `old` cannot stand at `fresh`; nothing when it can.
  [[nodiscard]] std::optional<Fault> mismatch(Index old, Index fresh) const;
  /// Whether an event waits for the same as before, so that what was made known outside still holds.
  [[nodiscard]] bool waits_alike(Index old, Index fresh) const;
  /// Why what was done at `old` could not be undone in the new version; nothing when it can.
  [[nodiscard]] std::optional<Fault> cannot_undo(Index old) const;
  /// The saved images of tokens and whatever else names an element, with the new ids. False when one of them
  /// has no counterpart beside the others.
  [[nodiscard]] bool rename(json::array& images) const;

  Definition const& from;
  Definition const& to;

 private:
  [[nodiscard]] bool rename_extra(json::object& extra) const;
  MigrationPlan const& plan_;
};

}  // namespace yunzhi::process
