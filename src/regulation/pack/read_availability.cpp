// What is promised of systems: availability by criticality.
#include <charconv>

#include "regulation/pack/reader.hpp"

namespace yunzhi::regulation {
namespace {

std::optional<double> number_of(std::string const& text) {
  double number = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<AvailabilityObjective> read_objective(FileReader& file, Pack const& pack,
                                                    YAML::Node const& node) {
  file.keys(node, {"percent", "calendar"});
  AvailabilityObjective objective;
  auto const percent = number_of(file.text(node, "percent"));
  if (!percent || *percent <= 0 || *percent > 100) {
    file.mistake(node, "must be a percentage above 0 and at most 100");
    return std::nullopt;
  }
  objective.percent = *percent;
  objective.calendar_id = file.text(node, "calendar");
  auto const calendar = pack.calendars.find(objective.calendar_id);
  if (calendar == pack.calendars.end()) {
    file.mistake(node, "there is no calendar '{}' in this pack", objective.calendar_id);
    return std::nullopt;
  }
  objective.calendar = calendar->second;
  return objective;
}

}  // namespace

void read_availability(FileReader& file, Pack& pack) {
  file.keys(file.root(), {"objectives", "outage_severities"});
  auto const objectives = file.root()["objectives"];
  if (!objectives.IsDefined() || !objectives.IsMap()) {
    file.mistake(file.root(), "'{}' is missing", "objectives");
    return;
  }
  for (auto const& entry : objectives)
    if (auto objective = read_objective(file, pack, entry.second))
      pack.availability.objectives[entry.first.Scalar()] = std::move(*objective);
  for (auto const& severity : file.entries(file.root()["outage_severities"]))
    pack.availability.outage_severities.push_back(severity.Scalar());
}

}  // namespace yunzhi::regulation
