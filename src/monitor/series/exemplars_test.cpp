#include "monitor/series/exemplars.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

SeriesExemplar given(std::string const& series, std::string const& trace, std::int64_t at, double value = 1) {
  return {Labels{{"__name__", series}}, {Labels{{"trace_id", trace}}, value, at}};
}

std::vector<std::vector<Matcher>> named(std::string const& pattern) {
  return {{*Matcher::make(Match::regex, "__name__", pattern)}};
}

}  // namespace

TEST_CASE("exemplars are given back by series and time") {
  ExemplarRing ring(10);
  CHECK(ring.add(given("b", "1", 1'000)));
  CHECK(ring.add(given("a", "2", 1'000)));
  CHECK(ring.add(given("a", "3", 2'000)));
  auto const all = ring.select(named("a|b"), 0, 5'000);
  REQUIRE(all.size() == 2);
  CHECK(all[0].series.get("__name__") == "a");
  CHECK(all[0].exemplars.size() == 2);
  CHECK(all[1].exemplars[0].labels.get("trace_id") == "1");
  CHECK(ring.select(named("a"), 1'500, 5'000).at(0).exemplars.at(0).at == 2'000);
  CHECK(ring.select(named("c"), 0, 5'000).empty());
}

TEST_CASE("an exemplar that repeats the last of its series, or is older, is not kept") {
  ExemplarRing ring(10);
  CHECK(ring.add(given("a", "1", 1'000)));
  CHECK_FALSE(ring.add(given("a", "1", 1'000)));
  CHECK_FALSE(ring.add(given("a", "2", 999)));
  CHECK(ring.add(given("a", "2", 1'000)));
  CHECK(ring.size() == 2);
}

TEST_CASE("the ring holds the newest, and forgets a series with its last exemplar") {
  ExemplarRing ring(2);
  for (int i = 0; i < 5; ++i) ring.add(given("a" + std::to_string(i), "x", i));
  CHECK(ring.size() == 2);
  CHECK(ring.select(named("a.*"), 0, 10).size() == 2);
  CHECK(ring.add(given("a0", "x", 0)));
  CHECK_FALSE(ExemplarRing(0).add(given("a", "x", 0)));
}

TEST_CASE("an exemplar has at most 128 characters of labels, whatever their bytes") {
  ExemplarRing ring(10);
  std::string wide;
  for (int i = 0; i < 120; ++i) wide += "\xE4\xBA\x91";
  CHECK(ring.add(given("a", wide, 1)));
  CHECK_FALSE(ring.add(given("a", wide + "x", 2)));
}
