// Service calls that need a person: failed ones to try again, and those of which nobody knows whether they
// happened.
#include "process/durable/jobs.hpp"

#include "access/body.hpp"
#include "base/id.hpp"
#include "base/limits.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

json::object job_json(process::Job const& job) {
  return {{"id", job.id},           {"instance", job.instance},
          {"element", job.element}, {"action", job.action},
          {"state", job.state},     {"attempts", job.attempts},
          {"problem", job.problem}, {"record_kind", job.record_kind},
          {"record", job.record}};
}

// `done`: the person knows that it happened; otherwise it is tried again.
Result<http::Reply> settle(House& house, access::Call const& call, store::Edit& edit, bool done) {
  auto const job = process::find_job(edit, call.request.capture("id"));
  if (!job) return access::not_found();
  auto& processes = house.lifecycle.processes();
  auto const& person = call.actor.person;
  if (done && job->state != "unknown")
    return refuse(Why::conflict, "", "only a call whose outcome is unknown can be settled");
  if (!done && job->state == "unknown") {
    if (auto const again = process::retry_job(edit, job->id); again.has_error()) return again.error();
  } else {
    auto const moved =
        house.lifecycle.with_instance(edit, call.actor, job->instance, [&](json::object const& record) {
          if (!done) return processes.retry(edit, job->instance, job->token, record, person);
          process::end_job(edit, job->id);
          return processes.called(edit, job->instance, job->token, record, person);
        });
    if (moved.has_error()) return moved.error();
  }
  edit.record(access::entry(call, done ? "job.settle" : "job.retry", job->record_kind + "/" + job->record,
                            json::object{{"element", job->element}, {"action", job->action}}));
  return http::Reply::json(job_json(*job));
}

}  // namespace

void job_routes(http::Router& router, access::Gate& gate, House& house) {
  auto const schema = object_schema({{"id", "string"}, {"element", "string"}, {"state", "string"}});
  auto listing = route(http::Method::get, "/api/v1/jobs", "listJobs", "processes", "process.operate",
                       "Service calls that failed, or whose outcome is unknown");
  listing.operation.parameters = {{"after", "Cursor", json::object{{"type", "string"}}, false}};
  listing.operation.response = page_schema(schema);
  gate.read(router, std::move(listing),
            [](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
              auto const after = std::string(call.request.parameter("after").value_or(""));
              json::array items;
              for (auto const& job : process::troubled_jobs(reader, after, limits::page_rows))
                items.push_back(job_json(job));
              bool const more = items.size() == limits::page_rows;
              auto const next = more ? items.back().at("id") : json::value(nullptr);
              return http::Reply::json(json::object{{"items", std::move(items)}, {"next", next}});
            });
  for (bool const done : {false, true}) {
    auto posting = route(http::Method::post, done ? "/api/v1/jobs/{id}/settle" : "/api/v1/jobs/{id}/retry",
                         done ? "settleJob" : "retryJob", "processes", "process.operate",
                         done ? "Say that a call did happen" : "Try a call again");
    posting.operation.response = schema;
    gate.write(router, std::move(posting), [&house, done](access::Call const& call, store::Edit& edit) {
      return settle(house, call, edit, done);
    });
  }
}

}  // namespace yunzhi::record
