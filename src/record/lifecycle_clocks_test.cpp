#include <doctest/doctest.h>

#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

using Errands = ErrandWorkshop;
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a timer that is due escalates once, and the step stays open") {
  Errands house;
  house.each_with_errand([&] {
    house.now += std::chrono::minutes{119};
    CHECK(house.lifecycle().fire_timers(house.store(), 10) == 0);
    house.now += std::chrono::minutes{1};
    house.sent.clear();
    CHECK(house.lifecycle().fire_timers(house.store(), 10) == 1);
    CHECK(house.lifecycle().fire_timers(house.store(), 10) == 0);
    REQUIRE(house.sent.size() == 1);
    CHECK(house.sent[0].people == Names{house.chief.person});
    CHECK(house.sent[0].message.title.starts_with("Escalated"));
    CHECK(house.steps(house.id) == Names{"work"});
  });
}

TEST_CASE("who has a step hears that it will be due, and once more with the supervisor when it is overdue") {
  Errands house;
  house.each_with_errand([&] {
    REQUIRE(house.finish(house.worker, house.id, "work", {{"result", "x"}}).has_value());
    house.sent.clear();
    house.now += std::chrono::minutes{179};
    CHECK(house.lifecycle().remind(house.store(), 10) == 0);
    house.now += std::chrono::minutes{1};
    CHECK(house.lifecycle().remind(house.store(), 10) == 1);
    CHECK(house.lifecycle().remind(house.store(), 10) == 0);
    REQUIRE(house.sent.size() == 1);
    CHECK(house.sent[0].message.title.starts_with("Soon due"));
    CHECK(house.sent[0].message.arguments == Names{"Check", "ERR-2026-001", "Bulbs"});
    house.now += std::chrono::hours{1};
    CHECK(house.lifecycle().remind(house.store(), 10) == 1);
    CHECK(house.lifecycle().remind(house.store(), 10) == 0);
    REQUIRE(house.sent.size() == 2);
    CHECK(house.sent[1].message.title.starts_with("Overdue"));
    auto const& told = house.sent[1].people;
    CHECK(std::count(told.begin(), told.end(), house.chief.person) == 1);
    CHECK(house.look([](store::Reader& reader) {
      return *reader.one<std::int64_t>("select count(*) from ledger where action = 'task.remind'");
    }) == 2);
  });
}

TEST_CASE("nobody is reminded of a step that is done, or whose process is suspended") {
  Errands house;
  house.each_with_errand([&] {
    REQUIRE(house.finish(house.worker, house.id, "work", {{"result", "x"}}).has_value());
    auto const instance = house.look([&](store::Reader& reader) {
      return *reader.one<std::string>("select id from process_instance where record = :record", house.id);
    });
    REQUIRE(house
                .command([&](store::Edit& edit) {
                  return house.processes().suspend(edit, instance, house.chief.person);
                })
                .has_value());
    house.sent.clear();
    house.now += std::chrono::hours{5};
    CHECK(house.lifecycle().remind(house.store(), 10) == 1);
    CHECK(house.sent.empty());
    REQUIRE(house
                .command([&](store::Edit& edit) {
                  return house.processes().resume(edit, instance, house.chief.person);
                })
                .has_value());
    house.now += std::chrono::hours{1};
    CHECK(house.lifecycle().remind(house.store(), 10) == 1);
    CHECK(house.sent.size() == 1);
    REQUIRE(house.finish(house.chief, house.id, "check", {{"approved", false}}).has_value());
    house.now += std::chrono::hours{5};
    CHECK(house.lifecycle().remind(house.store(), 10) == 0);
  });
}

TEST_CASE("a clock whose target has passed is marked, told and written down once") {
  Errands house;
  house.each_with_errand([&] {
    auto const entries = [&] {
      return house.look([&](store::Reader& reader) {
        return *reader.one<std::int64_t>("select count(*) from ledger where action = 'clock.breach'");
      });
    };
    CHECK(house.lifecycle().sound_clocks(house.store(), 10) == 0);
    house.now += std::chrono::hours{2};
    house.sent.clear();
    CHECK(house.lifecycle().sound_clocks(house.store(), 10) == 1);
    CHECK(house.lifecycle().sound_clocks(house.store(), 10) == 0);
    CHECK(entries() == 1);
    REQUIRE(house.sent.size() == 1);
    CHECK(house.sent[0].message.arguments == Names{"ERR-2026-001", "Bulbs"});
    CHECK(house.sent[0].message.href == "/errands/" + house.id);
  });
}

TEST_CASE("a paused clock does not run out while somebody else is asked") {
  Errands house;
  house.each_with_errand([&] {
    REQUIRE(house.finish(house.worker, house.id, "work", {{"result", "x"}}).has_value());
    house.now += std::chrono::hours{20};
    CHECK(house.lifecycle().sound_clocks(house.store(), 10) == 0);
    REQUIRE(house.finish(house.chief, house.id, "check", {{"approved", false}}).has_value());
    house.now += std::chrono::minutes{119};
    CHECK(house.lifecycle().sound_clocks(house.store(), 10) == 0);
    house.now += std::chrono::minutes{1};
    CHECK(house.lifecycle().sound_clocks(house.store(), 10) == 1);
  });
}
