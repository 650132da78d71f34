#include <doctest/doctest.h>

#include "process/expression/testing_feel.hpp"

using yunzhi::process::result;

TEST_CASE("conversions read what people write") {
  CHECK(result("number(\"1 000,5\", \" \", \",\")") == "1000.5");
  CHECK(result("number(\"1,000.00\", \",\", \".\")") == "1000");
  CHECK(result("number(\"1\", \".\", \".\")") == "null");
  CHECK(result("number(123, \".\", \".\")") == "null");
  CHECK(result("number(from: \"1\", grouping separator: null, decimal separator: null)") == "1");
  CHECK(result("string(1.10)") == "\"1.1\"");
  CHECK(result("string(null)") == "null");
  CHECK(result("string([1,\"a\"])") == "\"[1, \\\"a\\\"]\"");
  CHECK(result("string(@\"2026-01-01\")") == "\"2026-01-01\"");
  CHECK(result("is(@\"23:00:50z\", @\"23:00:50\")") == "false");
  CHECK(result("is(1, 1.0)") == "true");
}

TEST_CASE("texts are cut, searched and changed by characters") {
  CHECK(result("substring(\"foobar\", 3)") == "\"obar\"");
  CHECK(result("substring(\"foobar\", -2, 1)") == "\"a\"");
  CHECK(result("substring(\"\\U01F40Eab\", 2)") == "\"ab\"");
  CHECK(result("substring(\"foobar\", 0)") == "null");
  CHECK(result("substring before(\"foobar\", \"bar\")") == "\"foo\"");
  CHECK(result("substring after(\"foobar\", \"ob\")") == "\"ar\"");
  CHECK(result("substring after(\"foobar\", \"x\")") == "\"\"");
  CHECK(result("upper case(\"aßé\")") == "\"ASSÉ\"");
  CHECK(result("contains(string: \"foobar\", match: \"of\")") == "false");
  CHECK(result("contains(str: \"foobar\", match: \"of\")") == "null");
  CHECK(result("string join([\"a\",null,\"c\"], \"_\")") == "\"a_c\"");
  CHECK(result("string join([\"a\",1])") == "null");
  CHECK(result("string join([\"a\",\"c\"], \"X\", \"foo\")") == "null");
  CHECK(result("starts with([\"foobar\"], \"fo\")") == "true");
}

TEST_CASE("patterns are XPath's, in linear time") {
  CHECK(result("matches(\"FOOBAR\", \"^fo*b\", \"i\")") == "true");
  CHECK(result("matches(\"hello world\", \" hel lo\\ sworl d\", \"x\")") == "true");
  CHECK(result("matches(\"hello world\", \"hello[ ]world\", \"x\")") == "true");
  CHECK(result("matches(\"a\\rb\", \"a.b\")") == "false");
  CHECK(result("matches(\"a\\rb\", \"a.b\", \"s\")") == "true");
  CHECK(result("matches(\"x\", \"[A-Z-[OI]]\", \"i\")") == "true");
  CHECK(result("matches(\"O\", \"[A-Z-[OI]]\", \"i\")") == "false");
  CHECK(result("matches(\"7\", \"^[\\d-[0-5]]$\")") == "true");
  CHECK(result("matches(\"4\", \"^[\\d-[0-5]]$\")") == "false");
  CHECK(result("matches(\"hello world\", \"^\\p{IsBasicLatin}+$\")") == "true");
  CHECK(result("matches(\"é\", \"\\P{IsBasicLatin}\")") == "true");
  CHECK(result("matches(\"a\", \"\\p{IsNowhere}\")") == "null");
  CHECK(result("matches(\"a\", \"[a\\0]\")") == "null");
  CHECK(result("matches(\"a\", \"(\")") == "null");
  CHECK(result("matches(\"a\", \"a\", \"z\")") == "null");
  CHECK(result("replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")") == "\"[1=ab][2=]cd\"");
  CHECK(result("replace(\"a.b\", \".\", \"-\", \"q\")") == "\"a-b\"");
  CHECK(result("replace(\"abc\", \".*?\", \"x\")") == "null");
  CHECK(result("split(\"a;b;;c\", \";\")") == R"(["a","b","","c"])");
  CHECK(result("split(\"John Doe\", \"\\s\")") == R"(["John","Doe"])");
}

TEST_CASE("lists are joined, cut and searched") {
  CHECK(result("list contains([1,null], null)") == "true");
  CHECK(result("count(null)") == "null");
  CHECK(result("count(1)") == "1");
  CHECK(result("sublist([1,2,3], -2, 1)") == "[2]");
  CHECK(result("append([1], 2, [3])") == "[1,2,[3]]");
  CHECK(result("concatenate([1], [2,3])") == "[1,2,3]");
  CHECK(result("insert before([1,3], 2, 2)") == "[1,2,3]");
  CHECK(result("remove([1,2,3], -1)") == "[1,2]");
  CHECK(result("reverse([1,2])") == "[2,1]");
  CHECK(result("index of([1,2,1,null], 1)") == "[1,3]");
  CHECK(result("union([1,2], [2,3])") == "[1,2,3]");
  CHECK(result("distinct values([1,null,1,\"1\",null])") == "[1,null,\"1\"]");
  CHECK(result("flatten([1,[2,[3]]])") == "[1,2,3]");
  CHECK(result("list replace([1,2,3], 2, 9)") == "[1,9,3]");
  CHECK(result("list replace([1,2,3], function(item, newItem) item < newItem, 3)") == "[3,3,3]");
  CHECK(result("sort([3,1,2], function(x, y) x > y)") == "[3,2,1]");
  CHECK(result("sort(list: [3,1,2], precedes: function(x, y) true)") != "null");
  CHECK(result("sort([3,1,2])") == "[1,2,3]");
}

TEST_CASE("many values make one") {
  CHECK(result("min(3,1,2)") == "1");
  CHECK(result("max([\"a\",\"b\"])") == "\"b\"");
  CHECK(result("max([])") == "null");
  CHECK(result("sum([])") == "null");
  CHECK(result("sum(1,2,\"3\")") == "null");
  CHECK(result("mean([1,2,3,4])") == "2.5");
  CHECK(result("median(8,2,5,3,4)") == "4");
  CHECK(result("median([6,1,2,3])") == "2.5");
  CHECK(result("stddev(2,4,7,5)") == "2.081665999466132735282297706979931");
  CHECK(result("mode(6,3,9,6,6)") == "[6]");
  CHECK(result("mode([6,1,9,6,1])") == "[1,6]");
  CHECK(result("mode([])") == "[]");
  CHECK(result("product([2,3,4])") == "24");
  CHECK(result("all([true,null])") == "null");
  CHECK(result("all([false,null])") == "false");
  CHECK(result("any([])") == "false");
  CHECK(result("all([])") == "true");
}

TEST_CASE("numbers are rounded in each way FEEL names") {
  CHECK(result("decimal(1/3, 2.5)") == "0.33");
  CHECK(result("decimal(2.5, 0)") == "2");
  CHECK(result("floor(-1.56, 1)") == "-1.6");
  CHECK(result("ceiling(-1.5)") == "-1");
  CHECK(result("round up(-5.5, 0)") == "-6");
  CHECK(result("round down(1.126, 2)") == "1.12");
  CHECK(result("round half up(-5.5, 0)") == "-6");
  CHECK(result("round half down(5.5, 0)") == "5");
  CHECK(result("decimal(1, 6177)") == "null");
  CHECK(result("modulo(-12, 5)") == "3");
  CHECK(result("sqrt(16)") == "4");
  CHECK(result("odd(5) and even(-2)") == "true");
  CHECK(result("abs(@\"-P1Y\")") == "\"P1Y\"");
}

TEST_CASE("dates, times and durations are read, taken apart and counted with") {
  CHECK(result("date(2017, 2, 29)") == "null");
  CHECK(result("date(\"-999999999-01-01\")") == "\"-999999999-01-01\"");
  CHECK(result("time(\"10:30:00.123456789+01:30\").time offset") == "\"PT1H30M\"");
  CHECK(result("time(23, 59, 1.5, duration(\"PT1H\"))") == "\"23:59:01.5+01:00\"");
  CHECK(result("date and time(date(\"2016-03-29\"), time(\"23:59:59@Asia/Shanghai\"))") ==
        "\"2016-03-29T23:59:59@Asia/Shanghai\"");
  CHECK(result("date and time(\"2026-11-23T10:00:00@Europe/Paris\").timezone") == "\"Europe/Paris\"");
  CHECK(result("@\"2026-11-23\".weekday") == "1");
  CHECK(result("date(\"2016-01-31\") + duration(\"P1M\")") == "\"2016-02-29\"");
  CHECK(result("time(\"23:30:00\") + duration(\"PT45M\")") == "\"00:15:00\"");
  CHECK(result("date and time(\"2026-03-29T01:30:00@Europe/Paris\") + duration(\"PT1H\")") ==
        "\"2026-03-29T03:30:00@Europe/Paris\"");
  CHECK(result("date(\"2026-03-01\") - date(\"2026-02-28\")") == "\"P1D\"");
  CHECK(result("duration(\"P1DT36H\")") == "\"P2DT12H\"");
  CHECK(result("duration(\"P1Y13M\")") == "\"P2Y1M\"");
  CHECK(result("duration(\"P1Y1D\")") == "null");
  CHECK(result("duration(\"PT10H\") / duration(\"PT4H\")") == "2.5");
  CHECK(result("years and months duration(date(\"2011-12-22\"), date(\"2013-08-24\"))") == "\"P1Y8M\"");
  CHECK(result("years and months duration(date(\"2013-08-24\"), date(\"2011-12-25\"))") == "\"-P1Y7M\"");
  CHECK(result("day of week(date(2019, 9, 17))") == "\"Tuesday\"");
  CHECK(result("month of year(date(2019, 9, 17)) = \"September\" and day of year(date(2019, 9, 17)) = 260") ==
        "true");
  CHECK(result("week of year(date(2005, 1, 1))") == "53");
  CHECK(result("now()") == "\"2026-11-23T20:00:00+08:00\"");
  CHECK(result("today()") == "\"2026-11-23\"");
}

TEST_CASE("a range is read from text when its sides are literals") {
  CHECK(result("range(\"[1..3]\") = [1..3]") == "true");
  CHECK(result("range(\" ] 1 .. 3 [ \") = (1..3)") == "true");
  CHECK(result("range(\"[2..)\") = >=2") == "true");
  CHECK(result("range(\"(..2)\") = (<2)") == "true");
  CHECK(result("range(\"[-2..-1.5]\") = [-2..-1.5]") == "true");
  CHECK(result("range(\"[\\\"a..b\\\"..\\\"c\\\"]\") = [\"a..b\"..\"c\"]") == "true");
  CHECK(result("range(\"[date(\\\"2026-01-01\\\")..@\\\"2026-01-02\\\"]\") instance of range<date>") ==
        "true");
  CHECK(result("range(\"[date and time(date(\\\"2026-01-01\\\"), time(1, 2, "
               "3))..@\\\"2026-01-02T00:00:00\\\")\").start") == "\"2026-01-01T01:02:03\"");
  CHECK(
      result("range(\"[years and months duration(date(2021,1,1), date(2021,5,1))..@\\\"P1Y\\\"]\").start") ==
      "\"P4M\"");
  for (auto const* no_range :
       {">=10", "<2", "[date(1+1,1,1)..@\\\"2026-01-02\\\"]", "[..2]", "[1..]", "(..)", "", "foo",
        "[1..\\\"a\\\"]", "[3..1]", "[1+1..3]", "[date(string(\\\"2026-01-01\\\"))..@\\\"2026-01-02\\\"]"}) {
    CAPTURE(no_range);
    CHECK(result("range(\"" + std::string(no_range) + "\")") == "null");
  }
}

TEST_CASE("ranges and points lie to each other as Allen says") {
  CHECK(result("before(1, 10)") == "true");
  CHECK(result("before([1..10), [10..20])") == "true");
  CHECK(result("after([11..20], 10)") == "true");
  CHECK(result("meets([1..5], [5..10])") == "true");
  CHECK(result("met by([5..8], [3..5))") == "false");
  CHECK(result("overlaps([1..5], [3..8])") == "true");
  CHECK(result("overlaps before([1..5), [1..5])") == "false");
  CHECK(result("overlaps before([1..5), (1..5])") == "true");
  CHECK(result("overlaps after((1..5], [1..5))") == "true");
  CHECK(result("finishes(10, [1..10])") == "true");
  CHECK(result("finished by([1..10], (5..10))") == "false");
  CHECK(result("includes((1..5), [1..5])") == "false");
  CHECK(result("during(5, [5..10))") == "true");
  CHECK(result("starts((1..5), (1..10))") == "true");
  CHECK(result("started by([1..10], [1..5])") == "true");
  CHECK(result("coincides([1..5), [1..5])") == "false");
  CHECK(result("before(\"a\", 1)") == "null");
  CHECK(result("includes((> 5), 6)") == "true");
}

TEST_CASE("contexts are read, built and merged") {
  CHECK(result("get value({a: 1}, \"a\")") == "1");
  CHECK(result("get entries({a: 1})") == R"([{"key":"a","value":1}])");
  CHECK(result("context([{key: \"a\", value: 1}, {key: \"b\", value: 2}])") == R"({"a":1,"b":2})");
  CHECK(result("context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])") == "null");
  CHECK(result("context put({x: 1}, \"y\", 2)") == R"({"x":1,"y":2})");
  CHECK(result("context put({x: 1, y: {a: 0}}, [\"y\", \"a\"], 2)") == R"({"x":1,"y":{"a":2}})");
  CHECK(result("context put(context: {y: {a: 0}}, keys: [\"y\", \"a\"], value: 2)") == R"({"y":{"a":2}})");
  CHECK(result("context put(context: {y: {a: 0}}, key: [\"y\", \"a\"], value: 2)") == "null");
  CHECK(result("abs(n: @\"-P1D\")") == "\"P1D\"");
  CHECK(result("context merge([{x: 1, y: 1}, {y: 3}])") == R"({"x":1,"y":3})");
}
