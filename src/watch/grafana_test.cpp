#include "watch/grafana.hpp"

#include <doctest/doctest.h>

#include "watch/board_content.hpp"
#include "watch/grafana_parts.hpp"

using namespace yunzhi;
using namespace yunzhi::watch;

namespace {

GrafanaBoard read(std::string_view text) {
  return read_grafana(parse_json(text).value().as_object()).value();
}

}  // namespace

TEST_CASE("every board that is read of a dashboard is a board that can be kept") {
  auto const found = read(R"({"title": "T", "panels": [
    {"type": "stat", "title": "A", "gridPos": {"w": 3, "h": 4}, "targets": [{"expr": "up", "legendFormat": "__auto"}]},
    {"type": "row", "title": "R", "collapsed": true, "panels": [
      {"type": "bargauge", "title": "B", "targets": [{"expr": "up"}]}]}]})");
  auto const board = read_board(found.board).value();
  CHECK(board.panels == 2);
  auto const& rows = board.content.at("rows").as_array();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].at("panels").at(0).at("kind") == "figure");
  CHECK(rows[0].at("panels").at(0).at("span") == 2);
  CHECK(rows[0].at("panels").at(0).at("queries").at(0).at("legend") == "");
  CHECK(rows[1].at("folded") == true);
}

TEST_CASE("a dashboard from before 2018 has its panels in rows") {
  auto const found =
      read(R"({"title": "Old", "rows": [{"title": "R", "showTitle": true, "collapse": false, "panels": [
    {"type": "singlestat", "title": "A", "span": 4, "format": "percent", "targets": [{"expr": "up"}]}]}]})");
  auto const board = read_board(found.board).value();
  auto const& row = board.content.at("rows").at(0);
  CHECK(row.at("title") == "R");
  CHECK(row.at("panels").at(0).at("span") == 4);
  CHECK(row.at("panels").at(0).at("unit") == "percent");
}

TEST_CASE("what is no dashboard is refused, and odd members do no harm") {
  CHECK(read_grafana({{"hello", 1}}).error().why == Why::invalid);
  auto const odd =
      read(R"({"title": 5, "panels": [7, {"type": 3}, {"type": "stat", "targets": "x", "fieldConfig": []}],
    "templating": {"list": [1, {"type": "query", "name": "a b", "query": {"query": 5}}]}})");
  CHECK(odd.panels.size() == 2);
  CHECK(odd.variables.size() == 1);
  CHECK(read_board(odd.board).has_value());
}

TEST_CASE("durations, units, colours and lists of Grafana have their names here") {
  CHECK(seconds_of("now-6h") == 21'600);
  CHECK(!seconds_of("now/d"));
  CHECK(!seconds_of(""));
  CHECK(unit_of("decbytes") == "bytes");
  CHECK(!unit_of("furlongs"));
  CHECK(tone_of("semi-dark-red") == "red");
  CHECK(tone_of("blue") == "neutral");
  CHECK(split_values("1m, five : 5m ,").size() == 2);
  CHECK(with_values("rate(a{b=\"$x\"}[${y:raw}]) + [[z]] $") == "rate(a{b=\"5m\"}[5m]) + 5m $");
}
