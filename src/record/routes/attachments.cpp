// Files attached to records: stored encrypted beside the database, always given out as downloads.
#include <algorithm>

#include "base/id.hpp"
#include "base/limits.hpp"
#include "base/text/utf8.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

constexpr std::int64_t most_per_record = 100;

// What a browser may show as what it is; everything else leaves as unknown bytes.
std::string_view safe_type(std::string_view type) {
  constexpr std::string_view known[] = {"image/png",       "image/jpeg", "image/webp", "image/gif",
                                        "application/pdf", "text/plain", "text/csv",   "application/zip"};
  auto const base = type.substr(0, type.find(';'));
  auto const found = std::find(std::begin(known), std::end(known), base);
  return found == std::end(known) ? std::string_view("application/octet-stream") : *found;
}

Result<std::string> file_name(http::Request const& request) {
  std::string name(request.parameter("name").value_or(""));
  auto const slash = name.find_last_of("/\\");
  if (slash != std::string::npos) name.erase(0, slash + 1);
  std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == 0x7f; });
  if (name.empty() || name == "." || name == "..")
    return refuse(Why::invalid, "name", "the name of the file is required");
  if (!valid_utf8(name) || characters(name) > limits::line_characters)
    return refuse(Why::invalid, "name", "must have at most {} characters", limits::line_characters);
  return name;
}

// RFC 6266 and 5987: the UTF-8 name in percent encoding, and nothing a header could be broken with.
std::string disposition(std::string_view name) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  for (auto const c : name) {
    auto const byte = static_cast<unsigned char>(c);
    bool const plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                       (byte >= 'A' && byte <= 'Z') || byte == '.' || byte == '-' || byte == '_';
    if (plain)
      encoded += c;
    else {
      encoded += '%';
      encoded += digits[byte >> 4];
      encoded += digits[byte & 0xf];
    }
  }
  return "attachment; filename*=UTF-8''" + encoded;
}

Result<http::Reply> add(House& house, Module const& module, access::Call const& call, store::Edit& edit) {
  auto const record = house.kernel.get(edit, call.actor, module, call.request.capture("id"));
  if (record.has_error()) return record.error();
  auto const allowed = access::may(call.actor, "attachment.write", owner_of(module, *record));
  if (allowed.has_error()) return allowed.error();
  auto const name = file_name(call.request);
  if (name.has_error()) return name.error();
  if (call.request.body.empty()) return refuse(Why::invalid, "", "the file is empty");
  auto const of = text_of(*record, "id");
  auto const count =
      edit.one<std::int64_t>("select count(*) from attachment where record = :record", of).value_or(0);
  if (count >= most_per_record)
    return refuse(Why::conflict, "", "a record has at most {} files", most_per_record);
  auto const digest = house.attachments.save(call.request.body);
  auto const id = new_id(edit.now());
  std::string const type(safe_type(call.request.header("content-type")));
  auto const size = static_cast<std::int64_t>(call.request.body.size());
  edit.run(
      "insert into attachment (id, kind, record, name, type, size, digest, created_by, created_at) "
      "values (:id, :kind, :record, :name, :type, :size, :digest, :by, :at)",
      id, module.kind, of, *name, type, size, digest, call.actor.person, edit.now());
  edit.record(access::entry(call, "attachment.write", subject_of(module, of),
                            json::object{{"name", *name}, {"size", size}, {"digest", digest}}));
  house.kernel.touched(edit, module, *record);
  return http::Reply::json(json::object{{"id", id}, {"name", *name}, {"type", type}, {"size", size}}, 201);
}

Result<http::Reply> list_all(House& house, Module const& module, access::Call const& call,
                             store::Reader& reader) {
  auto const record = house.kernel.get(reader, call.actor, module, call.request.capture("id"));
  if (record.has_error()) return record.error();
  auto const allowed = access::may(call.actor, "attachment.read", owner_of(module, *record));
  if (allowed.has_error()) return allowed.error();
  json::array items;
  std::vector<std::string> people;
  for (auto const& [id, name, type, size, by, at] :
       reader.rows<std::string, std::string, std::string, std::int64_t, std::string, Instant>(
           "select id, name, type, size, created_by, created_at from attachment where record = :record order "
           "by id",
           text_of(*record, "id"))) {
    people.push_back(by);
    items.push_back(json::object{{"id", id},
                                 {"name", name},
                                 {"type", type},
                                 {"size", size},
                                 {"created_by", by},
                                 {"created_at", format_instant(at)}});
  }
  return http::Reply::json(json::object{{"items", std::move(items)}, {"labels", names_json(reader, people)}});
}

Result<http::Reply> download(House& house, access::Call const& call, store::Reader& reader) {
  auto const row = reader.row<std::string, std::string, std::string, std::string, std::string>(
      "select kind, record, name, type, digest from attachment where id = :id", call.request.capture("id"));
  if (!row) return access::not_found();
  auto const& [kind, of, name, type, digest] = *row;
  auto const* module = house.kernel.modules().find(kind);
  if (module == nullptr) return access::not_found();
  auto const record = house.kernel.get(reader, call.actor, *module, of);
  if (record.has_error()) return record.error();
  auto const allowed = access::may(call.actor, "attachment.read", owner_of(*module, *record));
  if (allowed.has_error()) return allowed.error();
  auto content = house.attachments.load(digest);
  if (content.has_error()) return content.error();
  return http::Reply::text(std::move(*content), type)
      .with("Content-Disposition", disposition(name))
      .with("Content-Security-Policy", "sandbox; default-src 'none'")
      .with("Cache-Control", "private, no-store");
}

}  // namespace

void attachment_routes(http::Router& router, access::Gate& gate, House& house, Module const& module) {
  auto const path = "/api/v1/" + module.plural + "/{id}/attachments";
  auto const name = capitalised(module.kind);
  auto const attachment =
      object_schema({{"id", "string"}, {"name", "string"}, {"type", "string"}, {"size", "integer"}});
  auto listing = route(http::Method::get, path, "list" + name + "Attachments", module.plural,
                       "attachment.read", "Attached files");
  listing.operation.response = page_schema(attachment);
  gate.read(router, std::move(listing), [&house, &module](access::Call const& call, store::Reader& reader) {
    return list_all(house, module, call, reader);
  });
  auto adding = route(http::Method::post, path, "add" + name + "Attachment", module.plural,
                      "attachment.write", "Attach a file");
  adding.operation.parameters = {{"name", "The file's name", {{"type", "string"}}, true}};
  adding.operation.request = {{"type", "string"}, {"format", "binary"}};
  adding.operation.request_type = "application/octet-stream";
  adding.operation.response = attachment;
  adding.operation.success = 201;
  adding.body_limit = limits::attachment_bytes;
  gate.write(router, std::move(adding), [&house, &module](access::Call const& call, store::Edit& edit) {
    return add(house, module, call, edit);
  });
}

void attachment_download(http::Router& router, access::Gate& gate, House& house) {
  auto downloading = route(http::Method::get, "/api/v1/attachments/{id}", "getAttachment", "attachments",
                           "attachment.read", "Download a file");
  downloading.operation.response = {{"type", "string"}, {"format", "binary"}};
  downloading.operation.response_type = "application/octet-stream";
  gate.read(router, std::move(downloading), [&house](access::Call const& call, store::Reader& reader) {
    return download(house, call, reader);
  });
}

}  // namespace yunzhi::record
