#include "monitor/standalone.hpp"

#include <doctest/doctest.h>

#include "base/id.hpp"
#include "monitor/api/form.hpp"
#include "monitor/ingest/remote_write_message.hpp"
#include "monitor/ingest/snappy.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

struct Engine {
  explicit Engine(std::string const& token = "", bool with_silences = false) {
    Options options;
    options.folder = folder;
    options.clock = [] { return from_ms(1'700'000'000'000); };
    monitor = *Monitor::open(options);
    ServerFacts facts;
    if (with_silences)
      facts.silences = (silences = std::make_unique<Silences>(folder / "silences.json")).get();
    standalone_routes(router, *monitor, token, facts);
  }
  ~Engine() {
    monitor = nullptr;
    std::filesystem::remove_all(folder);
  }
  Engine(Engine const&) = delete;
  Engine& operator=(Engine const&) = delete;

  http::Reply ask(http::Method method, std::string const& path, std::string const& query,
                  http::Headers headers, std::string body) {
    http::Request request;
    request.method = method;
    request.path = path;
    request.query = parse_form(query);
    request.headers = std::move(headers);
    request.body = std::move(body);
    auto const match = router.find(request.method, request.path);
    REQUIRE(match.route != nullptr);
    request.captures = match.captures;
    http::Reply reply;
    match.route->handler(request, [&](http::Reply given) { reply = std::move(given); });
    return reply;
  }
  http::Reply get(std::string const& path, std::string const& query = "") {
    return ask(http::Method::get, path, query, {}, {});
  }
  http::Reply post(std::string const& path, std::string body, std::string const& encoding = "") {
    http::Headers headers;
    if (!encoding.empty()) headers.emplace_back("content-encoding", encoding);
    return ask(http::Method::post, path, "", std::move(headers), std::move(body));
  }

  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("yunzhi-standalone-" + new_id(wall_clock()));
  std::unique_ptr<Monitor> monitor;
  std::unique_ptr<Silences> silences;
  http::Router router;
};

}  // namespace

TEST_CASE("what remote_write brings is answered by a query at the root") {
  Engine engine;
  std::string message;
  Sample const sample{1'700'000'000'000, 4};
  put_remote_series(message, Labels{{"__name__", "load"}, {"job", "a"}}, {&sample, 1});
  CHECK(engine.post("/api/v1/write", snap(message), "snappy").status == 204);
  CHECK(engine.post("/api/v1/write", snap(message), "snappy").status == 204);
  CHECK(engine.get("/api/v1/query", "query=load").body.find("[1700000000,\"4\"]") != std::string::npos);
  CHECK(engine.post("/api/v1/write", "nonsense", "snappy").status == 400);
  CHECK(engine.post("/api/v1/write", message, "zstd").status == 400);
}

TEST_CASE("log lines that are pushed are searched, and counted into series that rules read") {
  Engine engine;
  std::string const lines =
      R"({"time":1699999999,"level":"error","host":"db1","app":"pg","message":"disk full","pid":7})"
      "\n"
      R"({"host":"db2","app":"pg","message":"ready"})";
  CHECK(engine.post("/api/v1/logs", lines).status == 204);
  auto const found = engine.get("/api/v1/logs", "level=error&text=full");
  CHECK(
      found.body ==
      R"({"status":"success","data":{"lines":[{"time":"2023-11-14T22:13:19.000Z","level":"error","host":"db1",)"
      R"("app":"pg","message":"disk full","labels":{"pid":"7"}}]}})");
  auto const first = engine.get("/api/v1/logs", "limit=1").body;
  CHECK(first.find("ready") != first.npos);
  auto const begin = first.find("\"cursor\":\"") + 10;
  auto const cursor = first.substr(begin, first.find('"', begin) - begin);
  auto const second = engine.get("/api/v1/logs", "limit=1&cursor=" + cursor).body;
  CHECK(second.find("disk full") != second.npos);
  engine.monitor->count_logs();
  auto const counted = engine.get("/api/v1/query", "query=log_lines_total").body;
  CHECK(
      counted.find(
          R"({"__name__":"log_lines_total","app":"pg","host":"db1","level":"error"},"value":[1700000000,"1"])") !=
      counted.npos);
  auto const grown = engine.get("/api/v1/query", "query=increase(log_lines_total{host=\"db2\"}[1m])").body;
  CHECK(grown.find("\"result\":[{") != grown.npos);
  CHECK(own_metrics(*engine.monitor).find("yunzhi_monitor_log_store_lines 2\n") != std::string::npos);
}

TEST_CASE("log lines and searches that make no sense are refused") {
  Engine engine;
  auto const reply = engine.post("/api/v1/logs", "{\"message\":\"a\"}\n[]");
  CHECK(reply.status == 400);
  CHECK(reply.body.find("line 2") != std::string::npos);
  CHECK(engine.post("/api/v1/logs", "no gzip", "gzip").status == 400);
  for (auto const* query : {"level=loud", "cursor=x", "start=x", "end=x", "limit=x"})
    CHECK_MESSAGE(engine.get("/api/v1/logs", query).status == 400, query);
  CHECK(engine.get("/api/v1/logs").body == R"({"status":"success","data":{"lines":[]}})");
}

TEST_CASE("a series without a name is refused while its neighbours are kept") {
  Engine engine;
  std::string message;
  Sample const sample{1'700'000'000'000, 4};
  put_remote_series(message, Labels{{"job", "a"}}, {&sample, 1});
  put_remote_series(message, Labels{{"__name__", "load"}}, {&sample, 1});
  auto const reply = engine.post("/api/v1/write", snap(message), "snappy");
  CHECK(reply.status == 400);
  CHECK(reply.body.find("1 samples kept") == 0);
  CHECK(reply.body.find("needs a metric name") != std::string::npos);
}

TEST_CASE("imported text is exported again, and gone after its deletion") {
  Engine engine;
  std::string const text = "a{b=\"c\"} 1 1600000000000\na{b=\"c\"} 2.5 1600000060000\n";
  CHECK(engine.post("/api/v1/import/prometheus", text).status == 204);
  CHECK(engine.get("/api/v1/export/prometheus", "match[]=a").body == text);
  CHECK(engine.ask(http::Method::post, "/api/v1/admin/tsdb/delete_series", "match[]=a", {}, "").status ==
        204);
  CHECK(engine.get("/api/v1/export/prometheus", "match[]=a").body.empty());
  CHECK(engine.get("/api/v1/export/prometheus").status == 400);
}

TEST_CASE("with a token all but health needs it") {
  Engine engine("secret");
  CHECK(engine.get("/-/ready").status == 200);
  CHECK(engine.get("/api/v1/query", "query=1").status == 401);
  CHECK(engine.get("/metrics").status == 401);
  CHECK(engine.post("/api/v1/write", snap(""), "snappy").status == 401);
  auto const asked = [&](std::string const& value) {
    return engine.ask(http::Method::get, "/api/v1/query", "query=1", {{"authorization", value}}, "").status;
  };
  CHECK(asked("Bearer secret") == 200);
  CHECK(asked("Bearer secreT") == 401);
}

TEST_CASE("another server takes the newest sample of each series") {
  Engine engine;
  CHECK(engine.post("/api/v1/import/prometheus", "a{b=\"c\"} 1 1699999990000\na{b=\"c\"} 2.5 1699999995000\n")
            .status == 204);
  auto const reply = engine.get("/federate", "match[]=a");
  CHECK(reply.body == "# TYPE a untyped\na{b=\"c\"} 2.5 1699999995000\n");
  CHECK(engine.get("/federate", "match[]=a(").status == 400);
}

TEST_CASE("the rule files are read again on demand") {
  Engine engine;
  CHECK(engine.post("/-/reload", "").status == 200);
}

TEST_CASE("an engine alone takes silences and shows what they keep quiet") {
  Engine engine("", true);
  CHECK(engine
            .ask(http::Method::post, "/api/v2/alerts", "", {},
                 R"([{"labels": {"alertname": "Down", "instance": "a"}}, {"labels": {"alertname": "Up"}}])")
            .status == 200);
  auto const made =
      engine.ask(http::Method::post, "/api/v2/silences", "", {{"content-type", "application/json"}},
                 R"({"matchers": [{"name": "alertname", "value": "Down", "isRegex": false}],
                     "startsAt": "2023-01-01T00:00:00Z", "endsAt": "2024-01-01T00:00:00Z", "createdBy": "Li",
                     "comment": "known"})");
  REQUIRE(made.status == 200);
  auto const id = std::string(text_of(parse_json(made.body)->as_object(), "silenceID"));
  auto const states = [&](std::string const& query) {
    std::map<std::string, std::string> found;
    auto const list = parse_json(engine.get("/api/v2/alerts", query).body).value();
    for (auto const& each : list.as_array())
      found[text_of(each.at("labels").as_object(), "alertname")] =
          text_of(each.at("status").as_object(), "state");
    return found;
  };
  CHECK(states("") == std::map<std::string, std::string>{{"Down", "suppressed"}, {"Up", "active"}});
  CHECK(states("silenced=false") == std::map<std::string, std::string>{{"Up", "active"}});
  CHECK(states("active=false") == std::map<std::string, std::string>{{"Down", "suppressed"}});
  CHECK(engine.get("/api/v2/silences", "filter=alertname%3D%22Down%22").body.find(id) != std::string::npos);
  CHECK(engine.get("/api/v2/silences", "filter=alertname%3D%22Up%22").body == "[]");
  CHECK(engine.get("/api/v2/silence/" + id).status == 200);
  CHECK(engine.ask(http::Method::remove, "/api/v2/silence/" + id, "", {}, "").status == 200);
  CHECK(states("")["Down"] == "active");
  CHECK(engine.get("/api/v2/silence/unknown").status == 404);
}
