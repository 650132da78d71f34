#include "access/directory.hpp"

#include <algorithm>
#include <utility>

#include "access/stand_ins.hpp"

namespace yunzhi::access {
namespace {

constexpr std::size_t names_at_once = 64;

// One text of each length power, so that prepared statements stay few: the rest is filled with empty ids.
std::string names_statement(std::size_t size) {
  std::string places;
  for (std::size_t i = 0; i < size; ++i) places += (i == 0 ? ":a" : ", :a") + std::to_string(i);
  // sql: the places are bind names only.
  return "select id, name from person where id in (" + places + ")";
}

std::string unit_statement(std::size_t size) {
  auto text = names_statement(size);
  text.replace(text.find("person"), 6, "unit");
  return text;
}

void collect(store::Reader& reader, std::string const& statement, std::vector<std::string> const& ids,
             std::map<std::string, std::string>& names) {
  constexpr describe::Storage columns[] = {describe::Storage::text, describe::Storage::text};
  store::Values arguments(ids.begin(), ids.end());
  for (auto const& row : reader.select(statement, columns, arguments))
    names[std::get<std::string>(row[0])] = std::get<std::string>(row[1]);
}

std::vector<Duty> planned(store::Reader& reader, Rota const& rota, calendar::ShiftPlan const& plan,
                          Instant at) {
  std::vector<Duty> found;
  if (!plan.calendar.empty()) {
    auto const hours = rota.calendars.find(plan.calendar);
    if (hours == rota.calendars.end() || !hours->second->is_working(at)) return found;
    for (auto& [id, name] : reader.rows<std::string, std::string>(
             "select p.id, p.name from person p join person_role r on r.person = p.id "
             "where r.role = :role and p.active = 1 order by p.name",
             plan.role))
      found.push_back({std::move(id), std::move(name), plan.role, {}, {}});
    return found;
  }
  for (auto const& crew : plan.on_duty(at))
    for (auto& [id, name] : reader.rows<std::string, std::string>(
             "select p.id, p.name from person p join person_role r on r.person = p.id "
             "where r.role = :role and p.crew = :crew and p.active = 1 order by p.name",
             plan.role, crew.crew))
      found.push_back({std::move(id), std::move(name), plan.role, crew.crew, {}});
  return found;
}

// Who is planned, or who stands in. Somebody who is on duty anyway is there once.
std::vector<Duty> duties(store::Reader& reader, Rota const& rota, calendar::ShiftPlan const& plan, Instant at,
                         std::vector<StandIn> const& over) {
  std::vector<Duty> found;
  for (auto& duty : planned(reader, rota, plan, at)) {
    auto const other = std::find_if(over.begin(), over.end(), [&](StandIn const& one) {
      return one.role == plan.role && one.person == duty.person;
    });
    if (other != over.end()) {
      duty.stands_in_for = std::exchange(duty.person, other->deputy);
      duty.name = other->deputy_name;
    }
    auto const there =
        std::find_if(found.begin(), found.end(), [&](Duty const& one) { return one.person == duty.person; });
    if (there == found.end()) found.push_back(std::move(duty));
  }
  return found;
}

std::vector<StandIn> standing_in(store::Reader& reader, Instant at) {
  return stand_ins(reader, at, at + Milliseconds{1});
}

}  // namespace

std::set<std::string> roles_of(store::Reader& reader, std::string_view person) {
  std::set<std::string> held;
  for (auto& [role] : reader.rows<std::string>("select role from person_role where person = :person", person))
    held.insert(std::move(role));
  return held;
}

std::optional<Actor> load_actor(store::Reader& reader, Roles const& roles, std::string_view person) {
  auto row = reader.row<std::string, std::optional<std::string>, std::string, std::string>(
      "select p.name, p.unit, a.name, a.language from person p join account a on a.person = p.id "
      "where p.id = :person and p.active = 1 and a.disabled = 0",
      person);
  if (!row) return std::nullopt;
  Actor actor;
  actor.person = person;
  actor.name = std::move(std::get<0>(*row));
  actor.unit = std::get<1>(*row).value_or("");
  actor.account = std::move(std::get<2>(*row));
  actor.language = std::move(std::get<3>(*row));
  actor.roles = roles_of(reader, person);
  actor.grants = roles.grants(actor.roles);
  if (!actor.unit.empty()) actor.units = units_below(reader, actor.unit);
  return actor;
}

std::vector<std::string> holders(store::Reader& reader, std::string_view role, std::string_view unit) {
  auto const rows = reader.rows<std::string, std::optional<std::string>>(
      "select p.id, p.unit from person p join person_role r on r.person = p.id "
      "where r.role = :role and p.active = 1 order by p.name",
      role);
  auto const below = unit.empty() ? std::vector<std::string>() : units_below(reader, unit);
  std::vector<std::string> found;
  for (auto const& [id, home] : rows)
    if (unit.empty() || std::find(below.begin(), below.end(), home.value_or("")) != below.end())
      found.push_back(id);
  return found;
}

std::vector<std::string> units_below(store::Reader& reader, std::string_view unit) {
  std::vector<std::string> found;
  for (auto& [id] : reader.rows<std::string>(
           "with recursive below(id) as (select cast(:unit as text) union "
           "select u.id from unit u join below b on u.parent = b.id) select id from below",
           unit))
    found.push_back(std::move(id));
  return found;
}

std::map<std::string, std::string> names_of(store::Reader& reader, std::vector<std::string> ids) {
  std::map<std::string, std::string> names;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (std::size_t begin = 0; begin < ids.size(); begin += names_at_once) {
    auto const end = std::min(ids.size(), begin + names_at_once);
    std::vector<std::string> some(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                  ids.begin() + static_cast<std::ptrdiff_t>(end));
    std::size_t size = 1;
    while (size < some.size()) size *= 4;
    some.resize(size);
    collect(reader, names_statement(size), some, names);
    collect(reader, unit_statement(size), some, names);
  }
  return names;
}

Reach reach_of(store::Reader& reader, std::string_view person) {
  auto const row = reader.row<std::optional<std::string>, std::optional<std::string>>(
      "select a.language, p.email from person p left join account a on a.person = p.id where p.id = :person",
      person);
  if (!row) return {};
  return {std::get<0>(*row).value_or(""), std::get<1>(*row).value_or("")};
}

std::vector<Duty> on_duty(store::Reader& reader, Rota const& rota, Instant at) {
  std::vector<Duty> found;
  auto const over = standing_in(reader, at);
  for (auto const& plan : rota.plans)
    for (auto& duty : duties(reader, rota, plan, at, over)) found.push_back(std::move(duty));
  return found;
}

std::vector<std::string> on_duty_for(store::Reader& reader, Rota const& rota, std::string_view role,
                                     Instant at) {
  std::vector<std::string> people;
  auto const over = standing_in(reader, at);
  for (auto const& plan : rota.plans)
    if (plan.role == role)
      for (auto& duty : duties(reader, rota, plan, at, over)) people.push_back(std::move(duty.person));
  return people.empty() ? holders(reader, role) : people;
}

}  // namespace yunzhi::access
