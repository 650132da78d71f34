// Versions of a process: naming one, and choosing the one that new processes use.
#include "access/body.hpp"
#include "base/limits.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

Result<http::Reply> name(House& house, access::Call const& call, store::Edit& edit) {
  auto const given = call.request.json_body();
  if (given.has_error()) return given.error();
  access::Body body(*given);
  auto const tag = body.text("tag", 64);
  if (auto const read = body.end(); read.has_error()) return read.error();
  auto const& id = call.request.capture("id");
  if (auto const named = house.lifecycle.processes().definitions().tag(edit, id, tag); named.has_error())
    return named.error();
  edit.record(access::entry(call, "process.tag", "process/" + id, *given));
  return http::Reply::json(json::object{{"id", id}, {"tag", tag}});
}

Result<http::Reply> choose(House& house, access::Call const& call, store::Edit& edit) {
  auto const& id = call.request.capture("id");
  if (auto const done = house.lifecycle.processes().definitions().activate(edit, id); done.has_error())
    return done.error();
  edit.record(access::entry(call, "process.activate", "process/" + id));
  return http::Reply::json(json::object{{"id", id}, {"active", true}});
}

}  // namespace

void version_routes(http::Router& router, access::Gate& gate, House& house) {
  auto naming = route(http::Method::post, "/api/v1/processes/{id}/tag", "tagProcess", "processes",
                      "process.publish", "Name a version, by which it can be started");
  naming.operation.request = object_schema({{"tag", "string"}});
  naming.operation.response = object_schema({{"id", "string"}, {"tag", "string"}});
  gate.write(router, std::move(naming),
             [&house](access::Call const& call, store::Edit& edit) { return name(house, call, edit); });
  auto choosing = route(http::Method::post, "/api/v1/processes/{id}/activate", "activateProcess", "processes",
                        "process.publish", "Let new processes use this version");
  choosing.operation.response = object_schema({{"id", "string"}, {"active", "boolean"}});
  gate.write(router, std::move(choosing),
             [&house](access::Call const& call, store::Edit& edit) { return choose(house, call, edit); });
}

}  // namespace yunzhi::record
