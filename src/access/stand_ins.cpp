#include "access/stand_ins.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "base/limits.hpp"

namespace yunzhi::access {
namespace {

using Text = std::optional<std::string>;

constexpr auto columns_of_stand_in =
    "select s.id, s.role, s.person, p.name, s.deputy, d.name, s.starts_at, coalesce(s.ended_at, s.ends_at), "
    "s.reason, s.swap_of, s.created_by, s.created_at from stand_in s left join person p on p.id = s.person "
    "left join person d on d.id = s.deputy where ";

using Row = std::tuple<std::string, std::string, std::string, Text, std::string, Text, Instant, Instant,
                       std::string, Text, std::string, Instant>;

StandIn stand_in_of(Row const& row) {
  auto const& [id, role, person, person_name, deputy, deputy_name, starts, ends, reason, swap_of, by, at] =
      row;
  return {id,     role, person, person_name.value_or(""), deputy, deputy_name.value_or(""),
          starts, ends, reason, swap_of.value_or(""),     by,     at};
}

bool holds(store::Reader& reader, std::string_view person, std::string_view role) {
  return reader
      .one<std::string>(
          "select p.id from person p join person_role r on r.person = p.id where p.id = :person "
          "and r.role = :role and p.active = 1",
          person, role)
      .has_value();
}

}  // namespace

std::vector<StandIn> stand_ins(store::Reader& reader, Instant from, Instant to) {
  std::vector<StandIn> found;
  // sql: the columns are a constant.
  for (auto const& row : reader.rows_of<Row>(
           std::string(columns_of_stand_in) +
               "s.starts_at < :to and coalesce(s.ended_at, s.ends_at) > :from and (s.ended_at is null or "
               "s.ended_at > s.starts_at) order by s.starts_at, s.id limit 1000",
           to, from))
    found.push_back(stand_in_of(row));
  return found;
}

std::optional<StandIn> find_stand_in(store::Reader& reader, std::string_view id) {
  // sql: the columns are a constant.
  auto const row =
      reader.row_of<Row>(std::string(columns_of_stand_in) + "s.id = :id and s.ended_at is null", id);
  if (!row) return std::nullopt;
  return stand_in_of(*row);
}

Result<StandIn> add_stand_in(store::Edit& edit, StandIn given) {
  if (given.person == given.deputy)
    return refuse(Why::invalid, "/deputy", "must be somebody other than whose duty it is");
  // What has passed was done by who did it.
  given.starts_at = std::max(given.starts_at, edit.now());
  if (given.ends_at <= given.starts_at)
    return refuse(Why::invalid, "/ends_at", "must be after the beginning and not yet over");
  if (given.ends_at - given.starts_at > limits::stand_in_span)
    return refuse(Why::invalid, "/ends_at", "must be at most {} days after the beginning", 92);
  if (!holds(edit, given.person, given.role))
    return refuse(Why::invalid, "/person", "must be an active person who holds the role {}", given.role);
  if (!holds(edit, given.deputy, given.role))
    return refuse(Why::invalid, "/deputy", "must be an active person who holds the role {}", given.role);
  for (auto const& other : stand_ins(edit, given.starts_at, given.ends_at))
    if (other.role == given.role && other.person == given.person)
      return refuse(Why::conflict, "/person", "{} stands in from {} to {} already", other.deputy_name,
                    format_instant(other.starts_at), format_instant(other.ends_at));
  given.id = new_id(edit.now());
  given.created_at = edit.now();
  edit.run(
      "insert into stand_in (id, role, person, deputy, starts_at, ends_at, reason, swap_of, created_by, "
      "created_at) values (:id, :role, :person, :deputy, :starts, :ends, :reason, :swap, :by, :at)",
      given.id, given.role, given.person, given.deputy, given.starts_at, given.ends_at, given.reason,
      given.swap_of.empty() ? std::nullopt : std::optional(given.swap_of), given.created_by,
      given.created_at);
  return find_stand_in(edit, given.id).value();
}

void end_stand_in(store::Edit& edit, StandIn const& stand_in) {
  edit.run("update stand_in set ended_at = :at where id = :id", std::max(edit.now(), stand_in.starts_at),
           stand_in.id);
}

}  // namespace yunzhi::access
