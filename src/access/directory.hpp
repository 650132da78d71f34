// Questions about the organisation: who holds a role, who is on duty, what people are called, which units
// lie below one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/roles.hpp"
#include "calendar/shift_plan.hpp"
#include "calendar/working_calendar.hpp"
#include "store/store.hpp"

namespace yunzhi::access {

/// The person as an actor, with roles, grants and units. Nothing when the person is unknown or inactive, or
/// the account is disabled.
std::optional<Actor> load_actor(store::Reader& reader, Roles const& roles, std::string_view person);

/// Active people holding a role, by name; with a unit: only those in it or below.
std::vector<std::string> holders(store::Reader& reader, std::string_view role, std::string_view unit = {});

/// Roles a person holds.
std::set<std::string> roles_of(store::Reader& reader, std::string_view person);

/// The unit itself and all below it.
std::vector<std::string> units_below(store::Reader& reader, std::string_view unit);

/// Names by id, of people and units; ids that are neither are left out.
std::map<std::string, std::string> names_of(store::Reader& reader, std::vector<std::string> ids);

/// How a person is reached.
struct Reach {
  std::string language;  ///< empty: none chosen
  std::string email;     ///< empty: none known
};
Reach reach_of(store::Reader& reader, std::string_view person);

/// The duty plans of the pack.
struct Rota {
  std::vector<calendar::ShiftPlan> plans;
  std::map<std::string, calendar::WorkingCalendar const*, std::less<>> calendars;  ///< by id
};

/// Somebody at work now.
struct Duty {
  std::string person;
  std::string name;
  std::string role;
  std::string crew;           ///< empty for a plan by calendar
  std::string stands_in_for;  ///< whose duty it is by the plan; empty: the person's own
};

/// Everybody on duty at the instant, by the plans and the stand-ins.
std::vector<Duty> on_duty(store::Reader& reader, Rota const& rota, Instant at);

/// Whom to tell: the people on duty for a role; when there is no plan or nobody is on duty, all holders.
std::vector<std::string> on_duty_for(store::Reader& reader, Rota const& rota, std::string_view role,
                                     Instant at);

}  // namespace yunzhi::access
