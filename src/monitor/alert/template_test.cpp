#include "monitor/alert/template.hpp"

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
  CHECK(filled("{{ humanizeDuration $value }}", 93784) == "1d 2h 3m 4s");
  CHECK(filled("{{ $value | humanizeDuration }}", 0.025) == "25ms");
  CHECK(filled("{{ printf \"%.2f of %s\" $value $labels.job }}", 3.14159) == "3.14 of node");
  CHECK(filled("{{ $labels.job | toUpper | printf \"<%s>\" }}") == "<NODE>");
  CHECK(filled("{{ stripPort $labels.instance }}") == "db1");
  CHECK(filled("a {{- \"b\" -}} c") == "abc");
  CHECK(filled("{{ printf \"%.0f\" (humanize $value) }}", 5) == "5");
}

TEST_CASE("mistakes are told when the template is made") {
  CHECK(refused("{{ $labels.x") == "a template has {{ without }}");
  CHECK(refused("{{ if true }}").find("knows no \"if\"") != std::string::npos);
  CHECK(refused("{{ humanize }}") == "the template function humanize takes 1 arguments, not 0");
  CHECK(refused("{{ $value | nonsense }}").find("nonsense") != std::string::npos);
  CHECK_FALSE(refused("{{ }}").empty());
}
