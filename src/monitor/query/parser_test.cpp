#include <random>

#include <doctest/doctest.h>

#include "monitor/query/query.hpp"
#include "monitor/series/memory_source.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

std::string problem(std::string const& query) {
  auto const parsed = parse_query(query);
  return parsed ? "" : parsed.error().english();
}

std::string repeated(std::string const& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("mistakes are told with line and column") {
  CHECK(problem("up ==\n  * 2") == "2:3: unexpected \"*\" where an expression should be");
  CHECK(problem("rate(up)") == "1:6: rate takes a matrix here, not a vector");
  CHECK(problem("sum(up[5m])") == "1:5: sum works on an instant vector, not a matrix");
  CHECK(problem("up{a=~\"(\"}").starts_with("1:7: bad regular expression"));
  CHECK(problem("up offset 5x") == "1:11: malformed number");
  CHECK(problem("\"abc") == "1:1: the text has no closing quote");
  CHECK(problem("1 and 2") == "1:3: and, or and unless stand between instant vectors only");
}

TEST_CASE("a metric has one name") {
  for (auto const* query :
       {R"(a{"b"})", R"({"a", "b"})", R"({__name__="a", "b"})", R"({"a", __name__="b"})"}) {
    auto const parsed = parse_query(query);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().english().find("given twice") != std::string::npos);
  }
}

TEST_CASE("queries too deep or too long are refused, not followed") {
  CHECK(problem(repeated("(", 5000) + "1").find("nested deeper") != std::string::npos);
  CHECK(problem(repeated("-", 5000) + "1").find("nested deeper") != std::string::npos);
  CHECK(problem("1" + repeated("^1", 5000)).find("nested deeper") != std::string::npos);
  CHECK(problem("1" + repeated("+1", 5000)).find("operators") != std::string::npos);
  CHECK(problem(repeated("abs(", 3000)).find("nested deeper") != std::string::npos);
  CHECK(problem(repeated("a", 70'000)).find("longer than") != std::string::npos);
  CHECK(problem("1" + repeated("+1", 400)).empty());
}

TEST_CASE("a query over its budget is ended") {
  MemorySource source;
  for (std::int64_t i = 0; i < 1000; ++i) source.add(Labels{{"__name__", "a"}}, {i * 1000, 1});
  QueryLimits limits;
  limits.samples = 500;
  CHECK(run_instant(source, "sum_over_time(a[1h])", 1'000'000, limits).error().why == Why::too_large);
  CHECK(run_range(source, "a", {0, 100'000'000, 1}).error().why == Why::invalid);
  limits = {};
  limits.bytes = 8000;
  CHECK(run_range(source, "a + a + a", {0, 900'000, 1000}, limits).error().why == Why::too_large);
  limits = {};
  limits.time = std::chrono::milliseconds(0);
  CHECK(run_instant(source, "a", 1000, limits).error().why == Why::busy);
  CHECK(run_instant(source, "max_over_time(a[10y:1ms])", 1000).error().why == Why::too_large);
}

TEST_CASE("words in any order are parsed or refused, and what is parsed is answered") {
  std::vector<std::string> const words{
      "a",    "{",   "}",  "x",  "=",       "\"1\"",    "=~",         "(",      ")",    "[",
      "]",    "5m",  ":",  "1m", "offset",  "@",        "10",         "sum",    "by",   "rate",
      "topk", ",",   "+",  "-",  "and",     "on",       "or",         "^",      "bool", ">",
      "1",    "inf", "{}", "==", "without", "ignoring", "group_left", "start()"};
  MemorySource source;
  for (std::int64_t i = 0; i < 20; ++i) {
    source.add(Labels{{"__name__", "a"}, {"x", "1"}}, {i * 60'000, static_cast<double>(i) * 1.5});
  }
  std::mt19937 random(4);
  int parsed = 0;
  for (int round = 0; round < 100'000; ++round) {
    std::string query;
    auto const count = random() % 9 + 1;
    for (std::size_t i = 0; i < count; ++i)
      query += words[random() % words.size()] + (random() % 4 == 0 ? "" : " ");
    if (!parse_query(query)) continue;
    ++parsed;
    (void)run_instant(source, query, 600'000).has_value();
    (void)run_range(source, query, {0, 600'000, 120'000}).has_value();
  }
  CHECK(parsed > 500);
}
