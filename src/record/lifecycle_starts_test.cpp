#include <doctest/doctest.h>

#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

// A round that begins every day, with the title its data object gives; none when it is empty.
Plan plan_with_rounds(std::string const& title) {
  auto plan = errand_plan();
  plan.processes["rounds.bpmn"] =
      R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:yunzhi="https://yunzhi.dev/bpmn"><process id="rounds" yunzhi:record="errand">)" +
      title + R"(<startEvent id="daily"><timerEventDefinition><timeCycle>R3/PT24H</timeCycle>
    </timerEventDefinition></startEvent><userTask id="look" yunzhi:role="system_operator"/><endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="daily" targetRef="look"/>
    <sequenceFlow id="f2" sourceRef="look" targetRef="e"/></process></definitions>)";
  return plan;
}

struct Rounds : ErrandWorkshop {
  using ErrandWorkshop::ErrandWorkshop;

  std::size_t begin() { return lifecycle().begin_timed(store(), 10); }
  std::int64_t count(std::string_view sql) {
    return look([&](store::Reader& reader) { return reader.one<std::int64_t>(sql).value(); });
  }
};

}  // namespace

TEST_CASE("a timer opens a record with the values of the process's data objects, as often as it says") {
  Rounds house(plan_with_rounds(R"(<dataObject id="d" name="title" yunzhi:value='"Daily round"'/>)"));
  house.each_with_people([&] {
    CHECK(house.begin() == 1);  // armed
    CHECK(house.begin() == 0);
    house.now += std::chrono::hours{23};
    CHECK(house.begin() == 0);
    for (int round = 1; round <= 3; ++round) {
      house.now += std::chrono::hours{24};
      CHECK(house.begin() == 1);
      CHECK(house.begin() == 0);
      CHECK(house.count("select count(*) from errand where title = 'Daily round'") == round);
      CHECK(house.count("select count(*) from process_task where element = 'look' and state = 'open'") ==
            round);
    }
    house.now += std::chrono::hours{48};
    CHECK(house.begin() == 0);
    CHECK(house.count("select count(*) from ledger where action = 'errand.create'") == 3);
  });
}

TEST_CASE("a cycle that was due several times while nobody was there opens one record") {
  Rounds house(plan_with_rounds(R"(<dataObject id="d" name="title" yunzhi:value='"Daily round"'/>)"));
  house.each_with_people([&] {
    house.begin();
    house.now += std::chrono::hours{24 * 10};
    CHECK(house.begin() == 1);
    CHECK(house.begin() == 0);
    CHECK(house.count("select count(*) from errand") == 1);
  });
}

TEST_CASE("a record that cannot be opened is told to the supervisors, and the next round still comes") {
  Rounds house(plan_with_rounds(""));
  house.each_with_people([&] {
    house.begin();
    house.now += std::chrono::hours{24};
    CHECK(house.begin() == 1);
    CHECK(house.count("select count(*) from errand") == 0);
    REQUIRE(house.sent.size() == 1);
    CHECK(house.sent[0].people == std::vector<std::string>{house.chief.person});
    CHECK(house.sent[0].message.arguments == std::vector<std::string>{"daily", "/title: must not be empty"});
    CHECK(house.begin() == 0);
    house.now += std::chrono::hours{24};
    CHECK(house.begin() == 1);
  });
}

TEST_CASE("another version of the process takes its timers away and brings its own") {
  Rounds house(plan_with_rounds(R"(<dataObject id="d" name="title" yunzhi:value='"Daily round"'/>)"));
  house.each_with_people([&] {
    house.begin();
    auto const deploy = [&](std::string const& every) {
      auto xml = plan_with_rounds("").processes.at("rounds.bpmn");
      xml.replace(xml.find("R3/PT24H"), 8, every);
      REQUIRE(house
                  .command([&](store::Edit& edit) {
                    return house.processes().definitions().deploy(edit, "rounds.bpmn", xml);
                  })
                  .has_value());
    };
    deploy("R/PT1H");
    CHECK(house.count("select count(*) from process_timed_start") == 1);
    CHECK(house.begin() == 1);
    house.now += std::chrono::hours{1};
    CHECK(house.begin() == 1);
  });
}
