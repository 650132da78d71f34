#include "process/durable/jobs.hpp"

#include "base/id.hpp"
#include "base/limits.hpp"

namespace yunzhi::process {
namespace {

// sql: the conditions are literals of this file; values are bound.
template <class... A>
std::vector<Job> select(store::Reader& reader, std::string_view where, A const&... arguments) {
  auto const sql =
      "select j.id, j.instance, j.token, j.element, j.action, j.state, j.attempts, j.due_at, j.problem, "
      "i.record_kind, i.record from process_job j join process_instance i on i.id = j.instance where " +
      std::string(where);
  std::vector<Job> all;
  for (auto& [id, instance, token, element, action, state, attempts, due_at, problem, kind, record] :
       reader.rows<std::string, std::string, std::int64_t, std::string, std::string, std::string,
                   std::int64_t, Instant, std::string, std::string, std::string>(sql, arguments...))
    all.push_back({std::move(id), std::move(instance), static_cast<TokenId>(token), std::move(element),
                   std::move(action), std::move(state), attempts, due_at, std::move(problem), std::move(kind),
                   std::move(record)});
  return all;
}

}  // namespace

void insert_job(store::Edit& edit, std::string_view instance, TokenId token, std::string_view element,
                std::string_view action) {
  edit.run(
      "insert into process_job (id, instance, token, element, action, state, attempts, due_at, problem, "
      "created_at) values (:id, :instance, :token, :element, :action, 'waiting', 0, :due_at, '', "
      ":created_at)",
      new_id(edit.now()), instance, std::int64_t{token}, element, action, edit.now(), edit.now());
}

std::vector<Job> due_jobs(store::Reader& reader, Instant now, std::size_t limit) {
  return select(reader, "j.state = 'waiting' and j.due_at <= :now order by j.due_at limit :limit", now,
                static_cast<std::int64_t>(limit));
}

std::vector<Job> troubled_jobs(store::Reader& reader, std::string_view after, std::size_t limit) {
  return select(reader, "j.state in ('failed', 'unknown') and j.id > :after order by j.id limit :limit",
                after, static_cast<std::int64_t>(limit));
}

std::optional<Job> find_job(store::Reader& reader, std::string_view id) {
  auto found = select(reader, "j.id = :id", id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

bool begin_job(store::Edit& edit, std::string_view id) {
  return edit.run(
             "update process_job set state = 'running', attempts = attempts + 1 where id = :id and state = "
             "'waiting'",
             id) == 1;
}

bool end_job(store::Edit& edit, std::string_view id) {
  return edit.run("delete from process_job where id = :id", id) == 1;
}

bool fail_job(store::Edit& edit, Job const& job, std::string_view problem) {
  bool const last = job.attempts + 1 >= limits::job_attempts;
  auto const wait = limits::job_back_off * (std::int64_t{1} << std::min<std::int64_t>(job.attempts, 16));
  edit.run("update process_job set state = :state, due_at = :due_at, problem = :problem where id = :id",
           last ? "failed" : "waiting", edit.now() + wait, problem, job.id);
  return last;
}

Result<> retry_job(store::Edit& edit, std::string_view id) {
  auto const changed = edit.run(
      "update process_job set state = 'waiting', attempts = 0, due_at = :now where id = :id and state in "
      "('failed', 'unknown')",
      edit.now(), id);
  if (changed == 0) return refuse(Why::conflict, "", "there is nothing to try again");
  return {};
}

std::size_t recover_jobs(store::Edit& edit, Actions const& actions) {
  std::size_t unknown = 0;
  for (auto const& job : select(edit, "j.state = 'running' order by j.id")) {
    auto const action = actions.find(job.action);
    bool const again = action != actions.end() && action->second->idempotent();
    if (!again) ++unknown;
    edit.run("update process_job set state = :state, due_at = :now where id = :id",
             again ? "waiting" : "unknown", edit.now(), job.id);
  }
  return unknown;
}

}  // namespace yunzhi::process
