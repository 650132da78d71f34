#include "describe/validate.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;

TEST_CASE("a value that breaks a form is refused with the pointer of the field") {
  json::object const form{{"type", "object"},
                          {"properties", {{"cause", {{"type", "string"}, {"minLength", 4}}}}},
                          {"required", {"cause"}}};
  CHECK(describe::validate(form, json::object{{"cause", "电源模块老化"}}).has_value());
  auto const refused = describe::validate(form, json::object{{"cause", "电"}});
  REQUIRE(refused.has_error());
  CHECK(refused.error().faults.front().field == "/cause");
  CHECK(describe::validate(form, json::object{}).has_error());
}

TEST_CASE("a form with a keyword nobody checks is refused before it is used") {
  CHECK(describe::check_schema(json::object{{"properties", {{"a", {{"pattern", "(a+)+$"}}}}}}).has_error());
  CHECK(describe::check_schema(json::object{{"prefixItems", json::array{}}}).has_error());
  CHECK(describe::check_schema(json::object{{"minLength", 1}}).has_value());
}
