#include "monitor/scrape/scraper.hpp"

#include <condition_variable>
#include <map>
#include <mutex>

#include <doctest/doctest.h>

#include "monitor/scrape/loopback_target.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using namespace std::chrono_literals;

namespace {

// Runs a scraper over targets until each was tried `rounds` times.
std::map<std::string, TargetStatus> scraped(std::vector<Target> const& targets, ScrapeLimits const& limits,
                                            std::size_t rounds = 1,
                                            std::map<std::string, double>* success = nullptr) {
  std::mutex guard;
  std::condition_variable come;
  std::map<std::string, std::size_t> tries;
  ScraperOptions options;
  options.interval = 40ms;
  options.limits = limits;
  options.targets = [&] { return targets; };
  options.commit = [&](std::vector<Point> const& points) {
    std::lock_guard const lock(guard);
    for (auto const& point : points) {
      auto const name = point.labels.get(name_label);
      auto const instance = std::string(point.labels.get("instance"));
      if (name == "up") ++tries[instance];
      if (name == "probe_success" && success != nullptr && !is_stale(point.sample.value))
        (*success)[instance] = point.sample.value;
    }
    come.notify_all();
  };
  Scraper scraper(std::move(options));
  scraper.start();
  {
    std::unique_lock lock(guard);
    REQUIRE(come.wait_for(lock, 20s, [&] {
      std::size_t done = 0;
      for (auto const& [instance, count] : tries) done += count >= rounds ? 1 : 0;
      return done == targets.size();
    }));
  }
  scraper.stop();
  std::map<std::string, TargetStatus> result;
  for (auto const& status : scraper.status()) result[status.target.instance] = status;
  return result;
}

ScrapeLimits tight() {
  ScrapeLimits limits;
  limits.timeout = 400ms;
  limits.body_bytes = 100'000;
  return limits;
}

Target target(std::string const& instance, std::string const& address) {
  return {"job", instance, address, {}, "/metrics", {}};
}

double value_of(std::vector<Point> const& points, std::string_view metric) {
  for (auto const& point : points) {
    if (point.labels.get(name_label) == metric) return point.sample.value;
  }
  return -1;
}

}  // namespace

TEST_CASE("targets that hang, lie or send without end are down with their reason while others go on") {
  LoopbackTarget good(LoopbackTarget::answers(LoopbackTarget::page("a 1\nb 2\n")));
  LoopbackTarget silent(LoopbackTarget::until_closed);
  LoopbackTarget endless([](LoopbackTarget::Socket& socket) {
    std::string const piece(8192, 'x');
    if (!LoopbackTarget::send(socket, "HTTP/1.1 200 OK\r\n\r\n")) return;
    while (LoopbackTarget::send(socket, piece)) continue;
  });
  LoopbackTarget boasting(
      LoopbackTarget::answers("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\na 1\n"));
  LoopbackTarget short_of(LoopbackTarget::answers("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\na 1\n"));
  LoopbackTarget failing(LoopbackTarget::answers("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"));
  LoopbackTarget babbling(LoopbackTarget::answers("hello there, no HTTP here\r\n\r\n"));
  LoopbackTarget malformed(LoopbackTarget::answers(LoopbackTarget::page("a 1\nb two\n")));
  LoopbackTarget chunked(LoopbackTarget::answers(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na 1\n\r\n0\r\n\r\n"));
  auto const status =
      scraped({target("good", good.address()), target("silent", silent.address()),
               target("endless", endless.address()), target("boasting", boasting.address()),
               target("short", short_of.address()), target("failing", failing.address()),
               target("babbling", babbling.address()), target("malformed", malformed.address()),
               target("chunked", chunked.address()), target("nobody", "127.0.0.1:1")},
              tight());
  CHECK(status.at("good").state == TargetState::up);
  CHECK(status.at("good").samples == 2);
  CHECK(status.at("chunked").state == TargetState::up);
  auto down = [&](std::string const& name) {
    CHECK(status.at(name).state == TargetState::down);
    return status.at(name).last_error();
  };
  CHECK(down("silent") == "the target did not answer within 400 ms");
  CHECK(down("endless") == "the answer is longer than 100000 bytes");
  CHECK(down("boasting") == "the answer is longer than 100000 bytes");
  CHECK(down("short") == "the target closed the connection before the end of its answer");
  CHECK(down("failing") == "the target answered with HTTP status 500");
  CHECK(down("babbling") == "the target does not answer in HTTP");
  CHECK(down("malformed") == "line 2: a sample needs a number after its name and labels");
  CHECK(down("nobody").starts_with("the target cannot be reached"));
}

TEST_CASE("a good target is scraped again while another hangs") {
  LoopbackTarget good(LoopbackTarget::answers(LoopbackTarget::page("a 1\n")));
  LoopbackTarget silent(LoopbackTarget::until_closed);
  auto limits = tight();
  limits.timeout = 100ms;
  CHECK(scraped({target("good", good.address()), target("silent", silent.address())}, limits, 3).size() == 2);
}

TEST_CASE("series that vanish, and all of a target that went down, end with stale markers") {
  Scraper scraper({});
  Target const db = {"node", "db1", "h:1", Labels{{"unit", "ICU"}}, "/metrics", {}};
  auto const first = scraper.digest(db, FetchedPage{"a 1\nb{unit=\"x\"} 2\n"}, from_ms(1000), 0.5);
  CHECK(value_of(first, "up") == 1);
  CHECK(value_of(first, "scrape_samples_scraped") == 2);
  CHECK(
      first[1].labels ==
      Labels{
          {"__name__", "b"}, {"unit", "ICU"}, {"exported_unit", "x"}, {"job", "node"}, {"instance", "db1"}});
  auto const second = scraper.digest(db, FetchedPage{"a 1\n"}, from_ms(2000), 0.5);
  CHECK(is_stale(value_of(second, "b")));
  CHECK(value_of(second, "a") == 1);
  auto const third = scraper.digest(db, refuse(Why::busy, "", "gone"), from_ms(3000), 0.5);
  CHECK(is_stale(value_of(third, "a")));
  CHECK(value_of(third, "up") == 0);
  CHECK(scraper.status().at(0).last_error() == "gone");
  auto const gone = scraper.forget(db, from_ms(4000));
  CHECK(is_stale(value_of(gone, "up")));
  CHECK(scraper.status().empty());
}

TEST_CASE("a probe always gives its series, and one that failed is down with its reason") {
  LoopbackTarget good(LoopbackTarget::answers(LoopbackTarget::page("hello\n")));
  LoopbackTarget sends_on(
      LoopbackTarget::answers("HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"));
  LoopbackTarget failing(LoopbackTarget::answers("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"));
  LoopbackTarget silent(LoopbackTarget::until_closed);
  std::vector<Target> targets;
  auto add = [&](std::string const& scheme, std::string const& name, std::string const& address) {
    ScrapeSettings settings;
    settings.scheme = "probe-" + scheme;
    targets.push_back(target(name, address));
    targets.back().settings = std::make_shared<ScrapeSettings const>(settings);
  };
  add("tcp", "tcp", good.address());
  add("http", "http", good.address());
  add("http", "sends on", sends_on.address());
  add("http", "failing", failing.address());
  add("http", "silent", silent.address());
  add("tcp", "closed", "127.0.0.1:1");
  add("tls", "tls", good.address());
  add("dns", "dns", "localhost:80");
  std::map<std::string, double> success;
  auto const status = scraped(targets, tight(), 1, &success);
  CHECK(success == std::map<std::string, double>{{"tcp", 1},
                                                 {"http", 1},
                                                 {"sends on", 1},
                                                 {"failing", 0},
                                                 {"silent", 0},
                                                 {"closed", 0},
                                                 {"tls", 0},
                                                 {"dns", 1}});
  CHECK(status.at("http").state == TargetState::up);
  CHECK(status.at("http").last_error().empty());
  auto down = [&](std::string const& name) {
    CHECK(status.at(name).state == TargetState::down);
    return status.at(name).last_error();
  };
  CHECK(down("failing") == "the target answered with HTTP status 503");
  CHECK(down("silent") == "the target did not answer within 400 ms");
  CHECK(down("closed") == "the target cannot be reached: Connection refused");
  // It waits for the end of a request that never comes.
  CHECK(down("tls") == "the target did not answer within 400 ms");
}

TEST_CASE("a target that cannot be asked at all is down, and nobody is asked") {
  auto unusable = target("switch", "127.0.0.1:1");
  unusable.obstacle = refuse(Why::missing, "", "no exporter of this name");
  auto const status = scraped({unusable}, tight());
  CHECK(status.at("switch").state == TargetState::down);
  CHECK(status.at("switch").last_error() == "no exporter of this name");
}

TEST_CASE("two systems asked at the same place are two targets") {
  Scraper scraper({});
  auto gateway = target("h:1", "h:1");
  for (auto const* system : {"his", "lis"}) {
    gateway.labels = Labels{{"system", system}};
    scraper.digest(gateway, FetchedPage{"probe_success 1\n"}, from_ms(1000), 0.5);
  }
  auto const status = scraper.status();
  REQUIRE(status.size() == 2);
  CHECK(status.at(0).target.labels.get("system") != status.at(1).target.labels.get("system"));
}

TEST_CASE("up tells of a probe that it was made, not that it succeeded") {
  Scraper scraper({});
  FetchedPage page{"probe_success 0\n"};
  page.failure = refuse(Why::busy, "", "the target cannot be reached");
  auto const points = scraper.digest(target("his", "h:1"), page, from_ms(1000), 0.5);
  CHECK(value_of(points, "up") == 1);
  CHECK(value_of(points, "probe_success") == 0);
  CHECK(scraper.status().at(0).state == TargetState::down);
}

TEST_CASE("the exemplars of a scrape are kept under the labels their series has here") {
  std::vector<SeriesExemplar> kept;
  ScraperOptions options;
  options.keep_exemplars = [&](std::vector<SeriesExemplar> given) { kept = std::move(given); };
  Scraper scraper(std::move(options));
  Target target;
  target.job = "shop";
  target.instance = "a";
  FetchedPage page;
  page.open_metrics = true;
  page.body = "# TYPE a counter\na_total 5 # {trace_id=\"x\"} 1\n# EOF\n";
  scraper.digest(target, page, from_ms(1'000), 0.1);
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].series == Labels{{"__name__", "a_total"}, {"instance", "a"}, {"job", "shop"}});
  CHECK(kept[0].exemplar.labels == Labels{{"trace_id", "x"}});
  CHECK(kept[0].exemplar.at == 1'000);
}
