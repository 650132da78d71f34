// What happened to a record: people, machine and clocks in one stream, read from the ledger, so that it can
// be neither incomplete nor touched up.
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

std::string_view kind_of(std::string_view action) {
  for (auto const* kind : {"task", "comment", "clock", "alert", "process", "attachment", "link"})
    if (action.substr(0, action.find('.')) == kind) return kind;
  return "record";
}

// What was said and attached is told only to those who may read it where it stands.
bool may_see(std::string_view action, access::Actor const& actor, access::Subject const& owner) {
  auto const kind = kind_of(action);
  if (kind != "comment" && kind != "attachment" && kind != "link") return true;
  return access::may(actor, std::string(kind) + ".read", owner).has_value();
}

Result<http::Reply> answer(House& house, Module const& module, access::Call const& call,
                           store::Reader& reader) {
  auto const record = house.kernel.get(reader, call.actor, module, call.request.capture("id"));
  if (record.has_error()) return record.error();
  auto const owner = owner_of(module, *record);
  json::array items;
  std::vector<std::string> people;
  for (auto const& [sequence, at, actor, action, change] :
       reader.rows<std::int64_t, Instant, std::string, std::string, std::string>(
           "select seq, at, actor, action, change from ledger where subject = :subject order by seq desc "
           "limit 500",
           subject_of(module, text_of(*record, "id")))) {
    if (!may_see(action, call.actor, owner)) continue;
    people.push_back(actor);
    auto const detail = parse_json(change);
    items.push_back(json::object{{"seq", sequence},
                                 {"at", format_instant(at)},
                                 {"kind", kind_of(action)},
                                 {"action", action},
                                 {"actor", {{"id", actor}, {"name", nullptr}}},
                                 {"detail", detail.has_value() ? *detail : json::value(nullptr)}});
  }
  auto const names = names_json(reader, people);
  for (auto& item : items) {
    auto& actor = item.as_object()["actor"].as_object();
    if (auto const* name = names.if_contains(actor["id"].as_string())) actor["name"] = *name;
  }
  return http::Reply::json(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

}  // namespace

void timeline_routes(http::Router& router, access::Gate& gate, House& house, Module const& module) {
  auto listing = route(http::Method::get, "/api/v1/" + module.plural + "/{id}/timeline",
                       "list" + capitalised(module.kind) + "Timeline", module.plural, module.kind + ".read",
                       "What happened, newest first");
  listing.operation.response = page_schema(object_schema(
      {{"seq", "integer"}, {"at", "string"}, {"kind", "string"}, {"action", "string"}, {"actor", "object"}}));
  gate.read(router, std::move(listing), [&house, &module](access::Call const& call, store::Reader& reader) {
    return answer(house, module, call, reader);
  });
}

}  // namespace yunzhi::record
