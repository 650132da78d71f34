// Tells tests/process/*.story to simulations: each story twice, the second time saved and restored between
// all commands, and it must say the same.
#include "process/simulation/simulation.hpp"
#include "process/simulation/story_file.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

class SimulationTeller : public StoryTeller {
 public:
  explicit SimulationTeller(bool saving) : saving_(saving) {}

  std::string add(std::string const& xml) override {
    auto const added = simulation_.add(xml);
    return added ? "" : added.error().english();
  }
  // A decision is waited for, as a service is.
  void decide_by(std::string const&) override {}
  json::object tell(json::object const& command) override {
    auto answer = simulation_.tell(command);
    if (!saving_) return answer;
    auto const restored = simulation_.tell(json::object{{"save_restore", true}});
    CHECK(restored.at("open") == answer.at("open"));
    CHECK(restored.at("variables") == answer.at("variables"));
    return answer;
  }
  std::vector<StoryTask> tasks() override {
    std::vector<StoryTask> all;
    auto const answer = simulation_.tell(json::object{{"tasks", true}});
    for (auto const& item : answer.at("tasks").as_array()) {
      auto const& task = item.as_object();
      all.push_back({text_of(task, "element"), text_of(task, "person"), text_of(task, "role")});
    }
    return all;
  }
  bool check(std::string const&) override { return false; }

 private:
  // 2026-11-02T00:00:00Z, a Monday. Working time is twice as long as the wall's, on the calendar "slow" three
  // times.
  Simulation simulation_{from_ms(1'793'577'600'000),
                         [](Instant from, Milliseconds working, std::string_view calendar) {
                           return from + working * (calendar == "slow" ? 3 : 2);
                         }};
  bool saving_;
};

}  // namespace

TEST_CASE("the stories of processes go as they are told") {
  std::size_t count = 0;
  for (auto const& story : all_stories()) {
    if (!story.only.empty() && story.only != "simulation") continue;
    for (bool const saving : {false, true}) {
      ++count;
      SimulationTeller teller(saving);
      StoryTelling(story, teller).go(saving ? " (saving)" : "");
    }
  }
  CHECK(count > 100);
}
