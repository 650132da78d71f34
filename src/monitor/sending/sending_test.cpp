#include "monitor/sending.hpp"

#include <doctest/doctest.h>

#include "http/server.hpp"
#include "monitor/standalone.hpp"
#include "monitor/testing_engine.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

bool within_seconds(std::function<bool()> const& happens) {
  for (int i = 0; i < 400; ++i) {
    if (happens()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  return false;
}

struct Engine : TestEngine {
  using TestEngine::TestEngine;

  std::string answer(std::string const& query) const {
    auto const result = monitor->query(query, from_ms(now_ms));
    if (!result || result->series.empty()) return "";
    return result->series[0].labels.text() + " " + std::to_string(result->series[0].samples[0].value);
  }
};

// A server on the loopback with routes of the test's own.
struct Peer {
  explicit Peer(std::function<void(http::Router&)> const& furnish) {
    furnish(router);
    http::ServerOptions options;
    options.host = "127.0.0.1";
    options.port = 0;
    server = std::make_unique<http::Server>(options, router, http::Handler{});
    REQUIRE(server->start().has_value());
  }
  ~Peer() { server->stop(); }
  Peer(Peer const&) = delete;
  Peer& operator=(Peer const&) = delete;

  [[nodiscard]] std::string url(std::string const& path) const {
    return "http://127.0.0.1:" + std::to_string(server->port()) + path;
  }

  http::Router router;
  std::unique_ptr<http::Server> server;
};

std::vector<Point> const one{{Labels{{"__name__", "load"}, {"room", "1"}}, {now_ms, 4}}};

}  // namespace

TEST_CASE("samples go on to another store as they come in, with the labels of this one") {
  Engine store;
  Peer const peer([&](http::Router& router) { standalone_routes(router, *store.monitor, ""); });
  Options options;
  options.remote_writes = {{peer.url("/api/v1/write"), nullptr, Milliseconds{5'000}, {}}};
  options.external_labels = Labels{{"site", "x"}};
  Engine const engine(std::move(options));
  REQUIRE(engine.monitor->append(one).has_value());
  CHECK(within_seconds([&] { return !store.answer("load").empty(); }));
  CHECK(store.answer("load") == R"(load{room="1",site="x"} 4.000000)");
  CHECK(within_seconds([&] { return engine.monitor->sent_on()[0].second.sent == 1; }));
}

TEST_CASE("a store that refuses samples loses them alone, and one that is busy gets them later") {
  std::atomic<int> status{503};
  std::atomic<int> asked{0};
  Peer const peer([&](http::Router& router) {
    http::Route route;
    route.method = http::Method::post;
    route.path = "/write";
    route.takes_packed = true;
    route.handler = [&](http::Request const&, http::Respond const& respond) {
      ++asked;
      respond(http::Reply::empty(status));
    };
    router.add(std::move(route));
  });
  RemoteWriter writer({peer.url("/write"), nullptr, Milliseconds{5'000}, {}}, {});
  writer.take(one);
  REQUIRE(within_seconds([&] { return asked > 0; }));
  CHECK(writer.counts().sent == 0);
  status = 204;
  CHECK(within_seconds([&] { return writer.counts().sent == 1; }));
  status = 400;
  writer.take(one);
  CHECK(within_seconds([&] { return writer.counts().given_up == 1; }));
}

TEST_CASE("what fires is sent to an Alertmanager at once and again, and its end when it resolves") {
  std::mutex guard;
  std::vector<json::value> received;
  Peer const peer([&](http::Router& router) {
    http::Route route;
    route.method = http::Method::post;
    route.path = "/am/api/v2/alerts";
    route.handler = [&](http::Request const& request, http::Respond const& respond) {
      {
        std::lock_guard const lock(guard);
        auto const body = json::parse(request.body);
        for (auto const& alert : body.as_array()) received.push_back(alert);
      }
      respond(http::Reply::empty(200));
    };
    router.add(std::move(route));
  });
  Alert standing;
  standing.labels = Labels{{"alertname", "Down"}, {"replica", "1"}};
  standing.state = AlertState::firing;
  standing.active_at = from_ms(now_ms);
  auto drop = checked_step({RelabelAction::labeldrop, {}, ";", "", "$1", 0, nullptr}, "replica");
  AlertSender sender({{{peer.url("/am"), nullptr, Milliseconds{5'000}, {}}},
                      Labels{{"site", "x"}},
                      {drop.value()},
                      [&] { return std::vector<Alert>{standing}; },
                      [] { return from_ms(now_ms); },
                      Milliseconds{50}});
  auto const count = [&](std::string const& ends) {
    std::lock_guard const lock(guard);
    return std::count_if(received.begin(), received.end(), [&](json::value const& alert) {
      return alert.at("endsAt").as_string() == ends &&
             alert.at("labels") == json::object{{"alertname", "Down"}, {"site", "x"}};
    });
  };
  CHECK(within_seconds([&] { return count(format_instant(from_ms(now_ms + 200))) >= 2; }));
  AlertChange change;
  change.labels = standing.labels;
  change.state = AlertState::resolved;
  change.resolved_at = from_ms(now_ms + 7);
  sender.take(change);
  CHECK(within_seconds([&] { return count(format_instant(from_ms(now_ms + 7))) == 1; }));
  CHECK(sender.listed().at("activeAlertmanagers").at(0).at("url").as_string().ends_with("/am/api/v2/alerts"));
}
