#include "monitor/alert/received_alerts.hpp"

#include <doctest/doctest.h>

#include "monitor/series/store_fixture.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using yunzhi::monitor::testing::Folder;

namespace {

Instant const begin = from_ms(1'800'000'000'000);
Labels const disk{{"alertname", "DiskFull"}, {"instance", "a"}};

SentAlert sent(std::optional<Instant> ends = std::nullopt) {
  return {disk, {{"summary", "full"}}, begin - Milliseconds{60'000}, ends};
}

std::string states(std::vector<AlertChange> const& changes) {
  std::string text;
  for (auto const& change : changes) text += change.name + " " + std::string(name_of(change.state)) + ";";
  return text;
}

void tell(ReceivedAlerts& alerts) {
  for (auto const& change : alerts.news()) alerts.told(change);
  alerts.forget_told();
}

}  // namespace

TEST_CASE("an alert of others fires once, lasts while it is sent again, and resolves when it is not") {
  Folder const folder;
  ReceivedAlerts alerts(folder.path / "received.json");
  REQUIRE(alerts.take({sent()}, begin).has_value());
  CHECK(states(alerts.news()) == "DiskFull firing;");
  CHECK(alerts.news().at(0).active_at == begin - Milliseconds{60'000});
  tell(alerts);
  REQUIRE(alerts.take({sent()}, begin + Milliseconds{200'000}).has_value());
  alerts.expire(begin + Milliseconds{400'000});
  CHECK(alerts.news().empty());
  CHECK(alerts.alerts().size() == 1);
  alerts.expire(begin + Milliseconds{500'000});
  CHECK(states(alerts.news()) == "DiskFull resolved;");
  tell(alerts);
  CHECK(alerts.alerts().empty());
  CHECK(alerts.news().empty());
}

TEST_CASE("an end that has come resolves an alert, and is nothing to one that is not known") {
  Folder const folder;
  ReceivedAlerts alerts(folder.path / "received.json");
  REQUIRE(alerts.take({sent(begin)}, begin).has_value());
  CHECK(alerts.news().empty());
  REQUIRE(alerts.take({sent()}, begin).has_value());
  tell(alerts);
  REQUIRE(alerts.take({sent(begin + Milliseconds{5})}, begin + Milliseconds{10}).has_value());
  REQUIRE(alerts.news().size() == 1);
  CHECK(alerts.news()[0].resolved_at == begin + Milliseconds{5});
  tell(alerts);
  REQUIRE(alerts.take({sent()}, begin + Milliseconds{20}).has_value());
  CHECK(states(alerts.news()) == "DiskFull firing;");
}

TEST_CASE("after a restart an alert of others is known, and told again") {
  Folder const folder;
  {
    ReceivedAlerts alerts(folder.path / "received.json");
    REQUIRE(alerts.take({sent()}, begin).has_value());
    tell(alerts);
  }
  ReceivedAlerts alerts(folder.path / "received.json");
  CHECK(states(alerts.news()) == "DiskFull firing;");
  CHECK(alerts.alerts().at(0).annotations.at("summary") == "full");
  alerts.expire(begin + ReceivedAlerts::lasting);
  CHECK(states(alerts.news()) == "DiskFull resolved;");
}

TEST_CASE("more alerts than can be held are refused together") {
  Folder const folder;
  ReceivedAlerts alerts(folder.path / "received.json");
  std::vector<SentAlert> many;
  for (std::size_t i = 0; i <= ReceivedAlerts::most; ++i)
    many.push_back({Labels{{"alertname", "a"}, {"n", std::to_string(i)}}, {}, {}, {}});
  CHECK_FALSE(alerts.take(many, begin).has_value());
  CHECK(alerts.alerts().empty());
}
