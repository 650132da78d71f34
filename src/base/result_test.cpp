#include "base/result.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;

TEST_CASE("a refusal reads as field, colon, sentence") {
  auto const refusal = refuse(Why::invalid, "/title", "must have at most {} characters", 200);
  CHECK(refusal.english() == "/title: must have at most 200 characters");
}

TEST_CASE("a missing argument leaves the gap visible") {
  CHECK(fill("{} of {}", {"1"}) == "1 of {}");
}

TEST_CASE("taking the value of a refused result is a programmer's error") {
  Result<int> const refused = refuse(Why::missing, "", "no such incident");
  CHECK_THROWS_WITH_AS((void)refused.value(), doctest::Contains("no such incident"), std::logic_error);
}

TEST_CASE("what a file says is refused with the file before its places") {
  auto refusal = refuse(Why::invalid, "3:7", "a");
  refusal.faults.push_back({"", "b", {}});
  CHECK(in_file("rules.yaml", refusal).english() == "rules.yaml:3:7: a\nrules.yaml: b");
}
