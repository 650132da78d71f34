// Who is on call: now, next, and over a month, by the rotas and the stand-ins that lie over them.
#include <algorithm>

#include "access/body.hpp"
#include "access/stand_ins.hpp"
#include "app/json_texts.hpp"
#include "app/routes/routes.hpp"
#include "base/limits.hpp"

namespace yunzhi::app {
namespace {

constexpr auto read_rota = "duty.read";
constexpr auto write_rota = "rota.write";

// People of a role by crew; of a plan by calendar all under the empty crew.
using Members = std::map<std::string, std::vector<std::pair<std::string, std::string>>>;

Members members_of(store::Reader& reader, calendar::ShiftPlan const& plan) {
  Members members;
  for (auto& [id, name, crew] : reader.rows<std::string, std::string, std::optional<std::string>>(
           "select p.id, p.name, p.crew from person p join person_role r on r.person = p.id where r.role = "
           ":role and p.active = 1 order by p.name limit 5000",
           plan.role))
    members[plan.calendar.empty() ? crew.value_or("") : ""].emplace_back(std::move(id), std::move(name));
  return members;
}

// A day of a working calendar from its opening to its close, whatever pauses lie between.
std::vector<calendar::OnDuty> office_days(calendar::WorkingCalendar const& hours, Instant from, Instant to) {
  std::vector<calendar::OnDuty> days;
  auto const& zone = hours.zone();
  for (auto day = zone.reading(from).day; zone.instant({day, {}}) < to; day += std::chrono::days{1}) {
    auto const begin = zone.instant({day, {}});
    auto const end = zone.instant({day + std::chrono::days{1}, {}});
    auto const working = hours.working_between(begin, end);
    if (working.count() > 0)
      days.push_back({"", 0, hours.next_opening(begin), hours.add_working(begin, working)});
  }
  return days;
}

std::vector<calendar::OnDuty> shifts_of(access::Rota const& rota, calendar::ShiftPlan const& plan,
                                        Instant from, Instant to) {
  if (plan.calendar.empty()) return plan.shifts_between(from, to);
  auto const hours = rota.calendars.find(plan.calendar);
  return hours == rota.calendars.end() ? std::vector<calendar::OnDuty>()
                                       : office_days(*hours->second, from, to);
}

std::string worded(std::map<std::string, std::string> const& words, std::string_view language,
                   std::string_view otherwise) {
  auto const found = words.find(std::string(language));
  return found == words.end() ? std::string(otherwise) : found->second;
}

std::string crew_name(calendar::ShiftPlan const& plan, std::string_view crew, std::string_view language) {
  for (auto const& one : plan.crews)
    if (one.id == crew) return worded(one.name, language, crew);
  return std::string(crew);
}

json::object rota_json(store::Reader& reader, access::Rota const& rota, calendar::ShiftPlan const& plan,
                       Instant from, Instant to, std::string_view language) {
  auto const members = members_of(reader, plan);
  json::array shifts;
  for (auto const& shift : shifts_of(rota, plan, from, to)) {
    json::array people;
    if (auto const crew = members.find(shift.crew); crew != members.end())
      for (auto const& [id, name] : crew->second) people.push_back(json::object{{"id", id}, {"name", name}});
    auto const kind = plan.shifts.find(shift.shift);
    shifts.push_back(json::object{
        {"crew", shift.crew},
        {"crew_name", crew_name(plan, shift.crew, language)},
        {"shift", shift.shift == 0 ? std::string() : std::string(1, shift.shift)},
        {"shift_name", kind == plan.shifts.end() ? std::string() : worded(kind->second.name, language, "")},
        {"from", format_instant(shift.from)},
        {"to", format_instant(shift.to)},
        {"people", std::move(people)}});
  }
  json::array people;
  for (auto const& [crew, all] : members)
    for (auto const& [id, name] : all)
      people.push_back(json::object{{"id", id}, {"name", name}, {"crew", crew}});
  return {{"role", plan.role},
          {"name", worded(plan.name, language, plan.role)},
          {"zone", plan.zone.name()},
          {"people", std::move(people)},
          {"shifts", std::move(shifts)}};
}

json::object stand_in_json(access::StandIn const& one) {
  return {{"id", one.id},
          {"role", one.role},
          {"person", one.person},
          {"person_name", one.person_name},
          {"deputy", one.deputy},
          {"deputy_name", one.deputy_name},
          {"starts_at", format_instant(one.starts_at)},
          {"ends_at", format_instant(one.ends_at)},
          {"reason", one.reason},
          {"swap_of", text_or_null(one.swap_of)}};
}

Result<std::pair<Instant, Instant>> span_of(http::Request const& request, Instant now) {
  auto from = now;
  auto to = now + std::chrono::days{7};
  for (auto [name, target] : {std::pair{"from", &from}, {"to", &to}})
    if (auto const given = request.parameter(name)) {
      auto const at = parse_instant(*given);
      if (at.has_error()) return refuse(Why::invalid, name, "must be a time as in 2026-01-05T08:00:00Z");
      *target = *at;
    }
  if (from >= to || to - from > limits::rota_span)
    return refuse(Why::invalid, "to", "must be after the beginning, by at most {} days", 62);
  return std::pair{from, to};
}

Result<http::Reply> answer_on_call(Sources const& sources, access::Call const& call, store::Reader& reader) {
  auto const now = sources.store.clock()();
  auto const span = span_of(call.request, now);
  if (span.has_error()) return span.error();
  json::array rotas;
  for (auto const& plan : sources.rota.plans)
    rotas.push_back(
        rota_json(reader, sources.rota, plan, span->first, span->second, call.request.language()));
  json::array over;
  for (auto const& one : access::stand_ins(reader, span->first, span->second))
    over.push_back(stand_in_json(one));
  json::array on_duty;
  for (auto const& duty : access::on_duty(reader, sources.rota, now))
    on_duty.push_back(json::object{{"person", duty.person},
                                   {"name", duty.name},
                                   {"role", duty.role},
                                   {"crew", duty.crew},
                                   {"stands_in_for", duty.stands_in_for}});
  return http::Reply::json(json::object{{"at", format_instant(now)},
                                        {"on_duty", std::move(on_duty)},
                                        {"rotas", std::move(rotas)},
                                        {"stand_ins", std::move(over)}});
}

// Whoever plans may write down anything; others only what they are part of.
bool may_write(access::Actor const& actor, std::string_view person, std::string_view deputy) {
  auto const scope = access::scope(actor, write_rota);
  if (scope == access::Scope::all) return true;
  return scope != access::Scope::none && (actor.person == person || actor.person == deputy);
}

struct Wish {
  access::StandIn stand_in;
  std::optional<std::pair<Instant, Instant>> back;  ///< when the person does the deputy's duty in exchange
};

Instant instant_in(access::Body& body, std::string_view name) {
  auto const at = parse_instant(body.text(name, 40));
  if (at) return *at;
  body.fault(name, refuse(Why::invalid, "", "must be a time as in 2026-01-05T08:00:00Z"));
  return {};
}

Result<Wish> wish_of(Sources const& sources, access::Call const& call) {
  auto const object = call.request.json_body();
  if (object.has_error()) return object.error();
  access::Body body(*object);
  Wish wish;
  auto& one = wish.stand_in;
  one.role = body.text("role");
  one.person = body.text("person");
  one.deputy = body.text("deputy");
  one.reason = body.text("reason", limits::reason_characters);
  one.starts_at = instant_in(body, "starts_at");
  one.ends_at = instant_in(body, "ends_at");
  one.created_by = call.actor.person;
  if (object->contains("back_starts_at") || object->contains("back_ends_at"))
    wish.back = {instant_in(body, "back_starts_at"), instant_in(body, "back_ends_at")};
  auto const& plans = sources.rota.plans;
  if (!one.role.empty() &&
      std::none_of(plans.begin(), plans.end(), [&](auto const& plan) { return plan.role == one.role; }))
    body.fault("role", refuse(Why::invalid, "", "there is no rota for the role {}", one.role));
  if (auto const read = body.end(); read.has_error()) return read.error();
  return wish;
}

Result<http::Reply> answer_add(Sources const& sources, access::Call const& call, store::Edit& edit) {
  auto const wish = wish_of(sources, call);
  if (wish.has_error()) return wish.error();
  if (!may_write(call.actor, wish->stand_in.person, wish->stand_in.deputy))
    return refuse(Why::forbidden, "", "only who plans the rota may do this for others");
  auto const made = access::add_stand_in(edit, wish->stand_in);
  if (made.has_error()) return made.error();
  json::array items{stand_in_json(*made)};
  if (wish->back) {
    auto other = wish->stand_in;
    std::swap(other.person, other.deputy);
    std::tie(other.starts_at, other.ends_at) = *wish->back;
    other.swap_of = made->id;
    auto const back = access::add_stand_in(edit, std::move(other));
    if (back.has_error()) return back.error();
    items.push_back(stand_in_json(*back));
  }
  edit.record(access::entry(call, wish->back ? "rota.swap" : "rota.stand_in", "stand_in/" + made->id,
                            json::object{{"stand_ins", items}}));
  return http::Reply::json(json::object{{"items", std::move(items)}, {"next", nullptr}}, 201);
}

Result<http::Reply> answer_end(access::Call const& call, store::Edit& edit) {
  auto const one = access::find_stand_in(edit, call.request.capture("id"));
  if (!one || one->ends_at <= edit.now()) return access::not_found();
  if (!may_write(call.actor, one->person, one->deputy))
    return refuse(Why::forbidden, "", "only who plans the rota may do this for others");
  access::end_stand_in(edit, *one);
  edit.record(access::entry(call, "rota.end", "stand_in/" + one->id,
                            json::object{{"stand_in", stand_in_json(*one)}}));
  return http::Reply::empty();
}

}  // namespace

void on_call_routes(http::Router& router, Sources const& sources) {
  auto& gate = sources.access.gate();
  json::object const text{{"type", "string"}};
  json::object const list{{"type", "array"}};
  auto reading = make_route(http::Method::get, "/api/v1/on-call", "getOnCall", "on-call", read_rota,
                            "Who is on call now, and the shifts of every rota in a span");
  reading.operation.parameters = {{"from", "Beginning; now by default", text},
                                  {"to", "End, at most 62 days later; a week by default", text}};
  reading.operation.response = {
      {"type", "object"},
      {"properties", {{"at", text}, {"on_duty", list}, {"rotas", list}, {"stand_ins", list}}},
      {"required", json::array{"at", "on_duty", "rotas", "stand_ins"}}};
  gate.read(router, std::move(reading), [&sources](access::Call const& call, store::Reader& reader) {
    return answer_on_call(sources, call, reader);
  });
  auto adding = make_route(http::Method::post, "/api/v1/on-call/stand-ins", "createStandIn", "on-call",
                           write_rota, "Somebody does another's duty; with back_… both swap");
  adding.operation.success = 201;
  adding.operation.request = {
      {"type", "object"},
      {"properties",
       {{"role", text},
        {"person", text},
        {"deputy", text},
        {"starts_at", text},
        {"ends_at", text},
        {"reason", text},
        {"back_starts_at", text},
        {"back_ends_at", text}}},
      {"required", json::array{"role", "person", "deputy", "starts_at", "ends_at", "reason"}}};
  adding.operation.response = {{"type", "object"}, {"properties", {{"items", list}}}};
  gate.write(router, std::move(adding), [&sources](access::Call const& call, store::Edit& edit) {
    return answer_add(sources, call, edit);
  });
  auto ending = make_route(http::Method::post, "/api/v1/on-call/stand-ins/{id}/end", "endStandIn", "on-call",
                           write_rota, "The planned person does the duty again");
  ending.operation.success = 204;
  ending.operation.response = {};
  gate.write(router, std::move(ending), answer_end);
}

}  // namespace yunzhi::app
