#include "monitor/query/print.hpp"

#include <doctest/doctest.h>

#include "monitor/query/explain.hpp"
#include "monitor/query/running.hpp"
#include "monitor/series/memory_source.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

std::string printed(std::string_view query) {
  auto const parsed = parse_query(query);
  REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().english()));
  return print_query(**parsed);
}

}  // namespace

TEST_CASE("a query is written as Prometheus would write it") {
  CHECK(printed("foo/bar") == "foo / bar");
  CHECK(printed("sum  by(job)(rate(a_total{x='1',y=~\"b.*\"}[5m]))") ==
        "sum by (job) (rate(a_total{x=\"1\",y=~\"b.*\"}[5m]))");
  CHECK(printed("a * on(x) group_left(y) b") == "a * on (x) group_left (y) b");
  CHECK(printed("a{state='U',name='i','ü'=~'x'}") == R"(a{"ü"=~"x",name="i",state="U"})");
  CHECK(printed("a > 1e7 + 1e22") == "a > 10000000 + 10000000000000000000000");
  CHECK(printed("a>bool 1") == "a > bool 1");
  CHECK(printed("nan{}+{__name__=\"Inf\"}") == R"({"nan"} + {"Inf"})");
  CHECK(printed("1-+bool+a") == R"(1 - {"bool"} + a)");
  CHECK(printed("a @ 1m40s") == "a @ 100.000");
  CHECK(printed("-(a+1)*2") == "-(a + 1) * 2");
  CHECK(printed("max_over_time(rate(a[5m])[1h:1m] offset 1d @ end())") ==
        "max_over_time(rate(a[5m])[1h:1m] @ end() offset 1d)");
  CHECK(printed("{\"a.b\", c=\"d\"}") == "{\"a.b\",c=\"d\"}");
  CHECK(printed("a[step() + 5m] offset -1h") == "a[step() + 5m] offset -1h");
  CHECK(printed("a[1m / .000040001 * 0.00004]") == "a[1m / 0.000040001 * 0.00004]");
  CHECK(printed("a + fill(0) b") == "a + fill (0) b");
  CHECK(printed("increase(a[90s] anchored)") == "increase(a[1m30s] anchored)");
}

TEST_CASE("what was written reads back as the same query") {
  for (auto const* query : {"quantile(0.9, a) without (x)", "count_values(\"v\", a)", "a @ 12.5", "1 - -1",
                            "2 ^ -a", "time() % 2", "a[2 * (1m + 5s)]",
                            "label_replace(a, \"x\", \"$1\", \"y\", \"(.*)\")", "a unless on () b"}) {
    auto const once = printed(query);
    CHECK(printed(once) == once);
  }
}

TEST_CASE("a long query is laid out over lines") {
  auto const parsed = parse_query(
      "sum by (instance) (rate(node_network_receive_bytes_total{device!~\"lo|veth.*\"}[5m])) / on (instance) "
      "group_left () node_network_speed_bytes");
  REQUIRE(parsed.has_value());
  CHECK(format_query(**parsed) ==
        "  sum by (instance) (rate(node_network_receive_bytes_total{device!~\"lo|veth.*\"}[5m]))\n"
        "/ on (instance) group_left ()\n"
        "  node_network_speed_bytes");
}

TEST_CASE("a plan counts what each selector reads") {
  MemorySource source;
  for (std::int64_t i = 0; i < 100; ++i) {
    source.add(Labels{{"__name__", "a"}, {"x", "1"}}, {i * 10'000, 1});
    source.add(Labels{{"__name__", "a"}, {"x", "2"}}, {i * 10'000, 1});
  }
  auto const query = parse_query("sum(rate(a[1m])) + count(a)");
  auto const plan = explain(source, **query, {600'000, 600'000, instant_step});
  REQUIRE(plan.has_value());
  CHECK(plan->kind == "operator +");
  auto const& range = plan->parts.at(0).parts.at(0).parts.at(0);
  CHECK(range.kind == "selector");
  CHECK(range.series == 2);
  CHECK(range.samples == 12);
  CHECK(plan->samples == 12 + 60);
}

TEST_CASE("a running query is listed, and ends when it is told to") {
  RunningQueries running;
  MemorySource source;
  source.add(Labels{{"__name__", "a"}}, {0, 1});
  auto const entry = running.add("a", from_ms(5));
  REQUIRE(running.list().size() == 1);
  CHECK(running.list()[0].text == "a");
  QueryLimits limits;
  limits.cancelled = entry->ended();
  CHECK(run_instant(source, "a", 0, limits).has_value());
  CHECK(running.end(running.list()[0].number));
  CHECK(run_instant(source, "a", 0, limits).error().why == Why::busy);
  CHECK_FALSE(running.end(77));
}
