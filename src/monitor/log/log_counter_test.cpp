#include "monitor/log/log_counter.hpp"

#include <doctest/doctest.h>

#include "monitor/log/json_lines.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

LogLine line(std::string host, std::string message, LogLevel level = LogLevel::info) {
  return {0, level, std::move(host), "kernel", std::move(message), Labels{{"disk", "sda"}}};
}

std::map<std::string, std::vector<double>> told(LogCounter& counter, std::int64_t at) {
  std::map<std::string, std::vector<double>> values;
  for (auto const& point : counter.points(at, 15)) values[point.labels.text()].push_back(point.sample.value);
  return values;
}

Refusal refusal(std::string_view text) {
  auto const read = read_json_lines(text, 0, LogLimits{});
  REQUIRE_MESSAGE(read.has_error(), text);
  return read.error();
}

}  // namespace

TEST_CASE("lines are counted by host, app and level; a new counter begins at zero an interval before") {
  auto const counter = LogCounter::make({}).value();
  counter->count(std::vector{line("a", "x"), line("a", "y"), line("b", "x", LogLevel::error)});
  auto const points = counter->points(1'000, 15);
  REQUIRE(points.size() == 4);
  CHECK(points[0].sample.at == 985);
  CHECK(points[1].sample.at == 1'000);
  counter->count(std::vector{line("a", "z")});
  CHECK(told(*counter, 1'015) == std::map<std::string, std::vector<double>>{
                                     {R"(log_lines_total{app="kernel",host="a",level="info"})", {3}},
                                     {R"(log_lines_total{app="kernel",host="b",level="error"})", {1}}});
}

TEST_CASE("lines that match a pattern are counted by the labels it asks for") {
  auto const counter =
      LogCounter::make({{"disk_error", "I/O error|medium error", {"host", "disk"}}, {"any", ".", {}}})
          .value();
  counter->count(std::vector{line("a", "sda: I/O error"), line("a", "fine"), line("b", "medium error")});
  auto const values = told(*counter, 1'000);
  CHECK(values.at(R"(log_pattern_lines_total{disk="sda",host="a",pattern="disk_error"})") ==
        std::vector<double>{0, 1});
  CHECK(values.at(R"(log_pattern_lines_total{disk="sda",host="b",pattern="disk_error"})") ==
        std::vector<double>{0, 1});
  CHECK(values.at(R"(log_pattern_lines_total{pattern="any"})") == std::vector<double>{0, 3});
}

TEST_CASE("what happened to lines besides is a counter too") {
  auto const counter = LogCounter::make({}).value();
  counter->add(Labels{{"__name__", "log_lines_dropped_total"}}, 0);
  CHECK(counter->points(0, 1).empty());
  counter->add(Labels{{"__name__", "log_lines_dropped_total"}}, 5);
  CHECK(told(*counter, 0).at("log_lines_dropped_total") == std::vector<double>{0, 5});
}

TEST_CASE("hosts beyond the bound are counted together") {
  auto const counter = LogCounter::make({{"any", ".", {"host"}}}).value();
  for (std::size_t i = 0; i < LogCounter::most_series; ++i)
    counter->count(std::vector{line("host" + std::to_string(i), "x")});
  auto const values = told(*counter, 0);
  CHECK(values.size() <= LogCounter::most_series + 2);
  double total = 0;
  for (auto const& [name, points] : values) total += name.starts_with("log_lines_total") ? points.back() : 0;
  CHECK(total == LogCounter::most_series);
  CHECK(values.contains(R"(log_lines_total{app="other",host="other",level="other"})"));
  CHECK(values.contains(R"(log_pattern_lines_total{host="other",pattern="any"})"));
}

TEST_CASE("a pattern that cannot be used is refused by its name") {
  CHECK(LogCounter::make({{"bad", "(", {}}}).error().faults.front().field == "bad");
  CHECK(LogCounter::make({{"bad", "", {}}}).has_error());
  CHECK(LogCounter::make({{"bad", std::string(5'000, 'x'), {}}}).has_error());
  CHECK(LogCounter::make({{"bad name", "x", {}}}).has_error());
  CHECK(LogCounter::make({{"bad", "x", {"pattern"}}}).has_error());
  CHECK(LogCounter::make({{"bad", "x", {"__name__"}}}).has_error());
  CHECK(LogCounter::make({{"twice", "x", {}}, {"twice", "y", {}}}).has_error());
  std::vector<LogPattern> many;
  for (std::size_t i = 0; i <= LogCounter::most_patterns; ++i)
    many.push_back({"p" + std::to_string(i), "x", {}});
  CHECK(LogCounter::make(many).has_error());
}

TEST_CASE("JSON lines become log lines, what is not known a label") {
  auto const read = read_json_lines(
      R"({"time":"2026-01-01T08:00:00+08:00","level":"WARN","host":"db1","app":"pg","message":"slow","pid":7,"ok":true,"none":null,"more":{"a":[1]}})"
      "\r\n\n"
      R"({"time":1767225600.5,"message":""})"
      "\n"
      R"({"message":"now","level":3})",
      42, LogLimits{});
  REQUIRE(read.has_value());
  REQUIRE(read->size() == 3);
  CHECK((*read)[0] == LogLine{1'767'225'600'000, LogLevel::warning, "db1", "pg", "slow",
                              Labels{{"pid", "7"}, {"ok", "true"}, {"more", R"({"a":[1]})"}}});
  CHECK((*read)[1].at == 1'767'225'600'500);
  CHECK((*read)[1].level == LogLevel::info);
  CHECK((*read)[2].at == 42);
  CHECK((*read)[2].level == LogLevel::error);
}

TEST_CASE("a JSON line that makes no sense is refused with its number") {
  CHECK(refusal("{\"message\":\"a\"}\n{").faults.front().field == "line 2");
  CHECK(refusal("[]").faults.front().field == "line 1");
  CHECK(refusal("{}").faults.front().field == "line 1:message");
  CHECK(refusal(R"({"message":7})").faults.front().field == "line 1:message");
  CHECK(refusal(R"({"message":"a","time":"yesterday"})").faults.front().field == "line 1:time");
  CHECK(refusal(R"({"message":"a","time":-1})").faults.front().field == "line 1:time");
  CHECK(refusal(R"({"message":"a","time":1e99})").faults.front().field == "line 1:time");
  CHECK(refusal(R"({"message":"a","level":"loud"})").faults.front().field == "line 1:level");
  CHECK(refusal(R"({"message":"a","host":")" + std::string(256, 'h') + "\"}").faults.front().field ==
        "line 1:host");
  CHECK(refusal(R"({"message":"a","":"b"})").faults.front().field == "line 1:labels");
  CHECK(refusal(R"({"message":"a","x":")" + std::string(4'097, 'h') + "\"}").faults.front().field ==
        "line 1:x");
  CHECK(refusal(R"({"message":")" + std::string(70'000, 'h') + "\"}").why == Why::too_large);
  std::string many = R"({"message":"a")";
  for (int i = 0; i <= 64; ++i) many += ",\"l" + std::to_string(i) + "\":1";
  CHECK(refusal(many + "}").faults.front().field == "line 1:labels");
  LogLimits few;
  few.lines = 2;
  std::string const line = "{\"message\":\"a\"}\n";
  CHECK(read_json_lines(line + line, 0, few).has_value());
  CHECK(read_json_lines(line + line + line, 0, few).error().why == Why::too_large);
}
