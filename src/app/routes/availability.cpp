// Availability of systems by month, against what is promised of them.
#include <algorithm>

#include <fmt/format.h>

#include "app/availability/month.hpp"
#include "app/json_texts.hpp"
#include "app/pack_parts.hpp"
#include "app/routes/routes.hpp"
#include "record/transfer.hpp"

namespace yunzhi::app {
namespace {

constexpr auto permission = "monitor.query";
constexpr int months_shown = 12;

Result<Month> month_of(http::Request const& request, Instant now) {
  auto const given = request.parameter("month");
  if (!given) return Month(now, house_zone());
  auto month = Month::read(*given, house_zone());
  if (month.has_value() && month->stretch().from > now)
    return refuse(Why::invalid, "month", "must not lie in the future");
  return month;
}

template <class T>
json::value or_null(std::optional<T> const& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::object item_json(SystemAvailability const& one) {
  auto const& figures = one.figures;
  return {{"system", one.system.id},
          {"number", one.system.number},
          {"name", one.system.name},
          {"criticality", one.system.criticality},
          {"calendar", one.objective->calendar_id},
          {"objective", one.objective->percent},
          {"availability", or_null(figures.percent)},
          {"met", or_null(figures.met)},
          {"service_ms", figures.service.count()},
          {"downtime_ms", figures.downtime.count()},
          {"budget_ms", figures.budget.count()},
          {"budget_used", or_null(figures.budget_used)},
          {"unmeasured_ms", figures.unmeasured.count()},
          {"maintenance_ms", figures.maintenance.count()},
          {"outages", one.outages.size()},
          {"source", one.source}};
}

json::object head_json(Month const& month, Instant now) {
  return {{"month", month.text()},
          {"zone", house_zone().name()},
          {"from", format_instant(month.stretch().from)},
          {"to", format_instant(month.stretch().to)},
          {"running", month.stretch().to > now}};
}

// Who may not read every fault is told of the outage, not of its fault.
json::object outage_json(Outage const& outage, access::Actor const& actor) {
  bool const known = outage.incident && access::scope(actor, "incident.read") == access::Scope::all;
  return {{"from", format_instant(outage.stretch.from)},
          {"to", outage.lasts ? json::value(nullptr) : json::value(format_instant(outage.stretch.to))},
          {"downtime_ms", outage.downtime.count()},
          {"source", outage.source},
          {"incident", known ? json::value{{"id", outage.incident->id},
                                           {"number", outage.incident->number},
                                           {"title", outage.incident->title}}
                             : json::value(nullptr)}};
}

Result<http::Reply> answer_list(Sources const& sources, access::Call const& call, store::Reader& reader) {
  auto const now = sources.store.clock()();
  auto const month = month_of(call.request, now);
  if (month.has_error()) return month.error();
  auto answer = head_json(*month, now);
  json::array items;
  for (auto const& one : sources.availability_report.over(reader, month->stretch(), now))
    items.push_back(item_json(one));
  answer["items"] = std::move(items);
  return http::Reply::json(std::move(answer));
}

Result<http::Reply> answer_one(Sources const& sources, access::Call const& call, store::Reader& reader) {
  auto const now = sources.store.clock()();
  auto const month = month_of(call.request, now);
  if (month.has_error()) return month.error();
  std::vector<Month> months{*month};
  while (months.size() < months_shown) months.push_back(months.back().before());
  std::reverse(months.begin(), months.end());
  AvailabilityReport::Spans spans;
  for (auto const& each : months) spans.push_back(each.stretch());
  auto const found =
      sources.availability_report.of(reader, std::string(call.request.capture("system")), spans, now);
  if (found.empty()) return access::not_found();
  auto answer = head_json(*month, now);
  for (auto const& [name, value] : item_json(found.back())) answer[name] = value;
  json::array outages;
  for (auto const& outage : found.back().outages) outages.push_back(outage_json(outage, call.actor));
  answer["outage_list"] = std::move(outages);
  json::array lately;
  for (std::size_t i = 0; i < months.size(); ++i)
    lately.push_back(json::object{{"month", months[i].text()},
                                  {"availability", or_null(found[i].figures.percent)},
                                  {"objective", found[i].objective->percent},
                                  {"met", or_null(found[i].figures.met)},
                                  {"downtime_ms", found[i].figures.downtime.count()}});
  answer["months"] = std::move(lately);
  return http::Reply::json(std::move(answer));
}

std::string minutes(Milliseconds duration) {
  return fmt::format("{:.1f}", static_cast<double>(duration.count()) / 60'000);
}

Result<http::Reply> answer_export(Sources const& sources, access::Call const& call, store::Reader& reader) {
  auto const now = sources.store.clock()();
  auto const month = month_of(call.request, now);
  if (month.has_error()) return month.error();
  std::string csv =
      "\xef\xbb\xbf" +
      record::csv_line({"month", "number", "name", "criticality", "calendar", "objective_percent",
                        "availability_percent", "met", "service_minutes", "downtime_minutes",
                        "budget_minutes", "unmeasured_minutes", "maintenance_minutes", "outages", "source"});
  for (auto const& one : sources.availability_report.over(reader, month->stretch(), now)) {
    auto const& figures = one.figures;
    csv += record::csv_line({month->text(), one.system.number, one.system.name, one.system.criticality,
                             one.objective->calendar_id, fmt::format("{}", one.objective->percent),
                             figures.percent ? fmt::format("{:.5f}", *figures.percent) : std::string(),
                             figures.met ? std::string(*figures.met ? "true" : "false") : std::string(),
                             minutes(figures.service), minutes(figures.downtime), minutes(figures.budget),
                             minutes(figures.unmeasured), minutes(figures.maintenance),
                             fmt::format("{}", one.outages.size()), one.source});
  }
  return http::Reply::text(std::move(csv), "text/csv; charset=utf-8")
      .with("Content-Disposition", "attachment; filename=\"availability-" + month->text() + ".csv\"");
}

}  // namespace

void availability_routes(http::Router& router, Sources const& sources) {
  auto& gate = sources.access.gate();
  json::object const text{{"type", "string"}};
  std::vector<http::Parameter> const parameters{
      {"month", "As in 2026-11, on the organisation's wall clock; the running one by default", text, false}};
  auto listing = make_route(http::Method::get, "/api/v1/availability", "listAvailability", "availability",
                            permission, "How available each system was in a month, the worst first");
  listing.operation.parameters = parameters;
  listing.operation.response = {
      {"type", "object"},
      {"properties",
       {{"month", text}, {"zone", text}, {"from", text}, {"to", text}, {"items", {{"type", "array"}}}}},
      {"required", json::array{"month", "zone", "from", "to", "running", "items"}}};
  gate.read(router, std::move(listing), [&sources](access::Call const& call, store::Reader& reader) {
    return answer_list(sources, call, reader);
  });
  auto exporting = make_route(http::Method::get, "/api/v1/availability/export", "exportAvailability",
                              "availability", permission, "The same as CSV");
  exporting.operation.parameters = parameters;
  exporting.operation.response = text;
  exporting.operation.response_type = "text/csv";
  gate.read(router, std::move(exporting), [&sources](access::Call const& call, store::Reader& reader) {
    return answer_export(sources, call, reader);
  });
  auto reading =
      make_route(http::Method::get, "/api/v1/availability/{system}", "getAvailability", "availability",
                 permission, "One system's month with its outages, and the twelve months up to it");
  reading.operation.parameters = parameters;
  reading.operation.response = {{"type", "object"},
                                {"required", json::array{"month", "system", "outage_list", "months"}}};
  gate.read(router, std::move(reading), [&sources](access::Call const& call, store::Reader& reader) {
    return answer_one(sources, call, reader);
  });
}

}  // namespace yunzhi::app
