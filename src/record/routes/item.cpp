// One record: detail, change, diagram.
#include "record/routes/parts.hpp"
#include "record/rows.hpp"

namespace yunzhi::record {
namespace {

std::string etag_of(json::object const& record) {
  return "\"" + std::to_string(record.at("version").to_number<std::int64_t>()) + "\"";
}

Result<http::Reply> answer_detail(House& house, Module const& module, access::Call const& call,
                                  store::Reader& reader) {
  auto record = house.kernel.get(reader, call.actor, module, call.request.capture("id"));
  if (record.has_error()) return record.error();
  auto const etag = etag_of(*record);
  if (call.request.header("if-none-match") == etag) return http::Reply::empty(304).with("ETag", etag);
  auto const id = text_of(*record, "id");
  auto labels = house.kernel.labels(reader, call.actor, module, {*record});
  json::object answer = std::move(*record);
  answer["clocks"] = house.kernel.clocks(reader, module, answer, house.store.clock()());
  if (!module.process.empty()) answer["tasks"] = house.lifecycle.open_tasks(reader, call.actor, id);
  answer["labels"] = std::move(labels);
  return http::Reply::json(answer).with("ETag", etag);
}

Result<http::Reply> answer_patch(House& house, Module const& module, access::Call const& call,
                                 store::Edit& edit) {
  auto const changes = call.request.json_body();
  if (changes.has_error()) return changes.error();
  auto const id = call.request.capture("id");
  auto const before = house.kernel.get(edit, call.actor, module, id, module.update_verb);
  if (before.has_error()) return before.error();
  auto const patched =
      house.kernel.patch(edit, call.actor, module, id, *changes, call.request.header("if-match"));
  if (patched.has_error()) return patched.error();
  auto const after = house.lifecycle.edited(edit, call.actor, module, *before, *patched);
  if (after.has_error()) return after.error();
  edit.record(
      access::entry(call, module.kind + ".update", subject_of(module, id), difference(*before, *after)));
  return http::Reply::json(*after).with("ETag", etag_of(*after));
}

Result<http::Reply> answer_diagram(House& house, Module const& module, access::Call const& call,
                                   store::Reader& reader) {
  auto const record = house.kernel.get(reader, call.actor, module, call.request.capture("id"));
  if (record.has_error()) return record.error();
  auto diagram = house.lifecycle.diagram(reader, module, text_of(*record, "id"));
  if (diagram.has_error()) return diagram.error();
  return http::Reply::json(*diagram);
}

}  // namespace

void item_routes(http::Router& router, access::Gate& gate, House& house, Module const& module) {
  auto const path = "/api/v1/" + module.plural + "/{id}";
  auto const name = capitalised(module.kind);
  auto detail = route(http::Method::get, path, "get" + name, module.plural, module.kind + ".read",
                      "One record of " + module.plural);
  detail.operation.response = record_schema(module);
  gate.read(router, std::move(detail), [&house, &module](access::Call const& call, store::Reader& reader) {
    return answer_detail(house, module, call, reader);
  });
  auto patch =
      route(http::Method::patch, path, "update" + name, module.plural, module.kind + "." + module.update_verb,
            "Change a record of " + module.plural + " (JSON merge patch; If-Match is required)");
  patch.operation.request = request_schema(module, module.editable, false);
  patch.operation.response = record_schema(module);
  if (!module.editable.empty())
    gate.write(router, std::move(patch), [&house, &module](access::Call const& call, store::Edit& edit) {
      return answer_patch(house, module, call, edit);
    });
  if (module.process.empty()) return;
  auto diagram = route(http::Method::get, path + "/diagram", "get" + name + "Diagram", module.plural,
                       module.kind + ".read", "Where the record stands in its process");
  diagram.operation.response =
      object_schema({{"xml", "string"}, {"active", "array"}, {"visited", "array"}, {"flows", "array"}});
  gate.read(router, std::move(diagram), [&house, &module](access::Call const& call, store::Reader& reader) {
    return answer_diagram(house, module, call, reader);
  });
}

}  // namespace yunzhi::record
