// When maintenance windows open: a span of the calendar with its working days and holidays, and a preview of
// a window that is being written.
#include "app/pack_parts.hpp"
#include "app/routes/routes.hpp"
#include "base/limits.hpp"
#include "modules/maintenance_window/maintenance_window.hpp"

namespace yunzhi::app {
namespace {

constexpr auto read_window = "maintenance_window.read";
constexpr std::size_t openings_each = 100;  // of one window in a span of the calendar
constexpr std::size_t preview_most = 10;
constexpr std::chrono::days preview_ahead{1100};

json::object opening_json(modules::Opening const& opening) {
  return {{"from", format_instant(opening.from)},
          {"to", format_instant(opening.to)},
          {"provisional", opening.provisional}};
}

Result<Instant> instant_of(http::Request const& request, std::string_view name) {
  auto at = parse_instant(request.parameter(name).value_or(""));
  if (at.has_error()) return refuse(Why::invalid, name, "must be a time as in 2026-01-05T08:00:00Z");
  return at;
}

// The days that are not what their weekday says: holidays with their name, and make-up workdays.
json::array special_days(modules::WindowCalendar const& calendar, Instant from, Instant to) {
  json::array days;
  if (!calendar.office) return days;
  auto const& data = calendar.office->data();
  auto const last = calendar.zone.reading(to - Milliseconds{1}).day;
  for (auto day = calendar.zone.reading(from).day; day <= last; day += std::chrono::days{1}) {
    auto const holiday = data.holidays.find(day);
    bool const make_up = data.workdays.contains(day);
    if (!make_up && holiday == data.holidays.end()) continue;
    days.push_back(json::object{{"day", calendar::format_day(day)},
                                {"working", make_up},
                                {"name", make_up ? std::string() : holiday->second}});
  }
  return days;
}

Result<http::Reply> answer_calendar(modules::WindowCalendar const& calendar, http::Request const& request,
                                    store::Reader& reader) {
  auto const from = instant_of(request, "from");
  if (from.has_error()) return from.error();
  auto const to = instant_of(request, "to");
  if (to.has_error()) return to.error();
  if (*from >= *to || *to - *from > limits::rota_span)
    return refuse(Why::invalid, "to", "must be after the beginning, by at most {} days", 62);
  json::array items;
  for (auto const& planned : modules::planned_openings(reader, calendar, *from, *to, openings_each)) {
    auto item = opening_json(planned.opening);
    item["window"] = planned.window;
    item["number"] = planned.number;
    item["title"] = planned.title;
    item["systems"] = json::array(planned.systems.begin(), planned.systems.end());
    items.push_back(std::move(item));
  }
  return http::Reply::json(
      json::object{{"openings", std::move(items)}, {"days", special_days(calendar, *from, *to)}});
}

Result<http::Reply> answer_preview(modules::WindowCalendar const& calendar, http::Request const& request,
                                   Instant now) {
  auto const starts_at = instant_of(request, "starts_at");
  if (starts_at.has_error()) return starts_at.error();
  auto const ends_at = instant_of(request, "ends_at");
  if (ends_at.has_error()) return ends_at.error();
  modules::WindowPlan plan{*starts_at, *ends_at, std::string(request.parameter("recurrence").value_or("")),
                           modules::MaintenanceDays::every};
  auto const days = std::string(request.parameter("days").value_or("every"));
  if (!boost::describe::enum_from_string(days.c_str(), plan.days))
    return refuse(Why::invalid, "days", "must be one of {}", "every, working, non_working");
  auto const checked = modules::check_window(plan, calendar.office != nullptr);
  if (checked.has_error()) return checked.error();
  json::array items;
  auto const from = std::max(now, plan.starts_at);
  for (auto const& opening : modules::openings(plan, calendar, from, from + preview_ahead, preview_most))
    items.push_back(opening_json(opening));
  return http::Reply::json(json::object{{"openings", std::move(items)}});
}

}  // namespace

void maintenance_routes(http::Router& router, Sources const& sources) {
  auto& gate = sources.access.gate();
  json::object const text{{"type", "string"}};
  json::object const list{{"type", "array"}};
  auto const calendar = window_calendar_of(sources.pack);
  auto month = make_route(http::Method::get, "/api/v1/maintenance-calendar", "getMaintenanceCalendar",
                          "maintenance", read_window,
                          "The openings of planned windows in a span, and its holidays and make-up workdays");
  month.operation.parameters = {{"from", "Beginning", text}, {"to", "End, at most 62 days later", text}};
  month.operation.response = {{"type", "object"},
                              {"properties", {{"openings", list}, {"days", list}}},
                              {"required", json::array{"openings", "days"}}};
  gate.read(router, std::move(month), [calendar](access::Call const& call, store::Reader& reader) {
    return answer_calendar(calendar, call.request, reader);
  });
  auto preview = make_route(http::Method::get, "/api/v1/maintenance-calendar/preview", "previewMaintenance",
                            "maintenance", read_window, "The next openings of a window that is not kept yet");
  preview.operation.parameters = {{"starts_at", "When it opens first", text},
                                  {"ends_at", "When it closes first", text},
                                  {"recurrence", "RRULE of RFC 5545; none: once", text},
                                  {"days", "every (by default), working or non_working", text}};
  preview.operation.response = {
      {"type", "object"}, {"properties", {{"openings", list}}}, {"required", json::array{"openings"}}};
  gate.read(router, std::move(preview), [calendar, &sources](access::Call const& call, store::Reader&) {
    return answer_preview(calendar, call.request, sources.store.clock()());
  });
}

}  // namespace yunzhi::app
