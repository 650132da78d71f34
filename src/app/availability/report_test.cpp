#include "app/availability/report.hpp"

#include <doctest/doctest.h>

#include "app/availability/watch_keeper.hpp"
#include "app/house.hpp"
#include "calendar/calendar_file.hpp"
#include "modules/registry.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::app;
using namespace std::chrono_literals;

namespace {

record::Plan plan() {
  record::Plan plan;
  plan.settings.numbering = {{"incident", "INC-{sequence:6}"}, {"system", "SYS-{sequence:4}"}};
  plan.settings.priorities = {{{"critical", {{"medium", "p1"}}}, {"minor", {{"medium", "p3"}}}}, "p3"};
  plan.settings.targets.emplace_back().id = "node";
  plan.modules = modules::registry(plan.settings).all();
  plan.migrations = migrations();
  return plan;
}

regulation::AvailabilityPromise promise() {
  auto always =
      calendar::load_calendar(std::string(YUNZHI_SOURCE) + "/packs/standard/calendars/always.yaml").value();
  auto const hours = std::make_shared<calendar::WorkingCalendar const>(std::move(always));
  return {{{"core", {99.9, "always", hours}}}, {"critical"}};
}

// A house whose monitoring answers what the story tells it: by query, label and time.
struct Story {
  explicit Story(record::Workshop& workshop) : house(workshop), begun(workshop.now) {}

  std::string add(std::string const& kind, json::object const& given) {
    auto const made = house.command([&](store::Edit& edit) {
      return house.kernel().add(edit, access::system_actor("monitor"), house.module(kind), given);
    });
    return text_of(made.value(), "id");
  }
  std::string system(std::string const& name, std::string const& probe = "") {
    json::object given{{"name", name}, {"criticality", "core"}, {"address", "10.0.0.5:9100"}};
    if (!probe.empty()) given["probe"] = probe;
    return add("system", given);
  }
  std::string fault(std::string const& of, std::string const& severity, std::string const& source,
                    Instant from, std::optional<Instant> to) {
    json::object given{{"title", "打不开"},
                       {"system", of},
                       {"severity", severity},
                       {"source", source},
                       {"started_at", format_instant(from)}};
    auto id = add("incident", given);
    house
        .command([&](store::Edit& edit) -> Result<> {
          edit.run("update incident set severity = :severity, closed_at = :to where id = :id", severity, to,
                   id);
          return {};
        })
        .value();
    return id;
  }

  // What each query answers at a time; nothing when the target was not asked then.
  std::map<std::string, std::function<std::optional<double>(Instant)>, std::less<>> answers;
  bool answering = true;

  WatchKeeper keeper() {
    return {
        house.store(),
        [this](std::string_view query, Instant from, Instant to,
               Milliseconds step) -> Result<monitor::QueryResult> {
          if (!answering) return refuse(Why::busy, "", "the monitoring is busy");
          monitor::QueryResult result;
          for (auto const& [place, value] : answers) {
            auto const bar = place.find('|');
            if (!query.starts_with(place.substr(0, bar))) continue;
            monitor::Samples samples;
            for (auto at = from; at <= to; at += step)
              if (auto const found = value(at)) samples.push_back({to_ms(at), *found});
            result.series.push_back({monitor::Labels{{"system", "HIS"}, {"instance", place.substr(bar + 1)}},
                                     std::move(samples)});
          }
          return result;
        },
        15s};
  }
  void keep() {
    auto keeper = this->keeper();
    while (keeper.keep()) continue;
  }
  SystemAvailability of(std::string const& system, Instant from, Instant to) {
    AvailabilityReport const report(promised,
                                    [this](store::Reader&, calendar::Stretch const&) { return planned; });
    auto found = house.store().read([&](store::Reader& reader) {
      return report.of(reader, system, {{from, to}}, house.now);
    });
    REQUIRE(found.size() == 1);
    return found.front();
  }

  record::Workshop& house;
  Instant begun;
  regulation::AvailabilityPromise promised = promise();
  std::map<std::string, calendar::Stretches> planned;
};

auto always_up(Instant) {
  return std::optional(1.0);
}

}  // namespace

TEST_CASE("a probe that fails is downtime, to the step, and one row however long it is up") {
  record::Workshop house(plan());
  house.each([&] {
    Story story(house);
    auto const his = story.system("HIS", "tcp://10.0.0.5:443");
    auto const failing = from_ms(to_ms(story.begun) / 15'000 * 15'000) + 2h;
    story.answers["up|10.0.0.5:9100"] = always_up;
    story.answers["probe_success|tcp://10.0.0.5:443"] = [&](Instant at) -> std::optional<double> {
      if (at <= failing - 2h) return std::nullopt;
      return at > failing && at <= failing + 10min ? 0 : 1;
    };
    for (auto turn = 0; turn < 8; ++turn) {
      house.now += 1h;
      story.keep();
    }
    auto const found = story.of(his, failing - 2h, failing + 5h);
    CHECK(found.source == "probe");
    CHECK(found.figures.downtime == 10min);
    CHECK(found.figures.unmeasured == 0ms);
    REQUIRE(found.outages.size() == 1);
    CHECK(found.outages[0].stretch == calendar::Stretch{failing, failing + 10min});
    CHECK(found.outages[0].source == "probe");
    CHECK_FALSE(found.outages[0].lasts);
    CHECK(house.store().read([](store::Reader& reader) {
      return reader.one<std::int64_t>("select count(*) from system_watch where source = 'probe'");
    }) == 3);
  });
}

TEST_CASE("where the probe says nothing, the target is asked") {
  record::Workshop house(plan());
  house.each([&] {
    Story story(house);
    auto const his = story.system("HIS", "tcp://10.0.0.5:443");
    auto const hour = story.begun + 1h;
    story.answers["up|10.0.0.5:9100"] = [&](Instant at) { return std::optional(at > hour ? 0.0 : 1.0); };
    story.answers["probe_success|tcp://10.0.0.5:443"] = [&](Instant at) {
      return at > hour + 30min ? std::optional(1.0) : std::nullopt;
    };
    house.now += 2h;
    story.keep();
    auto const found = story.of(his, story.begun, house.now);
    CHECK(std::chrono::abs(found.figures.downtime - 30min) <= 15s);
    CHECK(found.outages.at(0).source == "target");
  });
}

TEST_CASE("a monitoring that does not answer is asked again for the same time") {
  record::Workshop house(plan());
  house.each([&] {
    Story story(house);
    auto const his = story.system("HIS");
    story.answers["up|10.0.0.5:9100"] = always_up;
    house.now += 1h;
    story.answering = false;
    story.keep();
    story.answering = true;
    story.keep();
    CHECK(story.of(his, story.begun, story.begun + 30min).figures.unmeasured == 0ms);
  });
}

TEST_CASE("what people report as critical is downtime even while the probe answers; what is minor is not") {
  record::Workshop house(plan());
  house.each([&] {
    Story story(house);
    auto const his = story.system("HIS");
    story.answers["up|10.0.0.5:9100"] = always_up;
    house.now += 4h;
    story.keep();
    auto const id = story.fault(his, "critical", "person", story.begun + 1h, story.begun + 2h);
    story.fault(his, "minor", "person", story.begun + 3h, story.begun + 4h);
    auto const found = story.of(his, story.begun, house.now);
    CHECK(found.source == "target");
    CHECK(found.figures.downtime == 1h);
    REQUIRE(found.outages.size() == 1);
    CHECK(found.outages[0].source == "incident");
    CHECK(found.outages[0].incident.value().id == id);
  });
}

TEST_CASE("a fault that an alert opened adds nothing to what was measured, but gives the outage its number") {
  record::Workshop house(plan());
  house.each([&] {
    Story story(house);
    auto const his = story.system("HIS");
    auto const down = story.begun + 1h;
    story.answers["up|10.0.0.5:9100"] = [&](Instant at) {
      return std::optional(at > down && at <= down + 5min ? 0. : 1.);
    };
    house.now += 4h;
    story.keep();
    auto const id = story.fault(his, "critical", "alert", down + 1min, down + 90min);
    auto const found = story.of(his, story.begun, house.now);
    CHECK(std::chrono::abs(found.figures.downtime - 5min) <= 15s);
    REQUIRE(found.outages.size() == 1);
    CHECK(found.outages[0].incident.value().id == id);
  });
}

TEST_CASE(
    "a system that nothing measures counts by its faults since it is registered, and one that lasts until "
    "now") {
  record::Workshop house(plan());
  house.each([&] {
    Story story(house);
    auto const his = story.system("HIS");
    house.now += 10h;
    story.fault(his, "critical", "person", story.begun + 9h, std::nullopt);
    auto const found = story.of(his, story.begun - 10h, story.begun + 30h);
    CHECK(found.source == "incidents");
    CHECK(found.figures.downtime == 1h);
    CHECK(found.figures.unmeasured == 10h);
    CHECK(found.figures.percent.value() == doctest::Approx(90));
    CHECK(found.outages.at(0).lasts);
  });
}

TEST_CASE("a month says the same alone and among twelve, from the first fault on, even an imported one") {
  record::Workshop house(plan());
  house.each([&] {
    Story story(house);
    auto const his = story.system("HIS");
    house.now += 50h;
    story.fault(his, "critical", "person", story.begun - 30h, story.begun - 29h);
    story.fault(his, "critical", "person", story.begun + 10h, story.begun + 12h);
    AvailabilityReport const report(story.promised, [](store::Reader&, calendar::Stretch const&) {
      return std::map<std::string, calendar::Stretches>();
    });
    calendar::Stretch const earlier{story.begun - 40h, story.begun};
    calendar::Stretch const later{story.begun, story.begun + 40h};
    auto const [both, alone] = house.store().read([&](store::Reader& reader) {
      return std::pair(report.of(reader, his, {earlier, later}, house.now),
                       report.over(reader, later, house.now));
    });
    REQUIRE(both.size() == 2);
    CHECK(both[0].figures.percent.value() == doctest::Approx(100 * 29.0 / 30));
    CHECK(both[0].figures.unmeasured == 10h);
    CHECK(both[1].figures.percent.value() == doctest::Approx(95));
    CHECK(alone.at(0).figures.percent == both[1].figures.percent);
  });
}

TEST_CASE("planned maintenance of a system is left out of its downtime") {
  record::Workshop house(plan());
  house.each([&] {
    Story story(house);
    auto const his = story.system("HIS");
    story.answers["up|10.0.0.5:9100"] = [](Instant) { return std::optional(0.0); };
    house.now += 3h;
    story.keep();
    story.planned[his] = {{story.begun, story.begun + 2h}};
    auto const found = story.of(his, story.begun, story.begun + 150min);
    CHECK(found.figures.maintenance == 2h);
    CHECK(found.figures.downtime == 30min);
  });
}
