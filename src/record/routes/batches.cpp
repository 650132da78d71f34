// One verb for all running processes of a version, and the dry run of a migration.
#include "process/durable/batches.hpp"

#include "access/body.hpp"
#include "base/limits.hpp"
#include "record/migration_request.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

constexpr std::size_t dry_run_rows = 1'000;  // instances looked at in one answer

json::object batch_json(process::Batch const& batch) {
  return {{"id", batch.id},
          {"kind", batch.kind},
          {"definition", batch.definition},
          {"state", batch.state},
          {"total", batch.total},
          {"done", batch.done},
          {"refused", batch.refused},
          {"problems", batch.problems},
          {"created_by", batch.created_by},
          {"created_at", format_instant(batch.created_at)}};
}

bool known_version(store::Reader& reader, std::string_view id) {
  return reader.one<std::string>("select id from process_definition where id = :id", id).has_value();
}

struct Target {
  std::string definition;
  process::MigrationPlan plan;
};

// {"definition": id of the new version, "mapping": …}, which must fit both versions.
Result<Target> target_in(process::Processes& processes, store::Reader& reader, std::string const& from,
                         json::object const& body) {
  Target target{text_of(body, "definition"), {}};
  if (!known_version(reader, target.definition))
    return refuse(Why::invalid, "/definition", "there is no such version of a process");
  auto plan = read_migration(body);
  if (plan.has_error()) return plan.error();
  target.plan = std::move(*plan);
  auto& definitions = processes.definitions();
  auto const fits = process::check_plan(*definitions.get(reader, from),
                                        *definitions.get(reader, target.definition), target.plan);
  if (fits.has_error()) return fits.error();
  return target;
}

Result<http::Reply> start(House& house, access::Call const& call, store::Edit& edit) {
  auto body = call.request.json_body();
  if (body.has_error()) return body.error();
  auto const kind = text_of(*body, "kind");
  auto const of = text_of(*body, "of");
  if (kind != "migrate" && kind != "suspend" && kind != "resume" && kind != "cancel")
    return refuse(Why::invalid, "/kind", "must be one of {}", "migrate, suspend, resume, cancel");
  if (!known_version(edit, of)) return refuse(Why::invalid, "/of", "there is no such version of a process");
  if (kind == "migrate")
    if (auto const target = target_in(house.lifecycle.processes(), edit, of, *body); target.has_error())
      return target.error();
  auto const batch = process::add_batch(edit, kind, of, *body, call.actor.person);
  edit.record(access::entry(call, "process.batch", "process/" + of, *body));
  return http::Reply::json(batch_json(batch), 201);
}

Result<http::Reply> dry_run(House& house, access::Call const& call, store::Edit& edit) {
  auto const body = call.request.json_body();
  if (body.has_error()) return body.error();
  auto const& from = call.request.capture("id");
  if (!known_version(edit, from)) return access::not_found();
  auto& processes = house.lifecycle.processes();
  auto const target = target_in(processes, edit, from, *body);
  if (target.has_error()) return target.error();
  auto const rows = edit.rows<std::string, std::string, std::string>(
      "select id, record_kind, record from process_instance where definition = :definition and ended_at is "
      "null and id > :after order by id limit :most",
      from, text_of(*body, "after"), static_cast<std::int64_t>(dry_run_rows));
  json::array cannot;
  std::vector<RecordRef> refs;
  for (auto const& [id, kind, record] : rows) {
    auto const checked = processes.check_migration(edit, id, target->definition, target->plan);
    if (checked.has_value()) continue;
    json::array reasons;
    auto const refusal = checked.error();
    for (auto const& fault : refusal.faults)
      reasons.push_back(json::object{{"element", fault.field}, {"text", call.request.sentence(fault)}});
    cannot.push_back(json::object{
        {"instance", id}, {"record_kind", kind}, {"record", record}, {"problems", std::move(reasons)}});
    refs.push_back({kind, record});
  }
  auto const records = house.lifecycle.shown(edit, call.actor, refs);
  for (auto& one : cannot)
    if (auto const found = records.find(text_of(one.get_object(), "record")); found != records.end())
      for (auto const* name : {"number", "title"}) one.get_object()[name] = found->second.at(name);
  bool const more = rows.size() == dry_run_rows;
  return http::Reply::json(
      json::object{{"items", std::move(cannot)},
                   {"looked_at", rows.size()},
                   {"next", more ? json::value(std::get<0>(rows.back())) : json::value(nullptr)}});
}

}  // namespace

void batch_routes(http::Router& router, access::Gate& gate, House& house) {
  auto const schema = object_schema({{"id", "string"},
                                     {"kind", "string"},
                                     {"state", "string"},
                                     {"total", "integer"},
                                     {"done", "integer"},
                                     {"refused", "integer"},
                                     {"problems", "array"}});
  auto const request = object_schema({{"kind", "string"},
                                      {"of", "string"},
                                      {"definition", "string"},
                                      {"mapping", "object"},
                                      {"renewed", "array"}});
  auto starting = route(http::Method::post, "/api/v1/batches", "startBatch", "processes", "process.operate",
                        "Do one thing to all running processes of a version");
  starting.operation.request = request;
  starting.operation.response = schema;
  starting.operation.success = 201;
  gate.write(router, std::move(starting),
             [&house](access::Call const& call, store::Edit& edit) { return start(house, call, edit); });
  auto listing = route(http::Method::get, "/api/v1/batches", "listBatches", "processes", "process.operate",
                       "What was done to many processes at once, the newest first");
  listing.operation.response = page_schema(schema);
  gate.read(router, std::move(listing),
            [](access::Call const&, store::Reader& reader) -> Result<http::Reply> {
              json::array items;
              for (auto const& batch : process::batches(reader, limits::page_rows))
                items.push_back(batch_json(batch));
              return http::Reply::json(json::object{{"items", std::move(items)}, {"next", nullptr}});
            });
  auto getting = route(http::Method::get, "/api/v1/batches/{id}", "getBatch", "processes", "process.operate",
                       "How far a batch is, and what refused");
  getting.operation.response = schema;
  gate.read(router, std::move(getting),
            [](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
              auto const batch = process::find_batch(reader, call.request.capture("id"));
              if (!batch) return access::not_found();
              return http::Reply::json(batch_json(*batch));
            });
  auto checking =
      route(http::Method::post, "/api/v1/processes/{id}/migration-check", "checkMigration", "processes",
            "process.operate", "Which running processes of a version cannot go to another, and why");
  checking.operation.request = object_schema(
      {{"definition", "string"}, {"mapping", "object"}, {"renewed", "array"}, {"after", "string"}});
  checking.operation.response = page_schema(object_schema({{"instance", "string"}, {"problems", "array"}}));
  gate.write(router, std::move(checking),
             [&house](access::Call const& call, store::Edit& edit) { return dry_run(house, call, edit); });
}

}  // namespace yunzhi::record
