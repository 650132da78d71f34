#include "http/wire/target.hpp"

#include <doctest/doctest.h>

namespace yunzhi::http {
namespace {

TEST_CASE("a path is decoded and begins with a slash") {
  CHECK(parse_target("/")->path == "/");
  CHECK(parse_target("/a/%E5%BC%A0%E4%BC%9F")->path == "/a/张伟");
  CHECK(parse_target("/a/b%20c")->path == "/a/b c");
  CHECK(parse_target("/a/")->path == "/a/");
  CHECK(parse_target("http://host:80/a?b=c")->path == "/a");
  CHECK(parse_target("http://host")->path == "/");
}

TEST_CASE("a path that could be read in two ways is refused") {
  for (auto const* target : {"",         "a",
                             "//",       "/a//b",
                             "/.",       "/..",
                             "/a/../b",  "/a/%2e%2e/b",
                             "/%2E",     "/a%2Fb",
                             "/a%2fb",   "/a%5Cb",
                             "/a\\b",    "/a;b",
                             "/a%3Bb",   "/a;/b",
                             "/a%00",    "/a%0a",
                             "/a%",      "/a%4",
                             "/a%zz",    "/a%c0%ae",
                             "/a%ff",    "/a#b",
                             "*",        "/_/;/WEB-INF/web.xml",
                             "host:443", "/%252e%252e%2f"}) {
    CHECK_MESSAGE(parse_target(target).has_error(), target);
  }
}

TEST_CASE("an escape is decoded once") {
  CHECK(parse_target("/a/%252e%252e")->path == "/a/%2e%2e");
}

TEST_CASE("a path of too many parts is refused") {
  std::string path;
  for (int i = 0; i < 33; ++i) path += "/a";
  CHECK(parse_target(path).has_error());
  CHECK(parse_target(path.substr(2)).has_value());
}

TEST_CASE("the query keeps order and repeats, and decodes plus and escapes") {
  auto const target = parse_target("/a?x=1&x=2&q=%E7%BD%91+%2B&empty&&=v");
  REQUIRE(target.has_value());
  using Pair = std::pair<std::string, std::string>;
  CHECK(target->query == std::vector<Pair>{{"x", "1"}, {"x", "2"}, {"q", "网 +"}, {"empty", ""}, {"", "v"}});
}

TEST_CASE("a malformed query is refused") {
  for (auto const* target : {"/a?x=%", "/a?x=%00", "/a?%0a=1", "/a?x=%ff"}) {
    CHECK_MESSAGE(parse_target(target).has_error(), target);
  }
  std::string many = "/a?";
  for (int i = 0; i < 101; ++i) many += "x=1&";
  CHECK(parse_target(many).has_error());
}

}  // namespace
}  // namespace yunzhi::http
