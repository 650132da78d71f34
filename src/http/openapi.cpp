// openapi.json, written from the routes: nothing about an operation is said twice.
#include <set>
#include <stdexcept>

#include "http/router.hpp"
#include "http/wire/text.hpp"

namespace yunzhi::http {
namespace {

json::object problem_schema() {
  json::object const text{{"type", "string"}};
  json::object const error{{"type", "object"},
                           {"properties", {{"pointer", text}, {"detail", text}}},
                           {"required", json::array{"pointer", "detail"}}};
  return {{"type", "object"},
          {"properties",
           {{"type", text},
            {"title", text},
            {"status", {{"type", "integer"}}},
            {"detail", text},
            {"errors", {{"type", "array"}, {"items", error}}},
            {"request_id", text}}},
          {"required", json::array{"type", "title", "status", "errors", "request_id"}}};
}

json::object components() {
  json::object const problem{
      {"description", "What is wrong, in the reader's language (RFC 9457)"},
      {"content", {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}};
  return {{"schemas", {{"Problem", problem_schema()}}},
          {"responses", {{"Problem", problem}}},
          {"securitySchemes",
           {{"cookie", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-sid"}}},
            {"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}}};
}

json::array parameters_of(Route const& route) {
  json::array parameters;
  for (auto const& name : names_in(route.path)) {
    parameters.push_back(
        json::object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  for (auto const& parameter : route.operation.parameters) {
    json::object entry{{"name", parameter.name}, {"in", "query"}, {"required", parameter.required}};
    if (!parameter.description.empty()) entry["description"] = parameter.description;
    entry["schema"] = parameter.schema.empty() ? json::object{{"type", "string"}} : parameter.schema;
    parameters.push_back(std::move(entry));
  }
  return parameters;
}

json::object content_of(std::string const& type, json::object const& schema) {
  json::object media;
  media["schema"] = schema;
  json::object content;
  content[type] = std::move(media);
  return content;
}

json::object responses_of(Route const& route) {
  auto const& operation = route.operation;
  json::object success{{"description", operation.summary.empty() ? "Done" : operation.summary}};
  if (!operation.response.empty())
    success["content"] = content_of(operation.response_type, operation.response);
  if (!operation.binary_type.empty()) success["content"].as_object()[operation.binary_type] = json::object{};
  json::object responses;
  responses[std::to_string(operation.success)] = std::move(success);
  std::set<int> problems{400, 500, 503};
  if (!operation.permission.empty()) problems.insert({401, 403});
  if (route.path.find('{') != std::string::npos) problems.insert(404);
  if (route.method != Method::get) problems.insert({409, 412, 413, 507});
  if (!operation.request.empty()) problems.insert({415, 422});
  for (auto const status : problems) {
    responses[std::to_string(status)] = json::object{{"$ref", "#/components/responses/Problem"}};
  }
  return responses;
}

json::object operation_of(Route const& route) {
  auto const& operation = route.operation;
  json::object result{{"operationId", operation.id}};
  if (!operation.tag.empty()) result["tags"] = json::array{json::value(operation.tag)};
  if (!operation.summary.empty()) result["summary"] = operation.summary;
  if (auto parameters = parameters_of(route); !parameters.empty())
    result["parameters"] = std::move(parameters);
  if (!operation.request.empty()) {
    result["requestBody"] =
        json::object{{"required", true}, {"content", content_of(operation.request_type, operation.request)}};
  }
  result["responses"] = responses_of(route);
  if (operation.permission.empty()) {
    result["security"] = json::array{};
  } else {
    result["x-permission"] = operation.permission;
  }
  return result;
}

// "{name...}" is this product's spelling of "the rest of the path"; OpenAPI knows "{name}" only.
std::string openapi_path(std::string path) {
  if (path.ends_with("...}")) path.replace(path.size() - 4, 4, "}");
  return path;
}

}  // namespace

json::object openapi(Router const& router, std::string_view title, std::string_view version) {
  json::object paths;
  std::set<std::string, std::less<>> ids;
  for (auto const& route : router.routes()) {
    if (route.operation.id.empty()) continue;
    if (!ids.insert(route.operation.id).second) {
      throw std::logic_error("two operations are called " + route.operation.id);
    }
    auto& place = paths[openapi_path(route.path)];
    if (!place.is_object()) place.emplace_object();
    place.get_object()[lower(name_of(route.method))] = operation_of(route);
  }
  json::array const security{json::object{{"cookie", json::array{}}},
                             json::object{{"bearer", json::array{}}}};
  return {{"openapi", "3.1.0"},
          {"info", {{"title", title}, {"version", version}}},
          {"security", security},
          {"paths", std::move(paths)},
          {"components", components()}};
}

}  // namespace yunzhi::http
