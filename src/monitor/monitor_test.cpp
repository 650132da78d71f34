#include "monitor/monitor.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <mutex>

#include <doctest/doctest.h>

#include "base/id.hpp"
#include "monitor/scrape/loopback_target.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using namespace std::chrono_literals;

namespace {

struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("yunzhi-monitor-" + new_id(wall_clock()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;

  std::filesystem::path write(std::string const& name, std::string const& text) const {
    std::ofstream(path / name) << text;
    return path / name;
  }
};

// Changes as they come, for a test that waits for one.
class Heard {
 public:
  std::function<void(AlertChange const&)> listener() {
    return [this](AlertChange const& change) {
      std::lock_guard const lock(guard_);
      changes_.push_back(change);
      come_.notify_all();
    };
  }
  std::optional<AlertChange> wait_for(AlertState state) {
    std::unique_lock lock(guard_);
    std::optional<AlertChange> found;
    come_.wait_for(lock, 20s, [&] {
      for (auto const& change : changes_) {
        if (change.state == state) found = change;
      }
      return found.has_value();
    });
    return found;
  }
  std::vector<AlertState> states() {
    std::lock_guard const lock(guard_);
    std::vector<AlertState> result;
    for (auto const& change : changes_) result.push_back(change.state);
    return result;
  }

 private:
  std::mutex guard_;
  std::condition_variable come_;
  std::deque<AlertChange> changes_;
};

constexpr auto disk_rule = R"(
groups:
  - name: disk
    interval: 15s
    rules:
      - record: disk:free:ratio
        expr: disk_free / disk_size
      - alert: DiskFull
        expr: disk:free:ratio < 0.1
        for: 1m
        labels: {severity: major}
        annotations:
          summary: "{{ $labels.instance }} has {{ $value | humanizePercentage }} left"
)";

struct House {
  explicit House(Folder const& folder) {
    Options options;
    options.folder = folder.path / "data";
    options.clock = [this] { return now; };
    options.rule_files = {folder.write("rules.yaml", disk_rule)};
    auto opened = Monitor::open(options);
    REQUIRE(opened.has_value());
    monitor = std::move(*opened);
    monitor->on_change(heard.listener());
  }
  void at(int seconds, double free) {
    now = from_ms(1'000'000'000 + seconds * 1000);
    std::vector<Point> points;
    for (auto const& [name, value] : {std::pair{"disk_free", free}, {"disk_size", 100.0}}) {
      points.push_back({Labels{{"__name__", name}, {"instance", "db1"}}, {to_ms(now), value}});
    }
    REQUIRE(monitor->append(points).has_value());
    monitor->evaluate();
  }

  Instant now = from_ms(1'000'000'000);
  Heard heard;
  std::unique_ptr<Monitor> monitor;
};

}  // namespace

TEST_CASE("a threshold crossed for long enough fires once, and settles when the value is back") {
  Folder folder;
  House house(folder);
  house.at(0, 50);
  CHECK(house.heard.states().empty());
  house.at(15, 5);
  house.at(30, 5);
  CHECK(house.heard.states() == std::vector{AlertState::pending});
  house.at(75, 4);
  house.at(90, 4);
  CHECK(house.heard.states() == std::vector{AlertState::pending, AlertState::firing});
  auto const fired = house.heard.wait_for(AlertState::firing);
  CHECK(fired->annotations.at("summary") == "db1 has 4% left");
  CHECK(fired->severity == "major");
  CHECK(fired->active_at == from_ms(1'000'015'000));
  CHECK(fired->fired_at == from_ms(1'000'075'000));
  house.at(105, 60);
  auto const resolved = house.heard.wait_for(AlertState::resolved);
  REQUIRE(resolved.has_value());
  CHECK(resolved->fingerprint == fired->fingerprint);
  CHECK(resolved->active_at == fired->active_at);
  CHECK(house.monitor->alerts().empty());
  auto const recorded = house.monitor->query("disk:free:ratio", house.now);
  CHECK(recorded->series.at(0).samples.at(0).value == 0.6);
  CHECK(house.monitor->query("ALERTS", house.now)->series.empty());
}

TEST_CASE("a condition that passes before its time never fires") {
  Folder folder;
  House house(folder);
  house.at(0, 5);
  house.at(15, 50);
  house.at(120, 50);
  CHECK(house.heard.states() == std::vector{AlertState::pending, AlertState::inactive});
}

TEST_CASE("pending and firing survive a restart with their times") {
  Folder folder;
  Instant active;
  {
    House house(folder);
    house.at(0, 5);
    active = house.monitor->alerts().at(0).active_at;
  }
  House house(folder);
  house.at(60, 5);
  auto const fired = house.heard.wait_for(AlertState::firing);
  REQUIRE(fired.has_value());
  CHECK(fired->active_at == active);
}

TEST_CASE("a listener that fails is told again") {
  Folder folder;
  House house(folder);
  int calls = 0;
  house.monitor->on_change([&](AlertChange const&) {
    if (++calls == 1) throw std::runtime_error("the database is away");
  });
  house.at(0, 5);
  CHECK(calls == 1);
  house.at(15, 5);
  CHECK(calls == 2);
  house.at(30, 5);
  CHECK(calls == 2);
}

TEST_CASE("a broken rule file stops the opening with file and line, and a reload keeps the old rules") {
  Folder folder;
  House house(folder);
  folder.write("rules.yaml", "groups:\n  - name: disk\n    rules:\n      - alert: A\n        expr: up ==\n");
  auto const reloaded = house.monitor->reload_rules();
  REQUIRE_FALSE(reloaded.has_value());
  CHECK(reloaded.error().faults[0].field == "rules.yaml:5");
  CHECK(house.monitor->rules().size() == 2);
}

TEST_CASE("given rules stand beside the files, and what one that is taken away said last is over") {
  Folder folder;
  auto const given = [](std::string const& rule) {
    return std::vector<RuleGroup>{{"own", "own", {}, {parse_rule(rule).value()}}};
  };
  std::string const levels =
      "alert: Low\nexpr: disk_free\nlevels: [{severity: minor, when: \"< 90\"}, {severity: major, when: \"< "
      "9\"}]\n";
  std::string fingerprint;
  {
    House house(folder);
    house.monitor->give_rules(given(levels));
    CHECK(house.monitor->rules().size() == 3);
    house.at(0, 50);
    auto const fired = house.heard.wait_for(AlertState::firing);
    REQUIRE(fired.has_value());
    CHECK(fired->severity == "minor");
    fingerprint = fired->fingerprint;
    // The same rule with another expression keeps its alert; a reload of the files keeps the rule.
    house.monitor->give_rules(
        given("alert: Low\nexpr: disk_free + 0\n" + levels.substr(levels.find("levels"))));
    REQUIRE(house.monitor->reload_rules().has_value());
    house.at(15, 50);
    CHECK(house.heard.states() == std::vector{AlertState::firing});
    CHECK(house.monitor->query("ALERTS{alertname=\"Low\"}", house.now)->series.size() == 1);
    house.monitor->give_rules({});
    house.at(30, 50);
    auto const resolved = house.heard.wait_for(AlertState::resolved);
    REQUIRE(resolved.has_value());
    CHECK(resolved->fingerprint == fingerprint);
    CHECK(resolved->resolved_at == house.now);
    CHECK(house.monitor->query("ALERTS{alertname=\"Low\"}", house.now)->series.empty());
    house.at(45, 50);
    CHECK(house.heard.states() == std::vector{AlertState::firing, AlertState::resolved});
    house.monitor->give_rules(given(levels));
    house.at(60, 50);
  }
  House without(folder);
  without.at(75, 50);
  auto const resolved = without.heard.wait_for(AlertState::resolved);
  REQUIRE(resolved.has_value());
  CHECK(resolved->fingerprint == fingerprint);
}

TEST_CASE("from a live target to an alert: scraped, stored, evaluated, told") {
  Folder folder;
  std::atomic<int> load = 10;
  LoopbackTarget target([&](LoopbackTarget::Socket& socket) {
    LoopbackTarget::send(socket,
                         LoopbackTarget::page("# TYPE load gauge\nload " + std::to_string(load) + "\n"));
  });
  Options options;
  options.folder = folder.path / "data";
  options.scrape_interval = 50ms;
  options.scrape_limits.timeout = 2s;
  options.targets = [&] {
    return std::vector{Target{"node", "db1", target.address(), Labels{{"unit", "ICU"}}}};
  };
  options.rule_files = {folder.write(
      "rules.yaml",
      "groups: [{name: g, rules: [{alert: Busy, expr: load > 90, labels: {severity: critical}}]}]")};
  auto monitor = *Monitor::open(options);
  Heard heard;
  monitor->on_change(heard.listener());
  monitor->start();
  load = 95;
  auto const fired = heard.wait_for(AlertState::firing);
  REQUIRE(fired.has_value());
  CHECK(fired->value == 95);
  CHECK(fired->labels.get("instance") == "db1");
  CHECK(fired->labels.get("unit") == "ICU");
  load = 20;
  CHECK(heard.wait_for(AlertState::resolved).has_value());
  monitor->stop();
  CHECK(monitor->targets().at(0).state == TargetState::up);
  CHECK(monitor->metadata().at("load").type == "gauge");
  CHECK(monitor->query("up", wall_clock())->series.at(0).samples.at(0).value == 1);
}
