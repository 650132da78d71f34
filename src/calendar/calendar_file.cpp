#include "calendar/calendar_file.hpp"

#include <charconv>
#include <filesystem>

#include "calendar/yaml.hpp"

namespace yunzhi::calendar {
namespace {

constexpr std::string_view weekdays[] = {"sunday",   "monday", "tuesday", "wednesday",
                                         "thursday", "friday", "saturday"};
constexpr int longest_holiday_days = 60;

Result<> read_week(YAML::Node const& node, CalendarData& data, std::string_view file) {
  if (auto known = check_keys(node, {std::begin(weekdays), std::end(weekdays)}, file); !known) return known;
  for (std::size_t i = 0; i < 7; ++i) {
    auto const found = node[std::string(weekdays[i])];
    if (!found) continue;
    auto spans = hours(found, file);
    if (!spans) return spans.error();
    data.week[i] = std::move(*spans);
  }
  return {};
}

// One day, or a named run of days. Days must lie in the year they stand under.
Result<> read_holiday(YAML::Node const& node, int year, CalendarData& data, std::string_view file) {
  std::string name;
  auto first = node;
  auto last = node;
  if (node.IsMap()) {
    if (auto known = check_keys(node, {"name", "from", "to"}, file); !known) return known;
    if (node["name"]) name = node["name"].Scalar();
    first.reset(node["from"]);
    last.reset(node["to"] ? node["to"] : node["from"]);
  }
  auto const from = day(first, file);
  if (!from) return from.error();
  auto const to = day(last, file);
  if (!to) return to.error();
  if (*to < *from || *to - *from > std::chrono::days{longest_holiday_days})
    return mistake(file, node, "a holiday ends on or after its first day and lasts at most {} days",
                   longest_holiday_days);
  if (year_of(*from) != year || year_of(*to) != year)
    return mistake(file, node, "this day does not lie in the year {}", year);
  for (auto one = *from; one <= *to; one += std::chrono::days{1}) data.holidays[one] = name;
  return {};
}

Result<> read_workdays(YAML::Node const& node, int year, CalendarData& data, std::string_view file) {
  if (!node.IsSequence()) return mistake(file, node, "a list is expected here");
  for (auto const& item : node) {
    auto const one = day(item, file);
    if (!one) return one.error();
    if (year_of(*one) != year) return mistake(file, item, "this day does not lie in the year {}", year);
    if (data.holidays.contains(*one))
      return mistake(file, item, "{} is a holiday and a make-up workday at once", format_day(*one));
    data.workdays.insert(*one);
  }
  return {};
}

Result<> read_year(int year, YAML::Node const& node, CalendarData& data, std::string_view file) {
  auto known = check_keys(node, {"source", "provisional", "status", "holidays", "workdays"}, file);
  if (!known) return known;
  bool provisional = false;
  if (auto const flag = node["provisional"]) {
    if (!YAML::convert<bool>::decode(flag, provisional))
      return mistake(file, flag, "true or false is expected here");
  }
  if (auto const status = node["status"]) {
    if (status.Scalar() != "published" && status.Scalar() != "provisional")
      return mistake(file, status, "the status is published or provisional");
    provisional = status.Scalar() == "provisional";
  }
  data.years[year] = provisional;
  if (auto const holidays = node["holidays"]) {
    if (!holidays.IsSequence()) return mistake(file, holidays, "a list is expected here");
    for (auto const& item : holidays)
      if (auto read = read_holiday(item, year, data, file); !read) return read;
  }
  if (auto const workdays = node["workdays"]) return read_workdays(workdays, year, data, file);
  return {};
}

Result<> read_years(YAML::Node const& node, CalendarData& data, std::string_view file) {
  if (!node.IsMap()) return mistake(file, node, "a mapping of years is expected here");
  for (auto const& pair : node) {
    int year = 0;
    if (!YAML::convert<int>::decode(pair.first, year) || year < 1970 || year > 9999)
      return mistake(file, pair.first, "'{}' is not a year", pair.first.Scalar());
    if (auto read = read_year(year, pair.second, data, file); !read) return read;
  }
  return {};
}

}  // namespace

Result<WorkingCalendar> parse_calendar(std::string_view text, std::string_view file) {
  YAML::Node root;
  if (auto parsed = parse_yaml(text, file, root); !parsed) return parsed.error();
  auto known = check_keys(root, {"id", "name", "zone", "week", "workday", "years"}, file);
  if (!known) return known.error();
  CalendarData data;
  for (auto [key, target] : {std::pair{"id", &data.id}, std::pair{"zone", &data.zone}}) {
    auto value = scalar(root, key, file);
    if (!value) return value.error();
    *target = std::move(*value);
  }
  if (auto const node = root["name"]) {
    auto texts = names(node, file);
    if (!texts) return texts.error();
    data.name = std::move(*texts);
  }
  auto const week = root["week"];
  if (!week) return mistake(file, root, "'{}' is missing", "week");
  if (auto read = read_week(week, data, file); !read) return read.error();
  if (auto const node = root["workday"]) {
    auto spans = hours(node, file);
    if (!spans) return spans.error();
    data.workday = std::move(*spans);
  }
  if (auto const node = root["years"])
    if (auto read = read_years(node, data, file); !read) return read.error();
  auto made = WorkingCalendar::make(std::move(data));
  if (!made) {
    auto refusal = made.error();
    for (auto& fault : refusal.faults) fault.field = std::string(file) + ":1";
    return refusal;
  }
  return made;
}

Result<WorkingCalendar> load_calendar(std::string const& path) {
  auto const text = read_file(path);
  if (!text) return text.error();
  return parse_calendar(*text, std::filesystem::path(path).filename().string());
}

}  // namespace yunzhi::calendar
