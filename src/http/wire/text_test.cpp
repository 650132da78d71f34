#include "http/wire/text.hpp"

#include <doctest/doctest.h>

namespace yunzhi::http {
namespace {

TEST_CASE("case is folded for ASCII letters alone") {
  CHECK(lower("Content-Typ\xC3\x89") == "content-typ\xC3\x89");
  CHECK(same_ignoring_case("ABC", "abc"));
  CHECK_FALSE(same_ignoring_case("abc", "abcd"));
  CHECK_FALSE(same_ignoring_case("@", "`"));
}

TEST_CASE("blanks at both ends go") {
  CHECK(trim(" \ta b\t ") == "a b");
  CHECK(trim(" \t").empty());
}

TEST_CASE("a list is taken apart from its front") {
  std::string_view list = "a,,b";
  CHECK(next_of(list, ',') == "a");
  CHECK(next_of(list, ',').empty());
  CHECK(next_of(list, ',') == "b");
  CHECK(list.empty());
}

TEST_CASE("escapes are decoded or refused") {
  CHECK(percent_decode("a%41+", false) == "aA+");
  CHECK(percent_decode("a+%2b", true) == "a +");
  CHECK(percent_decode("%e5%BC%a0", false) == "张");
  for (auto const* broken : {"%", "%4", "a%g1", "%%41"}) CHECK_FALSE(percent_decode(broken, false));
}

}  // namespace
}  // namespace yunzhi::http
