// Who stands in for whom while somebody is away: tasks meant for the absent person go to the deputy, marked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace yunzhi::process {

struct Deputy {
  std::string id;
  std::string person;
  std::string deputy;
  Instant starts_at;
  Instant ends_at;
  std::string reason;
};

/// Refused when it would end before it begins or before now, stand in for itself, or overlap another of the
/// person.
Result<Deputy> add_deputy(store::Edit& edit, Deputy wanted, std::string_view actor);
/// Ends it now; missing when there is none.
Result<> end_deputy(store::Edit& edit, std::string_view id);
/// Of a person, or of everybody when it is empty; those whose time is over are left out.
std::vector<Deputy> deputies(store::Reader& reader, std::string_view person, Instant now);
std::optional<Deputy> find_deputy(store::Reader& reader, std::string_view id);
/// Who receives the person's tasks at the instant: the deputy's deputy when both are away, never the person.
std::optional<std::string> deputy_of(store::Reader& reader, std::string_view person, Instant at);

}  // namespace yunzhi::process
