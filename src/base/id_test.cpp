#include "base/id.hpp"

#include <set>

#include <doctest/doctest.h>

using namespace yunzhi;

TEST_CASE("identifiers made in one millisecond are distinct and in order") {
  std::string last;
  std::set<std::string> seen;
  for (int i = 0; i < 5000; ++i) {
    auto const id = new_id(from_ms(1'000));
    CHECK(is_id(id));
    CHECK(last < id);
    CHECK(seen.insert(id).second);
    last = id;
  }
}

TEST_CASE("a clock that steps back does not break the order") {
  auto const later = new_id(from_ms(2'000'000'000'000));
  CHECK(later < new_id(from_ms(1'900'000'000'000)));
}

TEST_CASE("other forms are no identifiers") {
  CHECK_FALSE(is_id(""));
  CHECK_FALSE(is_id("0190163D-8694-739B-AEA5-966C26F8AD91"));
  CHECK_FALSE(is_id("0190163d-8694-739b-aea5-966c26f8ad9'"));
}
