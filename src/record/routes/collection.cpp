// List and create.
#include <unordered_map>

#include "base/text/whole_number.hpp"
#include "record/list.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

std::vector<http::Parameter> list_parameters(Module const& module) {
  json::object const text{{"type", "string"}};
  std::vector<http::Parameter> parameters = {
      {"limit",
       "Rows of one answer",
       {{"type", "integer"}, {"minimum", 1}, {"maximum", 200}, {"default", 50}},
       false},
      {"after", "Cursor from the last answer's `next`", text, false},
      {"sort", "Field to sort by; `-` in front for descending", text, false},
      {"q", "Words to search for", text, false},
      {"fields", "Fields to give, separated by commas", text, false}};
  if (!module.closed.empty())
    parameters.push_back({"open", "Only what is not ended, or only what is", {{"type", "boolean"}}, false});
  for (auto const& field : module.fields) {
    parameters.push_back(
        {field.name, "Any of these values, separated by commas; `!` in front excludes them", text, false});
    if (field.kind != describe::Kind::instant) continue;
    parameters.push_back({field.name + ".from", "At or after", text, false});
    parameters.push_back({field.name + ".to", "Before", text, false});
  }
  return parameters;
}

// The stored target of each clock, so that a list can show what is due without walking every history.
void add_clocks(store::Reader& reader, std::vector<json::object>& items) {
  if (items.empty()) return;
  std::string list;
  store::Values ids;
  std::unordered_map<std::string, json::array*> places;
  for (auto& item : items) {
    list += (list.empty() ? ":i" : ", :i") + std::to_string(ids.size());
    ids.emplace_back(text_of(item, "id"));
    item["clocks"] = json::array();
    places[text_of(item, "id")] = &item["clocks"].as_array();
  }
  constexpr store::Storage columns[] = {store::Storage::text, store::Storage::text, store::Storage::integer,
                                        store::Storage::integer, store::Storage::integer};
  // sql: only the number of placeholders varies; the ids are bound.
  for (auto const& row :
       reader.select("select record, name, target_at, met_at, breached from record_clock where record in (" +
                         list + ")",
                     columns, ids)) {
    auto const instant = [](store::Value const& value) {
      auto const* ms = std::get_if<std::int64_t>(&value);
      return ms == nullptr ? json::value(nullptr) : json::value(format_instant(from_ms(*ms)));
    };
    places.at(std::get<std::string>(row[0]))
        ->push_back(json::object{{"name", std::get<std::string>(row[1])},
                                 {"target_at", instant(row[2])},
                                 {"met_at", instant(row[3])},
                                 {"breached", std::get<std::int64_t>(row[4]) != 0}});
  }
}

Result<http::Reply> answer_list(House& house, Module const& module, access::Call const& call,
                                store::Reader& reader) {
  auto const query = parse_list(module, call.request, call.actor);
  if (query.has_error()) return query.error();
  auto page = list(reader, module, *query, call.actor);
  auto labels = house.kernel.labels(reader, call.actor, module, page.items);
  if (house.kernel.settings().clocks.contains(module.kind)) add_clocks(reader, page.items);
  json::array items;
  items.reserve(page.items.size());
  for (auto& item : page.items) items.emplace_back(std::move(item));
  return http::Reply::json(json::object{{"items", std::move(items)},
                                        {"next", page.next ? json::value(*page.next) : json::value(nullptr)},
                                        {"total", {{"count", page.count}, {"exact", page.exact}}},
                                        {"labels", std::move(labels)}});
}

// Which version of its process a record begins with; the one in force when nothing is said.
Result<process::Which> asked_version(http::Request const& request) {
  process::Which which{{}, std::string(request.parameter("process_tag").value_or(""))};
  auto const version = request.parameter("process_version");
  if (!version) return which;
  which.version = whole_number(*version);
  if (!which.version) return refuse(Why::invalid, "process_version", "must be a whole number");
  return which;
}

Result<http::Reply> answer_create(House& house, Module const& module, access::Call const& call,
                                  store::Edit& edit) {
  auto const given = call.request.json_body();
  if (given.has_error()) return given.error();
  auto const which = asked_version(call.request);
  if (which.has_error()) return which.error();
  auto const record = house.lifecycle.open(edit, call.actor, module, *given, *which);
  if (record.has_error()) return record.error();
  auto const id = text_of(*record, "id");
  auto told = *given;
  if (which->version) told["process_version"] = *which->version;
  if (!which->tag.empty()) told["process_tag"] = which->tag;
  edit.record(access::entry(call, module.kind + "." + module.report_verb, subject_of(module, id), told));
  return http::Reply::json(*record, 201)
      .with("Location", "/api/v1/" + module.plural + "/" + id)
      .with("ETag", "\"1\"");
}

}  // namespace

void collection_routes(http::Router& router, access::Gate& gate, House& house, Module const& module) {
  auto const path = "/api/v1/" + module.plural;
  auto const name = capitalised(module.plural);
  auto listing = route(http::Method::get, path, "list" + name, module.plural, module.kind + ".read",
                       "List " + module.plural);
  listing.operation.parameters = list_parameters(module);
  listing.operation.response = page_schema(record_schema(module));
  gate.read(router, std::move(listing), [&house, &module](access::Call const& call, store::Reader& reader) {
    return answer_list(house, module, call, reader);
  });
  if (module.given.empty()) return;
  auto creating = route(http::Method::post, path, "create" + capitalised(module.kind), module.plural,
                        module.kind + "." + module.report_verb, "Create a record of " + module.plural);
  creating.operation.request = request_schema(module, module.given, true);
  creating.operation.response = record_schema(module);
  creating.operation.success = 201;
  if (!module.process.empty())
    creating.operation.parameters = {
        {"process_version",
         "The version of its process to begin with, for who may operate processes",
         {{"type", "integer"}, {"minimum", 1}},
         false},
        {"process_tag", "The tag of that version instead", {{"type", "string"}}, false}};
  gate.write(router, std::move(creating), [&house, &module](access::Call const& call, store::Edit& edit) {
    return answer_create(house, module, call, edit);
  });
}

}  // namespace yunzhi::record
