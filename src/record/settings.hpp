// What the pack decides about records.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "record/clocks.hpp"
#include "record/target_template.hpp"

namespace yunzhi::record {

struct Priorities {
  std::map<std::string, std::map<std::string, std::string>> matrix;  ///< severity, urgency -> priority
  std::string unassessed = "p3";
};

struct Settings {
  std::map<std::string, std::string> numbering;            ///< by kind
  std::map<std::string, std::vector<ClockPolicy>> clocks;  ///< by kind
  Priorities priorities;
  std::vector<TargetTemplate> targets{TargetTemplate{}};  ///< the first is that of a host
  std::shared_ptr<calendar::WorkingCalendar const>
      office;             ///< the calendar of that name; none: the pack has none
  int zone_offset = 480;  ///< minutes east of UTC, for the year in numbers
};

}  // namespace yunzhi::record
