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

// Errands with processes that begin when a condition becomes true, each with what it does then.
struct Watch {
  std::string id;
  std::string condition;
  std::string does;
};
Plan plan_with_watches(std::vector<Watch> const& watches) {
  auto plan = errand_plan();
  for (auto const& watch : watches)
    plan.processes[watch.id + ".bpmn"] =
        R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:yunzhi="https://yunzhi.dev/bpmn"><process id=")" +
        watch.id +
        R"(" yunzhi:record="errand"><startEvent id="turns"><conditionalEventDefinition><condition>)" +
        watch.condition + "</condition></conditionalEventDefinition></startEvent>" + watch.does +
        R"(<endEvent id="e"/><sequenceFlow id="f1" sourceRef="turns" targetRef="act"/>
    <sequenceFlow id="f2" sourceRef="act" targetRef="e"/></process></definitions>)";
  return plan;
}
std::string const looks = R"(<userTask id="act" yunzhi:role="system_operator"/>)";

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

TEST_CASE("an edit that makes its condition true begins a process for the record, once until it was false") {
  Rounds house(plan_with_watches({{"heavy", "note = \"heavy\"", looks}}));
  house.each_with_people([&] {
    auto const errand = house.errand("Bulbs");
    auto const other = house.errand("Wires");
    auto const begun = [&] { return house.count("select count(*) from process_task where element = 'act'"); };
    auto const note = [&](std::string const& text) {
      REQUIRE(house.edit(house.chief, "errand", errand, {{"note", text}}).has_value());
    };
    note("light");
    CHECK(begun() == 0);
    note("heavy");
    CHECK(begun() == 1);
    CHECK(house.steps(errand) == std::vector<std::string>{"work", "act"});
    CHECK(house.steps(other) == std::vector<std::string>{"work"});
    CHECK(house.edit(house.chief, "errand", errand, {{"title", "Lead bulbs"}}).has_value());
    CHECK(begun() == 1);
    note("light");
    note("heavy");
    CHECK(begun() == 2);
  });
}

TEST_CASE("a record that is made with the condition true begins the process beside its own") {
  Rounds house(plan_with_watches({{"named", "title = \"Bulbs\"", looks}}));
  house.each_with_people([&] {
    CHECK(house.steps(house.errand("Bulbs")) == std::vector<std::string>{"work", "act"});
    CHECK(house.steps(house.errand("Wires")) == std::vector<std::string>{"work"});
  });
}

TEST_CASE("a record is shown on the process of its family, whatever else began later for it") {
  Rounds house(plan_with_watches({{"heavy", "note = \"heavy\"", looks}}));
  house.each_with_people([&] {
    auto const errand = house.errand("Bulbs");
    REQUIRE(house.edit(house.chief, "errand", errand, {{"note", "heavy"}}).has_value());
    auto const diagram = house.look([&](store::Reader& reader) {
      return house.lifecycle().diagram(reader, *house.modules().find("errand"), errand);
    });
    CHECK(diagram->at("active") == json::array{"work"});
  });
}

TEST_CASE("a step that makes the condition true begins the process with what the step wrote") {
  Rounds house(plan_with_watches({{"failed", "result = \"burnt\"", looks}}));
  house.each_with_people([&] {
    auto const errand = house.errand("Bulbs");
    REQUIRE(house.finish(house.worker, errand, "work", {{"result", "burnt"}}).has_value());
    CHECK(house.steps(errand) == std::vector<std::string>{"check", "act"});
  });
}

TEST_CASE(
    "a version that comes into force begins nothing for records of which its condition is true already") {
  Rounds house(plan_with_watches({}));
  house.each_with_people([&] {
    auto const errand = house.errand("Bulbs");
    auto const xml = plan_with_watches({{"named", "title = \"Bulbs\"", looks}}).processes.at("named.bpmn");
    REQUIRE(house
                .command([&](store::Edit& edit) {
                  return house.processes().definitions().deploy(edit, "named.bpmn", xml);
                })
                .has_value());
    REQUIRE(house.edit(house.chief, "errand", errand, {{"note", "still Bulbs"}}).has_value());
    CHECK(house.steps(errand) == std::vector<std::string>{"work"});
  });
}

TEST_CASE("what a process that a condition begins writes may begin another, but not without end") {
  std::string const grows =
      R"(<scriptTask id="act" scriptFormat="feel" yunzhi:result="note"><script>note + "x"</script></scriptTask>)";
  Rounds house(
      plan_with_watches({{"odd", "odd(string length(note))", grows},
                         {"even", "even(string length(note)) and string length(note) &gt; 2", grows}}));
  house.each_with_people([&] {
    auto const errand = house.errand("Bulbs");
    auto const once = house.edit(house.chief, "errand", errand, {{"note", "a"}});
    REQUIRE_MESSAGE(once.has_value(), wrong(once));
    CHECK(once->at("note") == "ax");
    auto const endless = house.edit(house.chief, "errand", errand, {{"note", "abc"}});
    CHECK(wrong(endless) == " the processes begin each other without end");
    CHECK(house.get(house.chief, "errand", errand)->at("note") == "ax");
  });
}
