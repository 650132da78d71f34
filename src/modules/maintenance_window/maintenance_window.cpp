#include "modules/maintenance_window/maintenance_window.hpp"

#include "calendar/recurrence.hpp"

namespace yunzhi::modules {
namespace {

constexpr auto longest = std::chrono::days{31};
constexpr std::int64_t windows_read = 500;

Result<> check(record::Change& change) {
  auto const starts_at = parse_instant(text_of(change.after, "starts_at"));
  auto const ends_at = parse_instant(text_of(change.after, "ends_at"));
  if (starts_at.has_error() || ends_at.has_error()) return {};  // the missing field was already named
  if (*ends_at <= *starts_at) return refuse(Why::invalid, "/ends_at", "must be after the start");
  if (*ends_at - *starts_at > longest)
    return refuse(Why::invalid, "/ends_at", "must be at most {} days after the start", longest.count());
  if (change.after.at("systems").as_array().empty())
    return refuse(Why::invalid, "/systems", "must not be empty");
  auto const rule = text_of(change.after, "recurrence");
  if (rule.empty()) return {};
  auto checked = calendar::check_rule(rule);
  if (checked.has_value()) return {};
  auto refusal = checked.error();
  for (auto& fault : refusal.faults) fault.field = "/recurrence";
  return refusal;
}

bool holds(std::string const& rule, Instant starts_at, Instant ends_at, Instant at,
           calendar::Zone const& zone) {
  if (rule.empty()) return starts_at <= at && at < ends_at;
  auto const length = ends_at - starts_at;
  auto const begun = calendar::occurrences({rule, zone.reading(starts_at)}, zone,
                                           at - length + Milliseconds{1}, at + Milliseconds{1}, 1);
  return begun.has_value() && !begun->empty();
}

}  // namespace

record::Module maintenance_window(record::Settings const&) {
  record::Module module;
  module.kind = "maintenance_window";
  module.plural = "maintenance_windows";
  module.fields = describe::fields<MaintenanceWindow>();
  module.defaults = describe::to_json(MaintenanceWindow{});
  module.needed = {"title", "starts_at", "ends_at", "systems"};
  module.given = {"title", "systems", "starts_at", "ends_at", "recurrence", "reason"};
  module.editable = {"title", "systems", "starts_at", "ends_at", "recurrence", "reason", "state"};
  module.listed = {"id", "number", "title", "systems", "starts_at", "ends_at", "recurrence", "state"};
  module.sorted = {"created_at", "starts_at"};
  module.searched = {"title", "reason"};
  module.closed = {"cancelled"};
  module.before_create = module.before_change = check;
  return module;
}

std::string maintenance_window_of(store::Reader& reader, std::string_view system, Instant at,
                                  calendar::Zone const& zone) {
  auto const member = "%\"" + std::string(system) + "\"%";
  for (auto const& [id, starts_at, ends_at, rule] :
       reader.rows<std::string, Instant, Instant, std::optional<std::string>>(
           "select id, starts_at, ends_at, recurrence from maintenance_window where state = 'planned' and "
           "starts_at <= :at and (ends_at > :at_end or recurrence is not null) and systems like :member "
           "order by starts_at desc, id desc limit :most",
           at, at, member, windows_read))
    if (holds(rule.value_or(""), starts_at, ends_at, at, zone)) return id;
  return {};
}

}  // namespace yunzhi::modules
