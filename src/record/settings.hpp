// What the pack decides about records.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "record/clocks.hpp"

namespace yunzhi::record {

struct Priorities {
  std::map<std::string, std::map<std::string, std::string>> matrix;  ///< severity, urgency -> priority
  std::string unassessed = "p3";
};

struct Settings {
  std::map<std::string, std::string> numbering;            ///< by kind
  std::map<std::string, std::vector<ClockPolicy>> clocks;  ///< by kind
  Priorities priorities;
  int zone_offset = 480;  ///< minutes east of UTC, for the year in numbers
};

}  // namespace yunzhi::record
