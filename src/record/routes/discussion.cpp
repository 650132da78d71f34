// Comments and links.
#include "base/id.hpp"
#include "base/limits.hpp"
#include "base/text/utf8.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

// The record, when the actor may read it and may do `verb` with it.
Result<json::object> reachable(House& house, Module const& module, access::Call const& call,
                               store::Reader& reader, std::string_view verb) {
  auto record = house.kernel.get(reader, call.actor, module, call.request.capture("id"));
  if (record.has_error()) return record.error();
  auto const allowed = access::may(call.actor, verb, owner_of(module, *record));
  if (allowed.has_error()) return allowed.error();
  return record;
}

Result<std::string> comment_text(http::Request const& request) {
  auto const body = request.json_body();
  if (body.has_error()) return body.error();
  auto const text = text_of(*body, "text");
  if (text.find_first_not_of(" \t\r\n") == std::string::npos)
    return refuse(Why::invalid, "/text", "must not be empty");
  if (characters(text) > limits::prose_characters)
    return refuse(Why::invalid, "/text", "must have at most {} characters", limits::prose_characters);
  return text;
}

Result<http::Reply> list_comments(House& house, Module const& module, access::Call const& call,
                                  store::Reader& reader) {
  auto const record = reachable(house, module, call, reader, "comment.read");
  if (record.has_error()) return record.error();
  json::array items;
  std::vector<std::string> people;
  for (auto const& [id, author, at, body] : reader.rows<std::string, std::string, Instant, std::string>(
           "select id, author, at, body from comment where record = :record order by id limit 500",
           text_of(*record, "id"))) {
    people.push_back(author);
    items.push_back(json::object{{"id", id}, {"author", author}, {"at", format_instant(at)}, {"text", body}});
  }
  return http::Reply::json(json::object{{"items", std::move(items)}, {"labels", names_json(reader, people)}});
}

Result<http::Reply> add_comment(House& house, Module const& module, access::Call const& call,
                                store::Edit& edit) {
  auto const record = reachable(house, module, call, edit, "comment.write");
  if (record.has_error()) return record.error();
  auto const text = comment_text(call.request);
  if (text.has_error()) return text.error();
  auto const id = new_id(edit.now());
  auto const of = text_of(*record, "id");
  edit.run(
      "insert into comment (id, kind, record, author, at, body) values (:id, :kind, :record, :author, :at, "
      ":body)",
      id, module.kind, of, call.actor.person, edit.now(), *text);
  edit.record(access::entry(call, "comment.write", subject_of(module, of), json::object{{"text", *text}}));
  house.kernel.touched(edit, module, *record);
  return http::Reply::json(
      json::object{
          {"id", id}, {"author", call.actor.person}, {"at", format_instant(edit.now())}, {"text", *text}},
      201);
}

Result<http::Reply> list_links(House& house, Module const& module, access::Call const& call,
                               store::Reader& reader) {
  auto const record = reachable(house, module, call, reader, "link.read");
  if (record.has_error()) return record.error();
  auto const of = text_of(*record, "id");
  json::array items;
  auto const add = [&](std::string const& id, std::string const& kind, std::string const& other,
                       std::string const& relation, bool outgoing) {
    auto const* target = house.kernel.modules().find(kind);
    if (target == nullptr) return;
    auto const seen = house.kernel.get(reader, call.actor, *target, other);
    if (seen.has_error()) return;
    items.push_back(json::object{{"id", id},
                                 {"kind", kind},
                                 {"record", other},
                                 {"relation", relation},
                                 {"outgoing", outgoing},
                                 {"number", seen->at("number")},
                                 {"title", seen->at(target->title)}});
  };
  for (auto const& [id, kind, other, relation] :
       reader.rows<std::string, std::string, std::string, std::string>(
           "select id, target_kind, target, relation from record_link where record = :record order by id "
           "limit 200",
           of))
    add(id, kind, other, relation, true);
  for (auto const& [id, kind, other, relation] :
       reader.rows<std::string, std::string, std::string, std::string>(
           "select id, kind, record, relation from record_link where target = :record order by id limit 200",
           of))
    add(id, kind, other, relation, false);
  return http::Reply::json(json::object{{"items", std::move(items)}});
}

Result<http::Reply> add_link(House& house, Module const& module, access::Call const& call,
                             store::Edit& edit) {
  auto const record = reachable(house, module, call, edit, "link.write");
  if (record.has_error()) return record.error();
  auto const body = call.request.json_body();
  if (body.has_error()) return body.error();
  auto const target = text_of(*body, "target");
  auto relation = text_of(*body, "relation");
  if (relation.empty()) relation = "related";
  if (relation != "related" && relation != "caused_by" && relation != "duplicate_of")
    return refuse(Why::invalid, "/relation", "must be one of {}", "related, caused_by, duplicate_of");
  auto const slash = target.find('/');
  auto const* other = house.kernel.modules().find(target.substr(0, slash));
  if (slash == std::string::npos || other == nullptr)
    return refuse(Why::invalid, "/target",
                  "must be a kind and an id, as in system/0190163d-8694-739b-aea5-966c26f8ad91");
  auto const found = house.kernel.get(edit, call.actor, *other, target.substr(slash + 1));
  if (found.has_error())
    return refuse(Why::invalid, "/target", "there is no {} with this id that you may see", other->kind);
  auto const of = text_of(*record, "id");
  if (text_of(*found, "id") == of)
    return refuse(Why::conflict, "/target", "a record cannot be linked to itself");
  auto const id = new_id(edit.now());
  edit.run(
      "insert into record_link (id, kind, record, target_kind, target, relation, created_by, created_at) "
      "values (:id, :kind, :record, :target_kind, :target, :relation, :by, :at)",
      id, module.kind, of, other->kind, text_of(*found, "id"), relation, call.actor.person, edit.now());
  edit.record(access::entry(call, "link.write", subject_of(module, of),
                            json::object{{"target", target}, {"relation", relation}}));
  house.kernel.touched(edit, module, *record);
  return http::Reply::json(json::object{{"id", id}, {"target", target}, {"relation", relation}}, 201);
}

Result<http::Reply> remove_link(House& house, Module const& module, access::Call const& call,
                                store::Edit& edit) {
  auto const record = reachable(house, module, call, edit, "link.write");
  if (record.has_error()) return record.error();
  auto const of = text_of(*record, "id");
  auto const removed = edit.run("delete from record_link where id = :id and record = :record",
                                call.request.capture("link"), of);
  if (removed == 0) return access::not_found();
  edit.record(access::entry(call, "link.remove", subject_of(module, of),
                            json::object{{"link", call.request.capture("link")}}));
  house.kernel.touched(edit, module, *record);
  return http::Reply::empty();
}

}  // namespace

void comment_routes(http::Router& router, access::Gate& gate, House& house, Module const& module) {
  auto const path = "/api/v1/" + module.plural + "/{id}/comments";
  auto const name = capitalised(module.kind);
  auto const comment =
      object_schema({{"id", "string"}, {"author", "string"}, {"at", "string"}, {"text", "string"}});
  auto listing = route(http::Method::get, path, "list" + name + "Comments", module.plural, "comment.read",
                       "Comments, oldest first");
  listing.operation.response = page_schema(comment);
  gate.read(router, std::move(listing), [&house, &module](access::Call const& call, store::Reader& reader) {
    return list_comments(house, module, call, reader);
  });
  auto adding = route(http::Method::post, path, "add" + name + "Comment", module.plural, "comment.write",
                      "Add a comment");
  adding.operation.request = object_schema({{"text", "string"}});
  adding.operation.request["required"] = json::array{"text"};
  adding.operation.response = comment;
  adding.operation.success = 201;
  gate.write(router, std::move(adding), [&house, &module](access::Call const& call, store::Edit& edit) {
    return add_comment(house, module, call, edit);
  });
}

void link_routes(http::Router& router, access::Gate& gate, House& house, Module const& module) {
  auto const path = "/api/v1/" + module.plural + "/{id}/links";
  auto const name = capitalised(module.kind);
  auto listing = route(http::Method::get, path, "list" + name + "Links", module.plural, "link.read",
                       "Records linked to this one");
  listing.operation.response = page_schema(
      object_schema({{"id", "string"}, {"kind", "string"}, {"record", "string"}, {"relation", "string"}}));
  gate.read(router, std::move(listing), [&house, &module](access::Call const& call, store::Reader& reader) {
    return list_links(house, module, call, reader);
  });
  auto adding = route(http::Method::post, path, "add" + name + "Link", module.plural, "link.write",
                      "Link another record");
  adding.operation.request = object_schema({{"target", "string"}, {"relation", "string"}});
  adding.operation.request["required"] = json::array{"target"};
  adding.operation.response = object_schema({{"id", "string"}, {"target", "string"}, {"relation", "string"}});
  adding.operation.success = 201;
  gate.write(router, std::move(adding), [&house, &module](access::Call const& call, store::Edit& edit) {
    return add_link(house, module, call, edit);
  });
  auto removing = route(http::Method::remove, path + "/{link}", "remove" + name + "Link", module.plural,
                        "link.write", "Remove a link");
  removing.operation.success = 204;
  gate.write(router, std::move(removing), [&house, &module](access::Call const& call, store::Edit& edit) {
    return remove_link(house, module, call, edit);
  });
}

}  // namespace yunzhi::record
