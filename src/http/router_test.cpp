#include "http/router.hpp"

#include <doctest/doctest.h>

namespace yunzhi::http {
namespace {

Route route(Method method, std::string path) {
  Route result;
  result.method = method;
  result.operation.id = std::string(name_of(method)) + path;
  result.path = std::move(path);
  return result;
}

Router sample() {
  Router router;
  router.add(route(Method::get, "/api/v1/incidents"));
  router.add(route(Method::post, "/api/v1/incidents"));
  router.add(route(Method::get, "/api/v1/incidents/{id}"));
  router.add(route(Method::get, "/api/v1/incidents/export"));
  router.add(route(Method::get, "/api/v1/{plural}/{id}/links"));
  router.add(route(Method::get, "/files/{path...}"));
  router.add(route(Method::get, "/"));
  return router;
}

std::string path_of(Router::Match const& match) {
  return match.route ? match.route->path : "";
}

TEST_CASE("a literal part wins over a captured one") {
  auto const router = sample();
  CHECK(path_of(router.find(Method::get, "/api/v1/incidents/export")) == "/api/v1/incidents/export");
  auto const match = router.find(Method::get, "/api/v1/incidents/7");
  CHECK(path_of(match) == "/api/v1/incidents/{id}");
  CHECK(match.captures.at("id") == "7");
}

TEST_CASE("a dead end under a literal part falls back to the captured one") {
  auto const router = sample();
  auto const match = router.find(Method::get, "/api/v1/incidents/7/links");
  CHECK(path_of(match) == "/api/v1/{plural}/{id}/links");
  CHECK(match.captures.at("plural") == "incidents");
  CHECK(match.captures.at("id") == "7");
}

TEST_CASE("the rest of a path is captured whole") {
  auto const router = sample();
  CHECK(router.find(Method::get, "/files/a/b.txt").captures.at("path") == "a/b.txt");
  CHECK_FALSE(router.find(Method::get, "/files").path_known);
}

TEST_CASE("a known path with another method names the methods it has") {
  auto const router = sample();
  auto const match = router.find(Method::remove, "/api/v1/incidents");
  CHECK(match.route == nullptr);
  CHECK(match.path_known);
  CHECK(match.allowed == std::vector{Method::get, Method::post});
}

TEST_CASE("an unknown path, a trailing slash and an empty part match nothing") {
  auto const router = sample();
  for (auto const* path : {"/api", "/api/v1/incidents/", "/api/v1//incidents", "/Api/v1/incidents"}) {
    CHECK_FALSE(router.find(Method::get, path).path_known);
  }
  CHECK(path_of(router.find(Method::get, "/")) == "/");
}

TEST_CASE("two routes for one method and path are refused at once") {
  auto router = sample();
  CHECK_THROWS_AS(router.add(route(Method::get, "/api/v1/incidents/{key}")), std::logic_error);
}

TEST_CASE("openapi names parameters, permission, problems and both ways to sign in") {
  Router router;
  auto one = route(Method::patch, "/api/v1/incidents/{id}");
  one.operation.id = "changeIncident";
  one.operation.permission = "incident.change";
  one.operation.request = {{"type", "object"}};
  one.operation.response = {{"type", "object"}};
  one.operation.parameters = {{"fields", "Which fields", {{"type", "string"}}, false}};
  router.add(one);
  auto const document = openapi(router, "Yunzhi", "1");
  auto const& operation = document.at("paths").at("/api/v1/incidents/{id}").at("patch");
  CHECK(operation.at("x-permission").as_string() == "incident.change");
  CHECK(operation.at("parameters").as_array().size() == 2);
  CHECK(operation.at("parameters").at(0).at("in").as_string() == "path");
  CHECK(operation.at("responses").as_object().contains("422"));
  CHECK(operation.at("responses").at("404").at("$ref").as_string() == "#/components/responses/Problem");
  CHECK(document.at("components").at("securitySchemes").as_object().size() == 2);
  CHECK(document.at("security").as_array().size() == 2);
}

TEST_CASE("openapi refuses two operations of one name") {
  Router router;
  auto one = route(Method::get, "/a");
  auto two = route(Method::get, "/b");
  two.operation.id = one.operation.id;
  router.add(one);
  router.add(two);
  CHECK_THROWS_AS((void)openapi(router, "Yunzhi", "1"), std::logic_error);
}

}  // namespace
}  // namespace yunzhi::http
