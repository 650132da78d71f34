#include "process/durable/deputies.hpp"

#include <set>

#include "base/id.hpp"

namespace yunzhi::process {
namespace {

constexpr std::int64_t most_deputies = 500;  // in one answer

// sql: the conditions are literals of this file; values are bound.
template <class... A>
std::vector<Deputy> select(store::Reader& reader, std::string_view where, A const&... arguments) {
  auto const sql =
      "select id, person, deputy, starts_at, ends_at, reason from process_deputy where " + std::string(where);
  std::vector<Deputy> all;
  for (auto& [id, person, deputy, starts_at, ends_at, reason] :
       reader.rows<std::string, std::string, std::string, Instant, Instant, std::string>(sql, arguments...))
    all.push_back(
        {std::move(id), std::move(person), std::move(deputy), starts_at, ends_at, std::move(reason)});
  return all;
}

}  // namespace

Result<Deputy> add_deputy(store::Edit& edit, Deputy wanted, std::string_view actor) {
  if (wanted.deputy == wanted.person) return refuse(Why::invalid, "/deputy", "must be somebody else");
  if (wanted.ends_at <= wanted.starts_at || wanted.ends_at <= edit.now())
    return refuse(Why::invalid, "/ends_at", "must lie behind the beginning and in the future");
  if (!select(edit, "person = :person and ends_at > :starts and starts_at < :ends limit 1", wanted.person,
              wanted.starts_at, wanted.ends_at)
           .empty())
    return refuse(Why::conflict, "/starts_at", "somebody stands in at that time already");
  wanted.id = new_id(edit.now());
  edit.run(
      "insert into process_deputy (id, person, deputy, starts_at, ends_at, reason, created_by, created_at) "
      "values (:id, :person, :deputy, :starts_at, :ends_at, :reason, :created_by, :created_at)",
      wanted.id, wanted.person, wanted.deputy, wanted.starts_at, wanted.ends_at, wanted.reason, actor,
      edit.now());
  return wanted;
}

Result<> end_deputy(store::Edit& edit, std::string_view id) {
  auto const ended = edit.run("update process_deputy set ends_at = :now where id = :id and ends_at > :at",
                              edit.now(), id, edit.now());
  if (ended == 0) return refuse(Why::missing, "", "nobody stands in with this id");
  return {};
}

std::vector<Deputy> deputies(store::Reader& reader, std::string_view person, Instant now) {
  if (person.empty()) return select(reader, "ends_at > :now order by id limit :most", now, most_deputies);
  return select(reader, "person = :person and ends_at > :now order by id limit :most", person, now,
                most_deputies);
}

std::optional<Deputy> find_deputy(store::Reader& reader, std::string_view id) {
  auto found = select(reader, "id = :id", id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::optional<std::string> deputy_of(store::Reader& reader, std::string_view person, Instant at) {
  std::set<std::string, std::less<>> seen{std::string(person)};
  std::optional<std::string> who;
  while (true) {
    auto next = reader.one<std::string>(
        "select deputy from process_deputy where person = :person and starts_at <= :since and ends_at > "
        ":until "
        "order by ends_at limit 1",
        who ? std::string_view(*who) : person, at, at);
    if (!next || !seen.insert(*next).second) return who;
    who = std::move(next);
  }
}

}  // namespace yunzhi::process
