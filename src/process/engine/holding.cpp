#include "process/engine/holding.hpp"

namespace yunzhi::process {
namespace {

Refusal held_by_other() {
  return refuse(Why::conflict, "", "the task is held by somebody else");
}

// One's own task, or one that nobody holds and everybody with the role may take.
bool may_pass_on(Holding const& holding, std::string_view person) {
  return holding.assignee ? *holding.assignee == person : !holding.role.empty();
}

Result<> check_receiver(std::string_view person, std::string_view to) {
  if (to.empty()) return refuse(Why::invalid, "/person", "must not be empty");
  if (to == person) return refuse(Why::invalid, "/person", "must be somebody else");
  return {};
}

}  // namespace

Result<Holding> claim(Holding holding, std::string_view person) {
  if (holding.assignee && *holding.assignee != person) return held_by_other();
  holding.assignee = std::string(person);
  return holding;
}

Result<Holding> release(Holding holding, std::string_view person) {
  if (holding.assignee != person)
    return refuse(Why::conflict, "", "only who holds the task can give it back");
  if (holding.owner) return give_back(std::move(holding), person);
  if (holding.role.empty())
    return refuse(Why::conflict, "", "the task belongs to no role that could take it");
  holding.assignee.reset();
  return holding;
}

Result<Holding> delegate(Holding holding, std::string_view person, std::string_view to) {
  if (!may_pass_on(holding, person)) return held_by_other();
  if (auto const fits = check_receiver(person, to); !fits) return fits.error();
  if (!holding.owner) holding.owner = std::string(person);
  holding.assignee = std::string(to);
  if (holding.owner == holding.assignee) holding.owner.reset();
  return holding;
}

Result<Holding> hand_over(Holding holding, std::string_view person, std::string_view to) {
  if (!may_pass_on(holding, person)) return held_by_other();
  if (auto const fits = check_receiver(person, to); !fits) return fits.error();
  holding.owner.reset();
  holding.assignee = std::string(to);
  return holding;
}

Result<Holding> give_back(Holding holding, std::string_view person) {
  if (holding.assignee != person) return held_by_other();
  if (!holding.owner) return refuse(Why::conflict, "", "the task was not lent to anybody");
  holding.assignee = holding.owner;
  holding.owner.reset();
  return holding;
}

}  // namespace yunzhi::process
