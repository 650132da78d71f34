#include "monitor/prometheus_api.hpp"

#include <doctest/doctest.h>

#include "base/id.hpp"
#include "monitor/api/form.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

struct Api {
  Api() {
    Options options;
    options.folder = folder;
    options.clock = [] { return from_ms(1'700'000'000'000); };
    monitor = *Monitor::open(options);
    std::vector<Point> points;
    for (auto const* instance : {"a", "b"}) {
      points.push_back({Labels{{"__name__", "up"}, {"instance", instance}}, {1'699'999'990'000, 1}});
    }
    REQUIRE(monitor->append(points).has_value());
    routes(router, *monitor, [this](http::Handler const& handler) -> http::Handler {
      return [this, handler](http::Request const& request, http::Respond respond) {
        ++guarded;
        handler(request, std::move(respond));
      };
    });
  }
  ~Api() {
    monitor = nullptr;
    std::filesystem::remove_all(folder);
  }
  Api(Api const&) = delete;
  Api& operator=(Api const&) = delete;

  http::Reply ask(http::Request request) {
    auto const match = router.find(request.method, request.path);
    REQUIRE(match.route != nullptr);
    request.captures = match.captures;
    http::Reply reply;
    match.route->handler(request, [&](http::Reply given) { reply = std::move(given); });
    return reply;
  }
  http::Reply get(std::string const& path, std::string const& query = "") {
    http::Request request;
    request.path = "/prometheus/api/v1/" + path;
    request.query = parse_form(query);
    return ask(request);
  }

  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("yunzhi-api-" + new_id(wall_clock()));
  std::unique_ptr<Monitor> monitor;
  http::Router router;
  int guarded = 0;
};

}  // namespace

TEST_CASE("an instant query answers as Prometheus does") {
  Api api;
  auto const reply = api.get("query", "query=up{instance=\"a\"}");
  CHECK(reply.status == 200);
  CHECK(
      reply.body ==
      R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","instance":"a"},"value":[1700000000,"1"]}]}})");
  CHECK(api.guarded == 1);
}

TEST_CASE("a range query may come as a form") {
  Api api;
  http::Request request;
  request.method = http::Method::post;
  request.path = "/prometheus/api/v1/query_range";
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
  request.body = "query=sum%28up%29&start=1699999990&end=2023-11-14T22:13:20Z&step=10s";
  auto const reply = api.ask(request);
  CHECK(
      reply.body ==
      R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1699999990,"2"],[1700000000,"2"]]}]}})");
}

TEST_CASE("a bad query is told with its place") {
  Api api;
  auto const reply = api.get("query", "query=sum(");
  CHECK(reply.status == 400);
  CHECK(reply.body.find("\"errorType\":\"bad_data\"") != std::string::npos);
  CHECK(reply.body.find("1:5") != std::string::npos);
  CHECK(api.get("query_range", "query=up&start=1&end=2&step=0").status == 400);
  CHECK(api.get("query_range", "query=up&start=0&end=9000000&step=1").status == 400);
}

TEST_CASE("series, labels and values are listed") {
  Api api;
  CHECK(api.get("labels").body == R"({"status":"success","data":["__name__","instance"]})");
  CHECK(api.get("label/instance/values").body == R"({"status":"success","data":["a","b"]})");
  CHECK(api.get("series", "match[]=up{instance=\"b\"}").body ==
        R"({"status":"success","data":[{"__name__":"up","instance":"b"}]})");
  CHECK(api.get("series").status == 400);
  for (auto const* path :
       {"metadata", "targets", "targets/metadata", "rules", "alerts", "alertmanagers", "status/buildinfo",
        "status/config", "status/flags", "status/runtimeinfo", "status/walreplay"}) {
    CHECK(api.get(path).status == 200);
  }
}

TEST_CASE("what the store holds is counted by metric, label and pair, the largest first") {
  Api api;
  auto const body = api.get("status/tsdb", "limit=1").body;
  CHECK(body.find(R"("numSeries":2,"numLabelPairs":3)") != std::string::npos);
  CHECK(body.find(R"("seriesCountByMetricName":[{"name":"up","value":2}])") != std::string::npos);
  CHECK(body.find(R"("labelValueCountByLabelName":[{"name":"instance","value":2}])") != std::string::npos);
  CHECK(body.find(R"("seriesCountByLabelValuePair":[{"name":"__name__=up","value":2}])") !=
        std::string::npos);
}

TEST_CASE("a query that the stored series do not allow is an error of execution, without a place") {
  Api api;
  auto const reply = api.get("query", "query=up*on()up");
  CHECK(reply.status == 422);
  CHECK(
      reply.body.starts_with(R"({"status":"error","errorType":"execution","error":"found duplicate series)"));
}

TEST_CASE("parameters that make no sense are refused as bad data, each by its name") {
  Api api;
  for (auto const& [path, query] :
       {std::pair{"query", "query=up&timeout=soon"}, std::pair{"query", "query=up&lookback_delta=x"},
        std::pair{"query", "query=up&limit=x"}, std::pair{"metadata", "limit=x"},
        std::pair{"labels", "limit=x"}, std::pair{"rules", "type=x"}, std::pair{"targets", "state=x"},
        std::pair{"targets/metadata", "match_target=%7B"}}) {
    auto const reply = api.get(path, query);
    CHECK_MESSAGE(reply.status == 400, query);
    CHECK_MESSAGE(reply.body.find("bad_data") != std::string::npos, query);
  }
}

TEST_CASE("a query may look back less far, be cut to a limit and told with its cost") {
  Api api;
  CHECK(api.get("query", "query=count(up)&time=1700000000&lookback_delta=5s").body.find("\"result\":[]") !=
        std::string::npos);
  auto const cut = api.get("query", "query=up&limit=1").body;
  CHECK(cut.find("\"instance\":\"b\"") == std::string::npos);
  CHECK(cut.find(R"("warnings":["results truncated due to limit"])") != std::string::npos);
  CHECK(api.get("query", "query=up&stats=all").body.find(R"("totalQueryableSamples":2)") !=
        std::string::npos);
}

TEST_CASE("an editor of queries gets them laid out, as a tree and with their cost") {
  Api api;
  CHECK(api.get("format_query", "query=up%2B1").body.find(R"("data":"up + 1")") != std::string::npos);
  auto const tree = api.get("parse_query", "query=sum(rate(up%5B5m%5D))").body;
  CHECK(tree.find(R"("type":"aggregation","op":"sum")") != std::string::npos);
  CHECK(tree.find(R"("range":300000)") != std::string::npos);
  auto const plan = api.get("explain", "query=count(up)&time=1700000000").body;
  CHECK(plan.find(R"("kind":"aggregation count")") != std::string::npos);
  CHECK(plan.find(R"("series":2,"samples":2)") != std::string::npos);
  CHECK(api.get("format_query", "query=up%2B").status == 400);
  CHECK(api.get("queries").body.find(R"("data":[])") != std::string::npos);
  CHECK(api.get("query_exemplars", "query=up").body.find(R"("data":[])") != std::string::npos);
}

TEST_CASE("remarks about a query stand beside its data") {
  Api api;
  auto const body = api.get("query", "query=quantile(2,up)&time=1700000000").body;
  CHECK(body.find(
            R"x("warnings":["PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)"])x") !=
        std::string::npos);
  CHECK(body.find(R"("resultType":"vector")") != std::string::npos);
}

TEST_CASE("a rule is tried on the past, and an alert whose severity changes has fired once") {
  Api api;
  auto const preview = [&](std::string const& rule) {
    http::Request request;
    request.method = http::Method::post;
    request.path = "/prometheus/api/v1/rules/preview";
    request.query = parse_form("rule=" + rule + "&start=1699999900&end=1700000000&step=10");
    auto const reply = api.ask(std::move(request));
    CHECK(reply.status == 200);
    return reply.body;
  };
  CHECK(preview("alert%3A+Up%0Aexpr%3A+up+%3D%3D+1").find(R"("fired":2)") != std::string::npos);
  auto const levels = preview(
      "alert%3A+Up%0Aexpr%3A+up*(time()-1699999900)%0Alevels%3A%0A"
      "- {severity: minor, when: '> 80'}%0A- {severity: major, when: '> 95'}");
  CHECK(levels.find(R"("severity":"major")") != std::string::npos);
  CHECK(levels.find(R"("fired":2)") != std::string::npos);
}

TEST_CASE("a query may name the resolution it reads, and the answer tells when rollups gave it") {
  Api api;
  std::string const range = "query=up&start=1699996000&end=1700000000&step=100&max_source_resolution=";
  auto const rolled = api.get("query_range", range + "5m");
  CHECK(rolled.status == 200);
  CHECK(rolled.body.find("answered from rollups of 5m") != std::string::npos);
  CHECK(api.get("query_range", range + "auto").body.find("rollups") == std::string::npos);
  CHECK(api.get("query_range", range + "raw").body.find("rollups") == std::string::npos);
  CHECK(api.get("query", "query=up&time=1700000000&max_source_resolution=1h").body.find("rollups of 1h") !=
        std::string::npos);
  CHECK(api.get("query_range", range + "7m").status == 400);
}

TEST_CASE("exemplars are told as Prometheus tells them") {
  Api api;
  std::vector<SeriesExemplar> given{
      {Labels{{"__name__", "up"}, {"instance", "a"}}, {Labels{{"trace_id", "t1"}}, 6, 1'699'999'990'479}},
      {Labels{{"__name__", "up"}, {"instance", "b"}}, {Labels{{"trace_id", "t2"}}, 7, 1'600'000'000'000}}};
  CHECK(api.monitor->add_exemplars(given) == 2);
  CHECK(api.get("query_exemplars", "query=rate(up[5m])%20%2B%20down&start=1699990000&end=1700000000").body ==
        R"({"status":"success","data":[{"seriesLabels":{"__name__":"up","instance":"a"},)"
        R"("exemplars":[{"labels":{"trace_id":"t1"},"value":"6","timestamp":1.699999990479E9}]}]})");
  CHECK(api.get("query_exemplars", "query=up").body.find("t2") != std::string::npos);
  CHECK(api.get("query_exemplars", "query=up&start=2&end=1").status == 400);
  CHECK(api.get("query_exemplars", "query=up{").status == 400);
}
