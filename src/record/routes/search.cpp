// One search box over everything, and what the families of records look like.
#include "record/search.hpp"

#include "base/limits.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

json::array names_array(std::vector<std::string> const& names) {
  json::array array;
  for (auto const& name : names) array.emplace_back(name);
  return array;
}

bool among(std::vector<std::string> const& names, std::string const& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

json::object texts(std::map<std::string, std::string> const& by_language) {
  json::object object;
  for (auto const& [language, text] : by_language) object[language] = text;
  return object;
}

json::array offered(Module const& module, std::string const& field) {
  json::array choices;
  if (auto const found = module.offered.find(field); found != module.offered.end())
    for (auto const& choice : found->second)
      choices.push_back(json::object{
          {"value", choice.value}, {"title", texts(choice.title)}, {"hint", texts(choice.hint)}});
  return choices;
}

json::object describe_module(Module const& module) {
  json::array fields;
  for (auto const& field : module.fields)
    fields.push_back(
        json::object{{"name", field.name},
                     {"kind", describe::kind_name(field.kind)},
                     {"required", among(module.needed, field.name)},
                     {"choices", names_array(field.choices)},
                     {"offered", offered(module, field.name)},
                     {"target", field.target.empty() ? json::value(nullptr) : json::value(field.target)},
                     {"in_list", among(module.listed, field.name)},
                     {"creatable", among(module.given, field.name)},
                     {"editable", among(module.editable, field.name)},
                     {"sortable", among(module.sorted, field.name)}});
  auto const* state = describe::find(module.fields, "state");
  return {{"kind", module.kind},
          {"plural", module.plural},
          {"title", module.title},
          {"fields", std::move(fields)},
          {"states", state == nullptr ? json::array() : names_array(state->choices)},
          {"closed", names_array(module.closed)},
          {"process", module.process.empty() ? json::value(nullptr) : json::value(module.process)}};
}

}  // namespace

void search_routes(http::Router& router, access::Gate& gate, House& house) {
  auto searching = route(http::Method::get, "/api/v1/search", "search", "search", "search.read",
                         "Find records of every family");
  searching.operation.parameters = {{"q", "What to look for", {{"type", "string"}}, true}};
  searching.operation.response = page_schema(
      object_schema({{"kind", "string"}, {"id", "string"}, {"number", "string"}, {"title", "string"}}));
  gate.read(
      router, std::move(searching),
      [&house](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
        auto const text = call.request.parameter("q").value_or("");
        if (text.empty()) return refuse(Why::invalid, "q", "must not be empty");
        json::array items;
        for (auto const& found :
             search(reader, house.kernel.modules(), call.actor, text.substr(0, limits::line_characters), 20))
          items.push_back(json::object{
              {"kind", found.kind}, {"id", found.id}, {"number", found.number}, {"title", found.title}});
        return http::Reply::json(json::object{{"items", std::move(items)}});
      });
}

void module_routes(http::Router& router, access::Gate& gate, House& house) {
  auto listing = route(http::Method::get, "/api/v1/modules", "listModules", "modules", "module.read",
                       "The families of records and their fields");
  listing.operation.response =
      page_schema(object_schema({{"kind", "string"}, {"plural", "string"}, {"fields", "array"}}));
  gate.read(router, std::move(listing), [&house](access::Call const&, store::Reader&) -> Result<http::Reply> {
    json::array items;
    for (auto const& module : house.kernel.modules().all()) items.push_back(describe_module(module));
    return http::Reply::json(json::object{{"items", std::move(items)}});
  });
}

}  // namespace yunzhi::record
