#include "app/alert_group.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::app;
using namespace std::chrono_literals;

namespace {

Instant const start = from_ms(1'700'000'000'000);

GroupedAlert alert(std::string const& id, std::string const& instance, bool firing = true) {
  GroupedAlert made;
  made.id = id;
  made.fingerprint = "f-" + id;
  made.labels = {{"alertname", "Down"}, {"instance", instance}, {"severity", "critical"}};
  made.annotations = {{"summary", "Down"}, {"description", instance + " is down"}};
  made.firing = firing;
  made.starts_at = start;
  if (!firing) made.ends_at = start + 1min;
  return made;
}

notify::AlertReceiver receiver() {
  notify::AlertReceiver made;
  made.name = "desk";
  made.group_by = {"alertname"};
  return made;
}

}  // namespace

TEST_CASE("alerts are grouped by the labels named, by none, or by all") {
  auto by = receiver();
  auto const labels = alert("1", "a").labels;
  CHECK(group_key(group_labels(by, labels)) == "{}:{alertname=\"Down\"}");
  by.group_by = {"alertname", "absent"};
  CHECK(group_key(group_labels(by, labels)) == "{}:{alertname=\"Down\"}");
  by.group_by.clear();
  CHECK(group_key(group_labels(by, labels)) == "{}:{}");
  by.group_by = {"..."};
  CHECK(group_labels(by, labels) == labels);
}

TEST_CASE("a group is sent when something new fires, when something told is over, and again after a while") {
  auto to = receiver();
  ToldGroup told;
  CHECK(needs_message(to, told, {alert("1", "a")}, start));
  CHECK(!needs_message(to, told, {}, start));
  CHECK(!needs_message(to, told, {alert("1", "a", false)}, start));
  told = {start, {"1"}};
  CHECK(!needs_message(to, told, {alert("1", "a")}, start + 1h));
  CHECK(needs_message(to, told, {alert("1", "a"), alert("2", "b")}, start + 1h));
  CHECK(needs_message(to, told, {alert("1", "a")}, start + to.repeat_interval));
  CHECK(needs_message(to, told, {alert("1", "a", false)}, start + 1h));
  to.send_resolved = false;
  CHECK(!needs_message(to, told, {alert("1", "a", false)}, start + 1h));
}

TEST_CASE("the payload is Alertmanager's version 4") {
  auto const message = alerts_message(receiver(), {{"alertname", "Down"}},
                                      {alert("2", "b", false), alert("1", "a")}, "https://ops.test");
  CHECK(message == parse_json(R"({
    "version": "4", "groupKey": "{}:{alertname=\"Down\"}", "truncatedAlerts": 0, "status": "firing",
    "receiver": "desk", "groupLabels": {"alertname": "Down"},
    "commonLabels": {"alertname": "Down", "severity": "critical"}, "commonAnnotations": {"summary": "Down"},
    "externalURL": "https://ops.test",
    "alerts": [
      {"status": "firing", "labels": {"alertname": "Down", "instance": "a", "severity": "critical"},
       "annotations": {"summary": "Down", "description": "a is down"}, "startsAt": "2023-11-14T22:13:20.000Z",
       "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "https://ops.test/alerts/1", "fingerprint": "f-1"},
      {"status": "resolved", "labels": {"alertname": "Down", "instance": "b", "severity": "critical"},
       "annotations": {"summary": "Down", "description": "b is down"}, "startsAt": "2023-11-14T22:13:20.000Z",
       "endsAt": "2023-11-14T22:14:20.000Z", "generatorURL": "https://ops.test/alerts/2",
       "fingerprint": "f-2"}]})")
                       .value());
  CHECK(text_of(alerts_message(receiver(), {}, {alert("1", "a", false)}, ""), "status") == "resolved");
}
