#include "monitor/scrape/exposition.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

constexpr std::int64_t now = 1'700'000'000'000;

std::string problem(std::string const& text, ScrapeLimits const& limits = {}) {
  auto const parsed = parse_exposition(text, now, limits);
  return parsed ? "" : parsed.error().english();
}

}  // namespace

TEST_CASE("samples, labels, escapes, times and remarks are read") {
  auto const parsed = parse_exposition(
      "# HELP http_total Requests.\n# TYPE http_total counter\n# a remark\n"
      "http_total{code=\"200\", path=\"a\\\"b\\\\c\\nd\",} 1.5e3 1699999999000\r\n\n"
      "  temp -Inf\nnan NaN # {trace=\"1\"} 1\n",
      now, {});
  REQUIRE(parsed.has_value());
  REQUIRE(parsed->points.size() == 3);
  CHECK(parsed->points[0].labels.get("path") == "a\"b\\c\nd");
  CHECK(parsed->points[0].sample.value == 1500);
  CHECK(parsed->points[0].sample.at == 1'699'999'999'000);
  CHECK(parsed->points[1].sample.at == now);
  CHECK(std::isnan(parsed->points[2].sample.value));
  CHECK(parsed->metadata.at("http_total").type == "counter");
  CHECK(parsed->metadata.at("http_total").help == "Requests.");
}

TEST_CASE("bad lines are refused with their number") {
  CHECK(problem("a 1\n9b 2\n") == "line 2: a line begins with a metric's name");
  CHECK(problem("a{x=\"1\" 2\n") == "line 1: labels are separated by commas and end with a brace");
  CHECK(problem("a{x=\"1\n") == "line 1: a label's value has no closing quote");
  CHECK(problem("a{x=1} 2\n") == "line 1: a label needs = and a text between quotes");
  CHECK(problem("a{x=\"1\",x=\"2\"} 2\n") == "line 1: a label is given twice");
  CHECK(problem("a{__name__=\"b\"} 2\n") ==
        "line 1: the label __name__ is the metric's name and cannot be set");
  CHECK(problem("a 1\na 1\n") == "line 2: the series a comes twice");
  CHECK(problem("a 1 soon\n") == "line 1: a sample's time is a whole number of milliseconds");
  CHECK(problem("a 1 1\n") == "line 1: a sample's time is too far from now");
  CHECK(problem("a 1 1800000000000\n") == "line 1: a sample's time is too far from now");
  CHECK(problem("a 1 1699999999000 x\n") == "line 1: there is text after the sample");
  CHECK(problem("a{x=\"\xff\"} 1\n") == "line 1: a label's value is not valid UTF-8");
}

TEST_CASE("limits of samples, labels and lengths hold") {
  ScrapeLimits limits;
  limits.samples = 2;
  limits.labels = 1;
  limits.name_bytes = 4;
  limits.value_bytes = 4;
  CHECK(problem("a 1\nb 1\nc 1\n", limits) == "line 3: the target has more than 2 samples");
  CHECK(problem("a{b=\"1\",c=\"2\"} 1\n", limits) == "line 1: a series has more than 1 labels");
  CHECK(problem("abcde 1\n", limits) == "line 1: a name is longer than 4 bytes");
  CHECK(problem("a{b=\"12345\"} 1\n", limits) == "line 1: a label's value is longer than 4 bytes");
}

TEST_CASE("a text cut anywhere is read or refused, never more") {
  std::string const text = "# TYPE a counter\na{x=\"1\\n2\",y=\"z\"} 1.5 1699999999000\nb 2\n";
  for (std::size_t length = 0; length <= text.size(); ++length) {
    auto const parsed = parse_exposition(text.substr(0, length), now, {});
    CHECK((!parsed || parsed->points.size() <= 2));
  }
}

TEST_CASE("exemplars come with the samples of OpenMetrics, and with their time when they say none") {
  std::string const text =
      "# TYPE a histogram\n"
      "a_bucket{le=\"1\"} 5 # {trace_id=\"x\"} 0.67\n"
      "a_bucket{le=\"2\"} 6 1700000000.5 # {trace_id=\"y\",span=\"z\"} 1.5 1699999999.25\n"
      "# EOF\n";
  auto const read = parse_exposition(text, 1'700'000'000'000, {}, true);
  REQUIRE(read.has_value());
  REQUIRE(read->exemplars.size() == 2);
  CHECK(read->exemplars[0].series == Labels{{"__name__", "a_bucket"}, {"le", "1"}});
  CHECK(read->exemplars[0].exemplar.labels == Labels{{"trace_id", "x"}});
  CHECK(read->exemplars[0].exemplar.value == 0.67);
  CHECK(read->exemplars[0].exemplar.at == 1'700'000'000'000);
  CHECK(read->exemplars[1].exemplar.at == 1'699'999'999'250);
  CHECK(read->points.at(1).sample.at == 1'700'000'000'500);
  for (std::string const wrong : {"x", "{a=\"1\"}", "{a=\"1\",a=\"2\"} 1", "{a=\"1\"} 1 later", "{a} 1"})
    CHECK_FALSE(parse_exposition("a 1 # " + wrong + "\n# EOF\n", 0, {}, true).has_value());
  // In the Prometheus format it is a remark.
  CHECK(parse_exposition("a 1 # x\n", 0, {}).value().exemplars.empty());
}
