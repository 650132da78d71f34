// Reading from another server: one engine of this kind serves the API, another one reads from it.
#include <fstream>

#include <doctest/doctest.h>

#include "http/server.hpp"
#include "monitor/reading/remote_source.hpp"
#include "monitor/standalone.hpp"
#include "monitor/testing_engine.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

struct Engine : TestEngine {
  using TestEngine::TestEngine;

  void put(Labels const& labels, std::int64_t at, double value) const {
    Point const point{labels, {at, value}};
    REQUIRE(monitor->append(std::span(&point, 1)).value().accepted == 1);
  }

  [[nodiscard]] std::string answer(std::string const& query) const {
    auto const result = monitor->query(query, from_ms(now_ms));
    if (!result) return result.error().english();
    std::string text;
    for (auto const& series : result->series) {
      text += series.labels.text();
      for (auto const& sample : series.samples) text += " " + std::to_string(static_cast<int>(sample.value));
      text += ";";
    }
    return text;
  }
};

// The engine that is read from, behind its own API.
struct Far : Engine {
  explicit Far(std::string const& token = "") {
    standalone_routes(router, *monitor, token, {}, {});
    http::ServerOptions options;
    options.host = "127.0.0.1";
    options.port = 0;
    server = std::make_unique<http::Server>(options, router, http::Handler{});
    REQUIRE(server->start().has_value());
  }
  ~Far() { server->stop(); }
  Far(Far const&) = delete;
  Far& operator=(Far const&) = delete;

  [[nodiscard]] ReadingPlace place() const {
    ReadingPlace place;
    place.url = "http://127.0.0.1:" + std::to_string(server->port());
    place.timeout = Milliseconds{5'000};
    return place;
  }

  http::Router router;
  std::unique_ptr<http::Server> server;
};

Options reading(ReadingPlace place, Labels external = {}) {
  Options options;
  options.reading.push_back(std::move(place));
  options.external_labels = std::move(external);
  return options;
}

Labels load(std::string const& room) {
  return {{"__name__", "load"}, {"room", room}};
}

}  // namespace

TEST_CASE("queries read the samples of another server and join them with the own") {
  Far const far;
  far.put(load("1"), now_ms - 60'000, 1);
  far.put(load("1"), now_ms - 30'000, 2);
  far.put(load("2"), now_ms - 30'000, 5);
  auto place = far.place();
  place.read_recent = true;
  Engine const near(reading(place));
  near.put(load("1"), now_ms - 30'000, 7);
  near.put(load("1"), now_ms - 10'000, 3);
  CHECK(near.answer("load") == "load{room=\"1\"} 3;load{room=\"2\"} 5;");
  // Of two samples at one time the own stands.
  CHECK(near.answer("load{room=\"1\"}[5m]") == "load{room=\"1\"} 1 7 3;");
  CHECK(near.answer("sum(count_over_time(load[40s]))") == "{} 3;");
  CHECK(near.answer("load{room=~\"2|\\\"\"} offset 15s") == "load{room=\"2\"} 5;");
  auto const series = near.monitor->all_series({}, from_ms(now_ms - 90'000), from_ms(now_ms));
  REQUIRE(series.has_value());
  CHECK(*series == std::vector{load("1"), load("2")});
  auto const range =
      near.monitor->query_range("load", from_ms(now_ms - 60'000), from_ms(now_ms), Milliseconds{30'000});
  REQUIRE(range.has_value());
  CHECK(range->series.at(0).samples.size() == 3);
}

TEST_CASE("without read_recent another server is not asked for the time of the own samples in memory") {
  Far const far;
  far.put(load("1"), now_ms - 60'000, 1);
  far.put(load("1"), now_ms - 20'000, 2);
  Engine const near(reading(far.place()));
  CHECK(near.answer("load[5m]") == "load{room=\"1\"} 1 2;");
  near.put(load("1"), now_ms - 30'000, 7);
  CHECK(near.answer("load[5m]") == "load{room=\"1\"} 1 7;");
}

TEST_CASE("external labels narrow what is asked for and are taken off what comes") {
  Far const far;
  auto with_site = [](std::string const& site) {
    auto labels = load("1");
    labels.set("site", site);
    return labels;
  };
  far.put(with_site("north"), now_ms - 30'000, 1);
  far.put(with_site("south"), now_ms - 30'000, 2);
  Engine const near(reading(far.place(), {{"site", "north"}}));
  CHECK(near.answer("load") == "load{room=\"1\"} 1;");
  CHECK(near.answer("load{site=\"south\"}") == "load{room=\"1\",site=\"south\"} 2;");
  CHECK(near.answer("load{site=\"north\"}") == "load{room=\"1\",site=\"north\"} 1;");
  auto place = far.place();
  place.external_labels = false;
  Engine const all(reading(place, {{"site", "north"}}));
  CHECK(all.answer("count(load)") == "{} 2;");
}

TEST_CASE("a server with required matchers is asked only when a query has them") {
  Far const far;
  far.put(load("1"), now_ms - 30'000, 1);
  auto place = far.place();
  place.required_matchers = {{"room", "1"}};
  Engine const near(reading(place));
  CHECK(near.answer("load").empty());
  CHECK(near.answer("load{room=\"1\"}") == "load{room=\"1\"} 1;");
}

TEST_CASE("when the other server does not answer, the query is refused with its address and why") {
  auto place = ReadingPlace{};
  place.url = "http://127.0.0.1:1";
  Engine const near(reading(place));
  CHECK(near.answer("load").starts_with("http://127.0.0.1:1 cannot be read: "));
  CHECK(near.answer("1 + 1") == "");
  auto const refused = near.monitor->query("load", from_ms(now_ms));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().why == Why::busy);
  CHECK_FALSE(near.monitor->query_range("load", from_ms(now_ms - 1'000), from_ms(now_ms), Milliseconds{1'000})
                  .has_value());
  CHECK_FALSE(near.monitor->explain("load", {now_ms, now_ms, instant_step}).has_value());
  CHECK_FALSE(near.monitor->all_series({}, from_ms(0), from_ms(now_ms)).has_value());
}

TEST_CASE("an answer that is not Prometheus' is refused") {
  for (std::string const body :
       {"<html>", "{}", R"({"data":{"result":[{"metric":{},"values":[["x","y"]]}]}})", R"({"data":[]})",
        R"({"data":{"result":[]},"isPartial":true})"}) {
    http::Router router;
    http::Route route;
    route.method = http::Method::get;
    route.path = "/api/v1/query";
    route.handler = [body](http::Request const&, http::Respond const& respond) {
      respond(http::Reply::text(body, "application/json"));
    };
    router.add(std::move(route));
    http::ServerOptions options;
    options.host = "127.0.0.1";
    options.port = 0;
    http::Server server(options, router, http::Handler{});
    REQUIRE(server.start().has_value());
    ReadingPlace place;
    place.url = "http://127.0.0.1:" + std::to_string(server.port());
    Engine const near(reading(place));
    CHECK(near.answer("load").find(" cannot be read: the answer is not ") != std::string::npos);
    server.stop();
  }
}

TEST_CASE("a server that asks for a token is shown it") {
  Far const far("secret");
  far.put(load("1"), now_ms - 30'000, 1);
  CHECK(Engine(reading(far.place())).answer("load").find(" cannot be read: ") != std::string::npos);
  auto place = far.place();
  ScrapeSettings settings;
  settings.authorization = "Bearer secret";
  place.settings = std::make_shared<ScrapeSettings const>(settings);
  CHECK(Engine(reading(place)).answer("load") == "load{room=\"1\"} 1;");
}

TEST_CASE("rules read from another server, and keep their alerts here") {
  Far const far;
  far.put(load("1"), now_ms - 30'000, 9);
  auto options = reading(far.place());
  auto const rules =
      std::filesystem::temp_directory_path() / ("yunzhi-reading-rules-" + new_id(wall_clock()));
  std::ofstream(rules) << "groups: [{name: g, rules: [{alert: High, expr: load > 5}]}]\n";
  options.rule_files = {rules};
  Engine const near(std::move(options));
  near.monitor->evaluate();
  REQUIRE(near.monitor->alerts().size() == 1);
  CHECK(near.monitor->alerts()[0].labels.get("room") == "1");
  CHECK(far.monitor->alerts().empty());
  std::filesystem::remove(rules);
}
