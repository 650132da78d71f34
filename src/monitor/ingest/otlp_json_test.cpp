#include "monitor/ingest/otlp_json.hpp"

#include <doctest/doctest.h>

#include "monitor/ingest/otlp.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

Result<Otlp> read(std::string_view text) {
  auto const binary = otlp_from_json(text);
  if (!binary) return binary.error();
  return read_otlp(*binary, {});
}

std::string shown(Otlp const& otlp) {
  std::string text;
  for (auto const& point : otlp.points)
    text += point.labels.text() + " " + std::to_string(point.sample.value) + " " +
            std::to_string(point.sample.at) + "\n";
  return text;
}

// The example of the OpenTelemetry protocol's repository, examples/metrics.json, shortened.
constexpr auto example = R"({"resourceMetrics":[{
  "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my.service"}},
                            {"key":"service.instance.id","value":{"intValue":"7"}}]},
  "scopeMetrics":[{"scope":{"name":"my.library","version":"1.0.0"},"metrics":[
    {"name":"my.counter","unit":"1","description":"I am a Counter",
     "sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
       {"asDouble":5,"startTimeUnixNano":"1544712660300000000","timeUnixNano":"1544712660300000000",
        "attributes":[{"key":"my.attr","value":{"arrayValue":{"values":[{"boolValue":true},{"doubleValue":1.5}]}}}]}]}},
    {"name":"my.gauge","unit":"1","gauge":{"dataPoints":[{"asInt":"-10","timeUnixNano":1544712660300000000}]}},
    {"name":"my.histogram","histogram":{"aggregationTemporality":"AGGREGATION_TEMPORALITY_CUMULATIVE","dataPoints":[
       {"timeUnixNano":"1544712660300000000","count":"3","sum":"Infinity","bucketCounts":["1",2],"explicitBounds":[1]}]}},
    {"name":"my.summary","summary":{"dataPoints":[
       {"timeUnixNano":"1544712660300000000","count":1,"sum":2,"quantileValues":[{"quantile":0.5,"value":2}]}]}},
    {"name":"my.delta","sum":{"aggregationTemporality":1,"dataPoints":[{"asInt":1}]}},
    {"name":"my.exponential","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"scale":1}]}}
  ]}]}]})";

}  // namespace

TEST_CASE("OTLP's metrics as JSON are what they are in binary form") {
  auto const otlp = read(example);
  REQUIRE_MESSAGE(otlp.has_value(), (otlp ? "" : otlp.error().english()));
  std::string const who = "instance=\"7\",job=\"my.service\"";
  CHECK(shown(*otlp) ==
        "my_counter_total{" + who + ",my_attr=\"[true,1.5]\"} 5.000000 1544712660300\n" + "my_gauge_ratio{" +
            who + "} -10.000000 1544712660300\n" + "my_histogram_bucket{" + who +
            ",le=\"1\"} 1.000000 1544712660300\n" + "my_histogram_bucket{" + who +
            ",le=\"+Inf\"} 3.000000 1544712660300\n" + "my_histogram_sum{" + who + "} inf 1544712660300\n" +
            "my_histogram_count{" + who + "} 3.000000 1544712660300\n" + "my_summary{" + who +
            ",quantile=\"0.5\"} 2.000000 1544712660300\n" + "my_summary_sum{" + who +
            "} 2.000000 1544712660300\n" + "my_summary_count{" + who + "} 1.000000 1544712660300\n");
  CHECK(otlp->metadata.at("my_counter_total").help == "I am a Counter");
  CHECK(otlp->refused == 2);
}

TEST_CASE("what is no JSON, or has a field of the wrong kind, is refused with the field") {
  CHECK_FALSE(read("{").has_value());
  CHECK_FALSE(read("[]").has_value());
  auto const problem = [](std::string const& metric) {
    auto const otlp = read(R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[)" + metric + "]}]}]}");
    return otlp ? std::string() : otlp.error().english();
  };
  CHECK(problem(R"({"name":5})") == "name: the field has a value of the wrong kind");
  CHECK(problem(R"({"gauge":{"dataPoints":[{"timeUnixNano":"soon"}]}})").starts_with("timeUnixNano: "));
  CHECK(problem(R"({"gauge":{"dataPoints":[{"asDouble":"much"}]}})").starts_with("asDouble: "));
  CHECK(problem(R"({"sum":{"isMonotonic":1}})").starts_with("isMonotonic: "));
  CHECK(problem(R"({"gauge":7})").starts_with("gauge: "));
  CHECK(problem(R"({"gauge":null,"unknown":{"a":1}})") == "");
  CHECK(read("{}").value().points.empty());
}

TEST_CASE("the answer in JSON tells how many data points were refused") {
  CHECK(otlp_json_answer(0, "") == "{}");
  CHECK(otlp_json_answer(2, "x: no") ==
        R"({"partialSuccess":{"rejectedDataPoints":"2","errorMessage":"x: no"}})");
}
