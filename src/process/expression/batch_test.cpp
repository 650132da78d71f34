#include "process/expression/batch.hpp"

#include <doctest/doctest.h>

#include "process/expression/testing_feel.hpp"

using namespace yunzhi;
using process::result;

namespace {
std::string answer(std::string_view line) {
  return process::answer_line(line, process::Moment{from_ms(0)});
}
}  // namespace

TEST_CASE("a line is answered by a line, whatever it says") {
  CHECK(answer(R"({"expression":"a + 1","context":{"a":0.10000000000000000000000000000000001}})") ==
        R"({"result":1.1})");
  CHECK(answer(R"({"expression":"1 +"})") ==
        R"({"error":{"text":"a value is expected here, not 'the end'","position":"1:4"}})");
  CHECK(answer("").starts_with("{\"error\""));
  CHECK(answer("[]").starts_with("{\"error\""));
  CHECK(answer(R"({"expression":1})").starts_with("{\"error\""));
  CHECK(answer(R"({"expression":"1","context":[]})").starts_with("{\"error\""));
  CHECK(answer("{\"expression\":\"\xFF\"}").starts_with("{\"error\""));
  CHECK(answer(R"({"expression":"\"\u0001\t\""})") == R"({"result":"\u0001\t"})");
}

TEST_CASE("what asks for too much is refused, not run") {
  CHECK(result("for i in 1..1000000000 return i") == "refused at ");
  CHECK(result("for i in 1..100000, j in 1..100000 return 1") == "refused at ");
  CHECK(result(std::string(300, '[') + "1") == "refused at 1:201");
  std::string nested = "1";
  for (int i = 0; i < 150; ++i) nested = "1 in (" + nested + "..2]";
  CHECK(result(nested) != "");
  std::string chain = "1";
  for (int i = 0; i < 1'000; ++i) chain += "+1";
  CHECK(result(chain) == "1001");
  for (int i = 0; i < 8'000; ++i) chain += "+1";
  CHECK(result(chain) == "refused at ");
  CHECK(result("{f: function(g, n) g(g, n + 1), r: f(f, 1)}.r") == "refused at ");
  CHECK(result("for i in 1..5000 return partial") == "refused at ");
  CHECK(result("{a: [1], r: for i in 1..300 return if i = 1 then [1] else [partial[-1]]}.r[-1]") == "null");
}

TEST_CASE("JSON keeps every digit and the last of equal keys") {
  auto const round = [](std::string_view text) {
    return process::exact_json(process::parse_exact_json(text).value());
  };
  CHECK(round(R"( {"a":[1e2,-0.00,1.0],"a":{"b":"\u00e9\"","c":null}} )") == R"({"a":{"b":"é\"","c":null}})");
  CHECK(round("123456789012345678901234567890.1234") == "123456789012345678901234567890.1234");
  CHECK(round("[]") == "[]");
  CHECK(process::parse_exact_json("[1").has_error());
  CHECK(process::parse_exact_json("1 2").has_error());
  CHECK(process::parse_exact_json(std::string(300, '[')).has_error());
}
