// What the readers of calendar and shift files share: mistakes that name file and line, and the few shapes
// both files use.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "base/result.hpp"
#include "calendar/working_calendar.hpp"

namespace yunzhi::calendar {

/// A mistake at a node: the field is "office.yaml:12".
template <class... A>
Refusal mistake(std::string_view file, YAML::Node const& node, std::string_view text, A const&... arguments) {
  auto const line = node.IsDefined() ? node.Mark().line + 1 : 1;
  return refuse(Why::invalid, std::string(file) + ":" + std::to_string(line), text, arguments...);
}

/// The whole file as text; at most 1 MB.
Result<std::string> read_file(std::string const& path);
/// Fills in the root of a YAML text. (A node can be made from anything, so it cannot travel in a Result.)
Result<> parse_yaml(std::string_view text, std::string_view file, YAML::Node& root);
/// Refuses a key of the mapping that is not among `known`.
Result<> check_keys(YAML::Node const& node, std::vector<std::string_view> const& known,
                    std::string_view file);
/// A scalar that must be there and not be empty.
Result<std::string> scalar(YAML::Node const& parent, std::string_view key, std::string_view file);
/// Texts by language.
Result<std::map<std::string, std::string>> names(YAML::Node const& node, std::string_view file);
Result<Day> day(YAML::Node const& node, std::string_view file);
/// Minutes since midnight from "08:30"; up to 48:00.
Result<int> time_of_day(std::string_view text, YAML::Node const& node, std::string_view file);
/// ["08:00-12:00", "13:30-17:30"]
Result<Hours> hours(YAML::Node const& node, std::string_view file);

}  // namespace yunzhi::calendar
