// Who does whose duty for a while: sickness, leave, a swapped shift. The rota's plan stays as it is; a
// stand-in lies over it from one moment to another.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"

namespace yunzhi::access {

struct StandIn {
  std::string id;
  std::string role;
  std::string person;  ///< whose duty it is by the plan
  std::string person_name;
  std::string deputy;  ///< who does it
  std::string deputy_name;
  Instant starts_at{};
  Instant ends_at{};
  std::string reason;
  std::string swap_of;  ///< the stand-in this one was given in exchange for; empty: none
  std::string created_by;
  Instant created_at{};
};

/// Those that hold at some moment of [from, to), by their beginning. One that was ended early ends there.
std::vector<StandIn> stand_ins(store::Reader& reader, Instant from, Instant to);
/// One that was not ended.
std::optional<StandIn> find_stand_in(store::Reader& reader, std::string_view id);

/// Writes one down. Refused when either person does not hold the role, when they are the same, when the span
/// is empty, over or longer than 92 days, or when somebody stands in for the person in that span already.
Result<StandIn> add_stand_in(store::Edit& edit, StandIn given);
/// Ends it now, or before it began.
void end_stand_in(store::Edit& edit, StandIn const& stand_in);

}  // namespace yunzhi::access
