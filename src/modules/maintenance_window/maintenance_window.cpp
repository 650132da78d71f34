#include "modules/maintenance_window/maintenance_window.hpp"

#include <algorithm>

#include "calendar/recurrence.hpp"

namespace yunzhi::modules {
namespace {

constexpr auto longest = std::chrono::days{31};
constexpr std::int64_t windows_read = 500;

MaintenanceDays days_of(std::string const& name) {
  auto days = MaintenanceDays::every;
  boost::describe::enum_from_string(name.c_str(), days);
  return days;
}

Result<> check(record::Change& change, bool has_office) {
  auto const starts_at = parse_instant(text_of(change.after, "starts_at"));
  auto const ends_at = parse_instant(text_of(change.after, "ends_at"));
  if (starts_at.has_error() || ends_at.has_error()) return {};  // the missing field was already named
  if (change.after.at("systems").as_array().empty())
    return refuse(Why::invalid, "/systems", "must not be empty");
  return check_window(
      {*starts_at, *ends_at, text_of(change.after, "recurrence"), days_of(text_of(change.after, "days"))},
      has_office);
}

}  // namespace

Result<> check_window(WindowPlan const& plan, bool has_office) {
  if (plan.ends_at <= plan.starts_at) return refuse(Why::invalid, "/ends_at", "must be after the start");
  if (plan.ends_at - plan.starts_at > longest)
    return refuse(Why::invalid, "/ends_at", "must be at most {} days after the start", longest.count());
  if (plan.days != MaintenanceDays::every && plan.recurrence.empty())
    return refuse(Why::invalid, "/days",
                  "only a window that recurs chooses its days; give a recurrence such as {}", "FREQ=DAILY");
  if (plan.days != MaintenanceDays::every && !has_office)
    return refuse(Why::invalid, "/days", "the regulation has no working calendar '{}'", "office");
  if (plan.recurrence.empty()) return {};
  auto checked = calendar::check_rule(plan.recurrence);
  if (checked.has_value()) return {};
  auto refusal = checked.error();
  for (auto& fault : refusal.faults) fault.field = "/recurrence";
  return refusal;
}

record::Module maintenance_window(record::Settings const& settings) {
  record::Module module;
  module.kind = "maintenance_window";
  module.plural = "maintenance_windows";
  module.fields = describe::fields<MaintenanceWindow>();
  module.defaults = describe::to_json(MaintenanceWindow{});
  module.needed = {"title", "starts_at", "ends_at", "systems"};
  module.given = {"title", "systems", "starts_at", "ends_at", "recurrence", "days", "reason"};
  module.editable = {"title", "systems", "starts_at", "ends_at", "recurrence", "days", "reason", "state"};
  module.listed = {"id", "number", "title", "systems", "starts_at", "ends_at", "recurrence", "days", "state"};
  module.sorted = {"created_at", "starts_at"};
  module.searched = {"title", "reason"};
  module.closed = {"cancelled"};
  module.before_create = module.before_change =
      [has_office = settings.office != nullptr](record::Change& change) { return check(change, has_office); };
  return module;
}

std::string maintenance_window_of(store::Reader& reader, std::string_view system, Instant at,
                                  WindowCalendar const& calendar) {
  auto const member = "%\"" + std::string(system) + "\"%";
  for (auto const& [id, starts_at, ends_at, rule, days] :
       reader.rows<std::string, Instant, Instant, std::optional<std::string>, std::string>(
           "select id, starts_at, ends_at, recurrence, days from maintenance_window where state = 'planned' "
           "and starts_at <= :at and (ends_at > :at_end or recurrence is not null) and systems like :member "
           "order by starts_at desc, id desc limit :most",
           at, at, member, windows_read))
    if (!openings({starts_at, ends_at, rule.value_or(""), days_of(days)}, calendar, at, at + Milliseconds{1},
                  1)
             .empty())
      return id;
  return {};
}

std::vector<PlannedOpening> planned_openings(store::Reader& reader, WindowCalendar const& calendar,
                                             Instant from, Instant to, std::size_t most) {
  std::vector<PlannedOpening> found;
  for (auto const& [id, number, title, systems, starts_at, ends_at, rule, days] :
       reader.rows<std::string, std::string, std::string, std::string, Instant, Instant,
                   std::optional<std::string>, std::string>(
           "select id, number, title, systems, starts_at, ends_at, recurrence, days from maintenance_window "
           "where state = 'planned' and starts_at < :until and (ends_at > :since or recurrence is not null) "
           "order by starts_at desc, id desc limit :most",
           to, from, windows_read)) {
    std::vector<std::string> members;
    if (auto const parsed = parse_json(systems); parsed.has_value() && parsed->is_array())
      for (auto const& member : parsed->as_array()) members.emplace_back(member.as_string());
    for (auto const& opening :
         openings({starts_at, ends_at, rule.value_or(""), days_of(days)}, calendar, from, to, most))
      found.push_back({id, number, title, members, opening});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](auto const& a, auto const& b) { return a.opening.from < b.opening.from; });
  return found;
}

}  // namespace yunzhi::modules
