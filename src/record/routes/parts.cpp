#include "record/routes/parts.hpp"

#include <algorithm>

#include "access/directory.hpp"

namespace yunzhi::record {

void routes(http::Router& router, access::Gate& gate, House& house) {
  for (auto const& module : house.kernel.modules().all()) {
    collection_routes(router, gate, house, module);
    transfer_routes(router, gate, house, module);
    item_routes(router, gate, house, module);
    timeline_routes(router, gate, house, module);
    comment_routes(router, gate, house, module);
    link_routes(router, gate, house, module);
    attachment_routes(router, gate, house, module);
  }
  attachment_download(router, gate, house);
  task_routes(router, gate, house);
  task_verb_routes(router, gate, house);
  deputy_routes(router, gate, house);
  instance_routes(router, gate, house);
  batch_routes(router, gate, house);
  job_routes(router, gate, house);
  message_routes(router, gate, house);
  search_routes(router, gate, house);
  module_routes(router, gate, house);
}

http::Route route(http::Method method, std::string path, std::string id, std::string tag,
                  std::string permission, std::string summary) {
  return http::make_route(method, std::move(path),
                          {.id = std::move(id),
                           .tag = std::move(tag),
                           .summary = std::move(summary),
                           .permission = std::move(permission)});
}

std::string capitalised(std::string_view word) {
  std::string text(word);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

json::object object_schema(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  json::object properties;
  for (auto const& [name, type] : members) properties[name] = json::object{{"type", type}};
  return {{"type", "object"}, {"properties", std::move(properties)}};
}

json::object page_schema(json::object item) {
  return {{"type", "object"},
          {"properties",
           {{"items", {{"type", "array"}, {"items", std::move(item)}}},
            {"next", {{"type", json::array{"string", "null"}}}},
            {"total", object_schema({{"count", "integer"}, {"exact", "boolean"}})}}},
          {"required", {"items"}}};
}

json::object record_schema(Module const& module) {
  auto schema = describe::schema(module.fields, true);
  schema["additionalProperties"] = true;
  return schema;
}

json::object request_schema(Module const& module, std::vector<std::string> const& names, bool creating) {
  describe::Fields fields;
  for (auto const& field : module.fields)
    if (std::find(names.begin(), names.end(), field.name) != names.end()) fields.push_back(field);
  auto schema = describe::schema(fields, true);
  if (creating && !module.needed.empty()) {
    json::array required;
    for (auto const& name : module.needed) required.emplace_back(name);
    schema["required"] = std::move(required);
  }
  return schema;
}

json::object names_json(store::Reader& reader, std::vector<std::string> const& people) {
  json::object names;
  for (auto const& [id, name] : access::names_of(reader, people)) names[id] = name;
  return names;
}

}  // namespace yunzhi::record
