// Versions of a process: naming one, and putting an older one in force again.
#include "access/body.hpp"
#include "app/routes/routes.hpp"
#include "base/limits.hpp"

namespace yunzhi::app {
namespace {

constexpr std::size_t tag_characters = 64;

Result<http::Reply> name(Sources const& sources, access::Call const& call, store::Edit& edit) {
  auto const given = call.request.json_body();
  if (given.has_error()) return given.error();
  access::Body body(*given);
  auto const tag = body.text("tag", tag_characters);
  if (auto const read = body.end(); read.has_error()) return read.error();
  auto const& id = call.request.capture("id");
  if (auto const named = sources.processes.definitions().tag(edit, id, tag); named.has_error())
    return named.error();
  edit.record(access::entry(call, "process.tag", "process/" + id, *given));
  return http::Reply::json(json::object{{"id", id}, {"tag", tag}});
}

// An older version was drawn for the house as it was then: it must still fit.
Result<http::Reply> put_in_force(Sources const& sources, access::Call const& call, store::Edit& edit) {
  auto const given = call.request.json_body();
  if (given.has_error()) return given.error();
  access::Body body(*given);
  auto const reason = body.text("reason", limits::line_characters);
  if (auto const read = body.end(); read.has_error()) return read.error();
  auto& definitions = sources.processes.definitions();
  auto const version = definitions.find(edit, call.request.capture("id"));
  if (!version) return access::not_found();
  if (version->active) return refuse(Why::conflict, "", "version {} is in force already", version->version);
  auto const fits = record::check_fit(*definitions.get(edit, version->id), sources.surroundings);
  if (fits.has_error()) return fits.error();
  auto const before = definitions.active(edit, version->key);
  if (auto const done = definitions.activate(edit, version->id); done.has_error()) return done.error();
  edit.record(access::entry(call, "process.activate", "process/" + version->id,
                            json::object{{"key", version->key},
                                         {"version", version->version},
                                         {"before", before ? json::value(*before) : json::value(nullptr)},
                                         {"reason", reason}}));
  return http::Reply::json(
      json::object{{"id", version->id}, {"version", version->version}, {"active", true}});
}

}  // namespace

void version_routes(http::Router& router, Sources const& sources) {
  auto& gate = sources.access.gate();
  json::object const text{{"type", "string"}};
  auto naming = make_route(http::Method::post, "/api/v1/processes/{id}/tag", "tagProcess", "processes",
                           "process.publish", "Name a version, by which it can be started");
  naming.operation.request = {
      {"type", "object"}, {"properties", {{"tag", text}}}, {"required", json::array{"tag"}}};
  naming.operation.response = {{"type", "object"},
                               {"properties", {{"id", text}, {"tag", text}}},
                               {"required", json::array{"id", "tag"}}};
  gate.write(router, std::move(naming),
             [&sources](access::Call const& call, store::Edit& edit) { return name(sources, call, edit); });
  auto choosing = make_route(http::Method::post, "/api/v1/processes/{id}/activate", "activateProcess",
                             "processes", "process.publish", "Let new processes use this version");
  choosing.operation.request = {
      {"type", "object"}, {"properties", {{"reason", text}}}, {"required", json::array{"reason"}}};
  choosing.operation.response = {
      {"type", "object"},
      {"properties", {{"id", text}, {"version", {{"type", "integer"}}}, {"active", {{"type", "boolean"}}}}},
      {"required", json::array{"id", "version", "active"}}};
  gate.write(router, std::move(choosing), [&sources](access::Call const& call, store::Edit& edit) {
    return put_in_force(sources, call, edit);
  });
}

}  // namespace yunzhi::app
