#include "calendar/shift_plan.hpp"

#include <algorithm>
#include <filesystem>

#include "calendar/yaml.hpp"

namespace yunzhi::calendar {
namespace {

constexpr std::size_t pattern_days = 400;

Result<> read_shifts(YAML::Node const& node, ShiftPlan& plan, std::string_view file) {
  if (!node || !node.IsMap())
    return mistake(file, node, "hours for each letter of the pattern are expected here");
  for (auto const& pair : node) {
    auto const letter = pair.first.Scalar();
    if (letter.size() != 1 || letter == "-")
      return mistake(file, pair.first, "'{}' is not one letter", letter);
    if (auto known = check_keys(pair.second, {"name", "from", "to"}, file); !known) return known;
    Shift shift;
    for (auto [key, target] : {std::pair{"from", &shift.from}, std::pair{"to", &shift.to}}) {
      auto const text = scalar(pair.second, key, file);
      if (!text) return text.error();
      auto const minutes = time_of_day(*text, pair.second[key], file);
      if (!minutes) return minutes.error();
      *target = *minutes;
    }
    if (shift.to <= shift.from)
      return mistake(file, pair.second, "a shift ends after it begins (a night ends at 32:00)");
    if (auto const name = pair.second["name"]) {
      auto texts = names(name, file);
      if (!texts) return texts.error();
      shift.name = std::move(*texts);
    }
    plan.shifts[letter.front()] = std::move(shift);
  }
  return {};
}

Result<> read_crews(YAML::Node const& node, ShiftPlan& plan, std::string_view file) {
  if (!node || !node.IsSequence() || node.size() == 0)
    return mistake(file, node, "a list of crews is expected here");
  for (auto const& item : node) {
    if (auto known = check_keys(item, {"id", "name", "offset"}, file); !known) return known;
    Crew crew;
    auto id = scalar(item, "id", file);
    if (!id) return id.error();
    crew.id = std::move(*id);
    if (auto const offset = item["offset"]; offset && !YAML::convert<int>::decode(offset, crew.offset))
      return mistake(file, offset, "'{}' is not a number of days", offset.Scalar());
    if (auto const name = item["name"]) {
      auto texts = names(name, file);
      if (!texts) return texts.error();
      crew.name = std::move(*texts);
    }
    plan.crews.push_back(std::move(crew));
  }
  return {};
}

Result<> read_pattern(YAML::Node const& node, ShiftPlan& plan, std::string_view file) {
  auto const anchor = day(node["anchor"], file);
  if (!anchor) return anchor.error();
  plan.anchor = *anchor;
  auto pattern = scalar(node, "pattern", file);
  if (!pattern) return pattern.error();
  plan.pattern = std::move(*pattern);
  if (plan.pattern.size() > pattern_days)
    return mistake(file, node["pattern"], "a pattern has at most {} days", pattern_days);
  if (auto read = read_shifts(node["hours"], plan, file); !read) return read;
  for (char const letter : plan.pattern)
    if (letter != '-' && !plan.shifts.contains(letter))
      return mistake(file, node["pattern"], "'{}' of the pattern has no hours", std::string(1, letter));
  return read_crews(node["crews"], plan, file);
}

Result<ShiftPlan> read_plan(YAML::Node const& node, std::string_view file) {
  auto known =
      check_keys(node, {"role", "name", "zone", "calendar", "anchor", "pattern", "hours", "crews"}, file);
  if (!known) return known.error();
  auto role = scalar(node, "role", file);
  if (!role) return role.error();
  auto const zone_name = scalar(node, "zone", file);
  if (!zone_name) return zone_name.error();
  auto const zone = Zone::find(*zone_name);
  if (!zone) return mistake(file, node["zone"], "'{}' is not a time zone as in Asia/Shanghai", *zone_name);
  ShiftPlan plan{std::move(*role), {}, {}, *zone, {}, {}, {}, {}};
  if (auto const name = node["name"]) {
    auto texts = names(name, file);
    if (!texts) return texts.error();
    plan.name = std::move(*texts);
  }
  if (auto const calendar = node["calendar"]) {
    plan.calendar = calendar.Scalar();
    if (node["pattern"]) return mistake(file, calendar, "a plan has either a pattern or a calendar");
    return plan;
  }
  if (auto read = read_pattern(node, plan, file); !read) return read.error();
  return plan;
}

}  // namespace

std::optional<OnDuty> ShiftPlan::shift_of(Crew const& crew, Day day) const {
  auto const length = static_cast<std::int64_t>(pattern.size());
  auto const index = ((day - anchor).count() - crew.offset) % length;
  auto const shift = shifts.find(pattern[static_cast<std::size_t>(index < 0 ? index + length : index)]);
  if (shift == shifts.end()) return std::nullopt;
  return OnDuty{crew.id, shift->first, zone.instant({day, std::chrono::minutes{shift->second.from}}),
                zone.instant({day, std::chrono::minutes{shift->second.to}})};
}

std::vector<OnDuty> ShiftPlan::on_duty(Instant at) const {
  std::vector<OnDuty> found;
  if (pattern.empty()) return found;
  auto const today = zone.reading(at).day;
  for (auto const& crew : crews)
    // A shift reaches at most two days past its own.
    for (int back = 0; back <= 2; ++back)
      if (auto const shift = shift_of(crew, today - std::chrono::days{back});
          shift && shift->from <= at && at < shift->to)
        found.push_back(*shift);
  return found;
}

std::vector<OnDuty> ShiftPlan::shifts_between(Instant from, Instant to) const {
  std::vector<OnDuty> found;
  if (pattern.empty() || from >= to) return found;
  auto const last = zone.reading(to).day;
  for (auto day = zone.reading(from).day - std::chrono::days{2}; day <= last; day += std::chrono::days{1})
    for (auto const& crew : crews)
      if (auto const shift = shift_of(crew, day); shift && shift->from < to && from < shift->to)
        found.push_back(*shift);
  std::stable_sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.from < b.from; });
  return found;
}

Result<std::vector<ShiftPlan>> parse_shifts(std::string_view text, std::string_view file) {
  YAML::Node root;
  if (auto parsed = parse_yaml(text, file, root); !parsed) return parsed.error();
  std::vector<ShiftPlan> plans;
  if (root.IsNull()) return plans;
  if (!root.IsSequence()) return mistake(file, root, "a list of shift plans is expected here");
  for (auto const& node : root) {
    auto plan = read_plan(node, file);
    if (!plan) return plan.error();
    for (auto const& other : plans)
      if (other.role == plan->role) return mistake(file, node, "the role '{}' has two plans", plan->role);
    plans.push_back(std::move(*plan));
  }
  return plans;
}

Result<std::vector<ShiftPlan>> load_shifts(std::string const& path) {
  auto const text = read_file(path);
  if (!text) return text.error();
  return parse_shifts(*text, std::filesystem::path(path).filename().string());
}

}  // namespace yunzhi::calendar
