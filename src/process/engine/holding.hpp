// Whose a task is: taken, given back, handed over (转办), lent out and returned (委派). Pure; the caller
// keeps the holding with the task.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::process {

struct Holding {
  std::string role;                     ///< who may take it; empty: nobody but its assignee
  std::optional<std::string> assignee;  ///< who does it
  std::optional<std::string> owner;     ///< to whom it comes back when the assignee is done
};

/// Takes a task that nobody holds. Taking one's own again changes nothing.
Result<Holding> claim(Holding holding, std::string_view person);
/// Gives it back to those with the role; one that was lent goes to its owner.
Result<Holding> release(Holding holding, std::string_view person);
/// Lets somebody else do it; it comes back to the person for a last look. A task that was lent already
/// still comes back to its first owner.
Result<Holding> delegate(Holding holding, std::string_view person, std::string_view to);
/// Gives it away for good; who had lent it out gets it back no more.
Result<Holding> hand_over(Holding holding, std::string_view person, std::string_view to);
/// The assignee of a lent task is done: it is its owner's again.
Result<Holding> give_back(Holding holding, std::string_view person);

}  // namespace yunzhi::process
