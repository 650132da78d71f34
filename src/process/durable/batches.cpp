#include "process/durable/batches.hpp"

#include "base/id.hpp"
#include "base/limits.hpp"

namespace yunzhi::process {
namespace {

// sql: the conditions are literals of this file; values are bound.
template <class... A>
std::vector<Batch> select(store::Reader& reader, std::string_view where, A const&... arguments) {
  using Text = std::string;
  auto const sql =
      "select id, kind, definition, parameters, state, total, done, refused, problems, cursor, created_by, "
      "created_at from process_batch where " +
      std::string(where);
  std::vector<Batch> all;
  for (auto& [id, kind, definition, parameters, state, total, done, refused, problems, cursor, by, at] :
       reader.rows<Text, Text, Text, Text, Text, std::int64_t, std::int64_t, std::int64_t, Text, Text, Text,
                   Instant>(sql, arguments...))
    all.push_back({std::move(id), std::move(kind), std::move(definition), json::parse(parameters).as_object(),
                   std::move(state), total, done, refused, json::parse(problems).as_array(),
                   std::move(cursor), std::move(by), at});
  return all;
}

std::optional<Batch> first(std::vector<Batch> found) {
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace

Batch add_batch(store::Edit& edit, std::string_view kind, std::string_view definition,
                json::object const& parameters, std::string_view actor) {
  auto const total = edit.one<std::int64_t>(
      "select count(*) from process_instance where definition = :definition and ended_at is null",
      definition);
  auto const id = new_id(edit.now());
  edit.run(
      "insert into process_batch (id, kind, definition, parameters, state, total, done, refused, problems, "
      "cursor, created_by, created_at) values (:id, :kind, :definition, :parameters, 'running', :total, 0, "
      "0, "
      "'[]', '', :created_by, :created_at)",
      id, kind, definition, json::serialize(parameters), total.value_or(0), actor, edit.now());
  return std::move(*find_batch(edit, id));
}

std::optional<Batch> find_batch(store::Reader& reader, std::string_view id) {
  return first(select(reader, "id = :id", id));
}

std::vector<Batch> batches(store::Reader& reader, std::size_t limit) {
  return select(reader, "id > '' order by id desc limit :limit", static_cast<std::int64_t>(limit));
}

std::optional<Batch> running_batch(store::Reader& reader) {
  return first(select(reader, "state = 'running' order by id limit 1"));
}

std::vector<std::string> next_instances(store::Reader& reader, Batch const& batch, std::size_t limit) {
  std::vector<std::string> ids;
  for (auto& [id] : reader.rows<std::string>(
           "select id from process_instance where definition = :definition and ended_at is null and id > "
           ":cursor order by id limit :limit",
           batch.definition, batch.cursor, static_cast<std::int64_t>(limit)))
    ids.push_back(std::move(id));
  return ids;
}

void count_in_batch(store::Edit& edit, std::string const& id, std::string_view instance,
                    std::string_view problem) {
  auto batch = find_batch(edit, id);
  if (!batch) return;
  if (!problem.empty() && batch->problems.size() < limits::batch_problems)
    batch->problems.push_back(json::object{{"instance", instance}, {"text", problem}});
  edit.run(
      "update process_batch set cursor = :cursor, done = done + :done, refused = refused + :refused, "
      "problems = "
      ":problems where id = :id",
      instance, std::int64_t{problem.empty() ? 1 : 0}, std::int64_t{problem.empty() ? 0 : 1},
      json::serialize(batch->problems), id);
}

void end_batch(store::Edit& edit, std::string const& id) {
  edit.run("update process_batch set state = 'done', ended_at = :at where id = :id", edit.now(), id);
}

}  // namespace yunzhi::process
