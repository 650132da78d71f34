#include "monitor/alert/template.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

std::string filled(std::string_view text, double value = 0) {
  Labels const labels{{"instance", "db1:9100"}, {"job", "node"}};
  auto const made = Template::make(text);
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().english()));
  return made->fill({labels, value});
}

std::string refused(std::string_view text) {
  auto const made = Template::make(text);
  return made ? "" : made.error().english();
}

}  // namespace

TEST_CASE("labels, values and functions are filled in") {
  CHECK(filled("主机 {{ $labels.instance }}：{{ $value }}", 0.25) == "主机 db1:9100：0.25");
  CHECK(filled("{{ .Labels.job }}{{$labels.none}}") == "node");
  CHECK(filled("{{ $value | humanize }}", 1234567) == "1.235M");
  CHECK(filled("{{ humanize1024 $value }}", 2048) == "2ki");
  CHECK(filled("{{ $value | humanizePercentage }}", 0.123456) == "12.35%");
  CHECK(filled("{{ $value }} {{ print $value }}", 2147483648) == "2.147483648e+09 2.147483648e+09");
  CHECK(filled("{{ $value }}", 999999.5) == "999999.5");
  double const infinite = std::numeric_limits<double>::infinity();
  CHECK(filled("{{ humanize $value }} {{ humanizePercentage $value }} {{ humanizeDuration $value }}",
               infinite) == "+Inf +Inf% +Inf");
  CHECK(filled("{{ humanize1024 $value }} {{ printf \"%.2f\" $value }}", -infinite) == "-Inf -Inf");
  CHECK(filled("{{ 90 | humanizeTimestamp }}") == "1970-01-01 00:01:30 +0000 UTC");
  CHECK(filled("{{ humanizeDuration $value }}", 93784) == "1d 2h 3m 4s");
  CHECK(filled("{{ $value | humanizeDuration }}", 0.025) == "25ms");
  CHECK(filled("{{ $value | roughDuration \"zh-CN\" }}", 293'760) == "3 天");
  CHECK(filled("{{ $value | roughDuration \"zh-TW\" }}", 129'600) == "36 小時");
  CHECK(filled("{{ roughDuration \"en\" $value }}", 7'199) == "119 minutes");
  CHECK(filled("{{ roughDuration \"zh-CN\" $value }}", 0) == "不到 2 分钟");
  CHECK(filled("{{ printf \"%.2f of %s\" $value $labels.job }}", 3.14159) == "3.14 of node");
  CHECK(filled("{{ printf \"%-8.1f|%5d|%05d|%+.1f|%6s|%-4s|\" 1.5 3 -42 2.0 \"机房\" \"ab\" }}") ==
        "1.5     |    3|-0042|+2.0|    机房|ab  |");
  CHECK(filled("{{ printf \"%g %.3g %e\" $value $value $value }}", 2147483648) ==
        "2.147483648e+09 2.15e+09 2.147484e+09");
  CHECK(filled("{{ $labels.job | toUpper | printf \"<%s>\" }}") == "<NODE>");
  CHECK(filled("{{ stripPort $labels.instance }}") == "db1");
  CHECK(filled("a {{- \"b\" -}} c") == "abc");
  CHECK(filled("{{ printf \"%.0f\" (humanize $value) }}", 5) == "5");
}

TEST_CASE("mistakes are told when the template is made") {
  CHECK(refused("{{ $labels.x") == "a template has {{ without }}");
  CHECK(refused("{{ if true }}").find("without end") != std::string::npos);
  CHECK(refused("{{ end }}").find("without its beginning") != std::string::npos);
  CHECK(refused("{{ $none }}").find("no variable \"$none\"") != std::string::npos);
  CHECK(refused("{{ humanize }}") == "the template function humanize takes 1 arguments, not 0");
  CHECK(refused("{{ $value | nonsense }}").find("nonsense") != std::string::npos);
  CHECK(refused("{{ index index \"a\" . }}") == "the template function index takes 1 arguments, not 0");
  CHECK_FALSE(refused("{{ }}").empty());
}

TEST_CASE("branches, repetitions and variables work as in Go") {
  CHECK(filled("{{ if eq $labels.job \"node\" }}yes{{ else }}no{{ end }}") == "yes");
  CHECK(filled("{{ if gt $value 5.0 }}big{{ else if gt $value 1.0 }}some{{ else }}small{{ end }}", 3) ==
        "some");
  CHECK(filled("{{ with $labels.none }}{{ . }}{{ else }}nothing{{ end }}") == "nothing");
  CHECK(filled("{{ range $name, $text := $labels }}{{ $name }}={{ $text }};{{ end }}") ==
        "instance=db1:9100;job=node;");
  CHECK(filled("{{ $x := 2 }}{{ $x }}{{/* unseen */}}") == "2");
  CHECK(filled("{{ if and (not false) (or \"\" \"a\") }}{{ len \"abc\" }}{{ end }}") == "3");
  CHECK(filled("{{ reReplaceAll \"(.*):.*\" \"<$1>\" $labels.instance }}") == "<db1>");
  CHECK(filled("{{ reReplaceAll \"(.)b\" \"$1x\" \"abab\" }}").empty());
  CHECK(filled("{{ reReplaceAll \"(?P<letter>.)b\" \"${letter}x\" \"abab-\" }}") == "axax-");
  CHECK(filled("{{ reReplaceAll \"x*\" \"-\" \"axb\" }}") == "-a-b-");
  CHECK(filled("{{ parseDuration \"1h30m\" | humanizeDuration }}") == "1h 30m 0s");
  CHECK(filled("{{ \"a b\" | urlquery }}{{ title \"two words\" }}") == "a+bTwo Words");
}

TEST_CASE("a template asks the engine, and a question that fails is told in its text") {
  Labels const labels{{"instance", "db1"}};
  TemplateScope scope{labels, 1, {}, "http://host/prometheus", {}};
  scope.query = [](std::string_view query) -> Result<QueryResult> {
    if (query == "bad") return refuse(Why::invalid, "", "no such query");
    QueryResult result;
    result.series.push_back({Labels{{"host", "b"}}, {{0, 2}}});
    result.series.push_back({Labels{{"host", "a"}}, {{0, 1}}});
    return result;
  };
  auto const text = [&](std::string_view written) { return Template::make(written)->fill(scope); };
  CHECK(text("{{ query \"up\" | first | value }}") == "2");
  CHECK(text("{{ range query \"up\" | sortByLabel \"host\" }}{{ .Labels.host }}={{ .Value }} {{ end }}") ==
        "a=1 b=2 ");
  CHECK(text("{{ with query \"up\" }}{{ . | first | label \"host\" }}{{ end }}") == "b");
  CHECK(text("{{ query \"bad\" }}") == "<error expanding template: no such query>");
  for (auto const* written : {"{{ $labels.a | $labels.b }}", "{{ $labels.a \"x\" }}", "{{ 1 \"x\" }}"})
    CHECK(text(written) == "<error expanding template: only a function takes arguments in a template>");
  CHECK(text("{{ pathPrefix }}{{ graphLink \"up == 0\" }}") ==
        "/prometheus/graph?g0.expr=up+%3D%3D+0&g0.tab=0");
}
