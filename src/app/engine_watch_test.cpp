#include "app/engine_watch.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::app;
using namespace std::chrono_literals;

namespace {

struct Story {
  Instant now = from_ms(1'700'000'000'000);
  monitor::Pulse pulse{now, now, true};
  std::vector<std::string> told;
  int beats = 0;
  bool reached = true;
  EngineWatch watch{options()};

  EngineWatchOptions options() {
    EngineWatchOptions options;
    options.clock = [this] { return now; };
    options.interval = 10s;
    options.pulse = [this] { return pulse; };
    options.tell = [this](record::Message const& message) {
      if (reached) told.push_back(message.title);
      return reached;
    };
    options.heartbeat = [this]() -> Result<> {
      ++beats;
      return {};
    };
    return options;
  }
  void pass(std::chrono::seconds time, bool evaluates, bool stores) {
    for (; time > 0s; time -= 1s) {
      now += 1s;
      if (evaluates) pulse.evaluated_at = now;
      if (stores) pulse.stored_at = now;
      watch.look();
    }
  }
};

}  // namespace

TEST_CASE("the supervisor is told once that no rules are evaluated, and once that they are again") {
  Story story;
  story.pass(60s, true, true);
  CHECK(story.told.empty());
  story.pass(30s, false, true);
  CHECK(story.told.empty());
  story.pass(60s, false, true);
  CHECK(story.told == std::vector<std::string>{"The monitoring has not evaluated its rules since {}"});
  story.pass(5s, true, true);
  CHECK(story.told.back() == "The monitoring works again");
  CHECK(story.told.size() == 2);
}

TEST_CASE("samples that are not stored are an alarm, unless nothing is watched") {
  Story story;
  story.pass(60s, true, false);
  CHECK(story.told == std::vector<std::string>{"The monitoring has stored no samples since {}"});
  Story idle;
  idle.pulse.stores = false;
  idle.pass(60s, true, false);
  CHECK(idle.told.empty());
}

TEST_CASE("an alarm that could not be told is told later") {
  Story story;
  story.reached = false;
  story.pass(60s, false, true);
  story.reached = true;
  story.pass(2s, false, true);
  CHECK(story.told.size() == 1);
}

TEST_CASE("the heartbeat is called every minute while all is well, and not otherwise") {
  Story story;
  story.pass(125s, true, true);
  CHECK(story.beats == 3);
  story.pass(31s, false, true);
  auto const before = story.beats;
  story.pass(300s, false, true);
  CHECK(story.beats == before);
  story.pass(2s, true, true);
  CHECK(story.beats == before + 1);
}

TEST_CASE("after a sleep of the machine the engine gets its time again") {
  Story story;
  story.pass(5s, true, true);
  story.now += 1h;
  story.watch.look();
  CHECK(story.told.empty());
  story.pass(5s, true, true);
  CHECK(story.told.empty());
}
