// Something that must happen on a calendar: an inspection round, a backup check, a drill.
#pragma once

#include <map>
#include <string>

#include "base/instant.hpp"

namespace yunzhi::duty {

struct Duty {
  std::string id;
  std::map<std::string, std::string> title;  ///< by language
  std::string clause;
  std::string role;
  std::string rrule;      ///< RFC 5545
  std::string start;      ///< wall-clock time of the first occurrence: 2026-01-05T08:30
  Milliseconds within{};  ///< how long after its time an occurrence may be done
  std::string calendar;   ///< `within` counts its working time, and an occurrence on a day off moves; empty:
                          ///< elapsed time
};

}  // namespace yunzhi::duty
