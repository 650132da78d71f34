#include "base/json.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;

TEST_CASE("a document in Chinese is read") {
  auto const value = parse_json(R"({"title":"磁盘: 已满","tags":["a:b"]})");
  REQUIRE(value.has_value());
  CHECK(text_of(value->as_object(), "title") == "磁盘: 已满");
  CHECK(text_of(value->as_object(), "tags").empty());
}

TEST_CASE("hostile documents are refused") {
  std::string const deep(100, '[');
  for (auto const* text : {"", "{", "{} {}", R"({"a":1,"a":2})", R"({"a":{"b":1,"b":1}})", "{\"a\":\"\xff\"}",
                           R"({"a":"\u0000"})", R"({"a":"\ud800"})", "nan", "[1,]"})
    CHECK_MESSAGE(parse_json(text).has_error(), text);
  CHECK(parse_json(deep + std::string(100, ']')).error().english().find("32 levels") != std::string::npos);
}
