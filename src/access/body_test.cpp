#include "access/body.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::access;

TEST_CASE("every fault of a body is gathered with its pointer") {
  auto const object = parse_json(R"({"a": 5, "b": "xxx", "c": "yes", "d": [1], "e": 1})").value().as_object();
  Body body(object, "/list/0");
  body.text("a");
  body.text("b", 2);
  body.flag("c");
  body.texts("d");
  body.text("missing");
  auto const refused = body.end();
  REQUIRE(refused.has_error());
  auto const english = refused.error().english();
  for (auto const* pointer :
       {"/list/0/a", "/list/0/b", "/list/0/c", "/list/0/d", "/list/0/e", "/list/0/missing"})
    CHECK_MESSAGE(english.find(pointer) != std::string::npos, pointer);
}

TEST_CASE("a body that fits gives its members") {
  auto const object = parse_json(R"({"a": "x", "b": true, "c": ["r", "s"], "d": null})").value().as_object();
  Body body(object);
  CHECK(body.text("a") == "x");
  CHECK(body.flag("b") == true);
  CHECK(body.texts("c")->size() == 2);
  CHECK_FALSE(body.optional_text("d"));
  CHECK(body.end().has_value());
}
