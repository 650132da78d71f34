#include "process/durable/deputies.hpp"
#include "process/durable/trace.hpp"
#include "process/durable/verb_house.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

TEST_CASE("a lent task comes back to its owner when it is done, and one handed over goes on") {
  VerbHouse house;
  house.each(chain(), [&] {
    house.start({{"chief", "cat"}});
    auto const id = house.open("a").id;
    house.command([&](auto& edit) { return house.processes->delegate(edit, id, "ann", "bob", "please"); })
        .value();
    CHECK(house.elements() == Ids{"a:bob"});
    CHECK(house.complete("a", "ann").error().why == Why::forbidden);
    CHECK(house.complete("a", "bob").value().created.at(0).assignee == "ann");
    CHECK(house.elements() == Ids{"a:ann"});
    house.command([&](auto& edit) { return house.processes->hand_over(edit, id, "ann", "dan", ""); }).value();
    house.complete("a", "dan").value();
    CHECK(house.elements() == Ids{"b"});
    house.check_rebuilt();
    auto const told = house.look([&](auto& reader) {
      return history(reader, house.processes->definitions(), house.instance, 0, 100);
    });
    Ids kinds;
    for (auto const& entry : told) kinds.push_back(entry.kind);
    CHECK(kinds == Ids{"started", "delegated", "given_back", "handed_over", "completed"});
  });
}

TEST_CASE("of two people who take a task at once, one has it") {
  VerbHouse house;
  house.each(chain(), [&] {
    house.start();
    auto const id = house.open("a").id;
    house.command([&](auto& edit) { return house.processes->claim(edit, id, "ann"); }).value();
    CHECK(house.command([&](auto& edit) { return house.processes->claim(edit, id, "bob"); }).error().why ==
          Why::conflict);
    house.command([&](auto& edit) { return house.processes->release(edit, id, "ann"); }).value();
    CHECK(house.elements() == Ids{"a"});
  });
}

TEST_CASE("sent straight back, the step returns to who sent it, and the events still rebuild the instance") {
  VerbHouse house;
  house.each(chain(), [&] {
    house.start({{"chief", "cat"}});
    house.complete("a", "ann").value();
    house.complete("b", "bob", {{"chief", "cat"}}).value();
    auto const id = house.open("c").id;
    auto const send = [&](std::string const& to) {
      return house.command([&](auto& edit) {
        return house.processes->send_back(edit, id, "cat", to, true, {{"chief", "x"}});
      });
    };
    CHECK(send("c").error().faults[0].field == "/element");
    auto const steps = house.look(
        [&](auto& reader) { return house.processes->earlier_steps(reader, *find_task(reader, id)); });
    REQUIRE(steps.size() == 2);
    CHECK(steps[0].element == "a");
    CHECK(send("a").value().record_state == "first");
    CHECK(house.elements() == Ids{"a"});
    house.check_rebuilt();
    house.complete("a", "ann", {{"chief", "x"}}).value();
    CHECK(house.elements() == Ids{"c:cat"});
    house.check_rebuilt();
    CHECK(house.complete("c", "cat").value().ended);
    house.check_rebuilt();
  });
}

TEST_CASE("a step is taken back while nobody has taken the next, with its timers") {
  VerbHouse house;
  house.each(chain(), [&] {
    house.start();
    auto const id = house.open("a").id;
    auto const withdraw = [&](std::string const& who) {
      return house.command([&](auto& edit) { return house.processes->withdraw(edit, id, who, {}); });
    };
    CHECK(withdraw("ann").error().why == Why::conflict);
    house.complete("a", "ann").value();
    CHECK(house.count("select count(*) from process_timer") == 1);
    CHECK(withdraw("bob").error().why == Why::conflict);
    auto const back = withdraw("ann").value();
    CHECK(back.record_state == "first");
    CHECK(house.elements() == Ids{"a:ann"});
    CHECK(house.count("select count(*) from process_timer") == 0);
    house.check_rebuilt();
    CHECK(withdraw("ann").error().english() ==
          "only a step that you have finished yourself can be taken back");
    auto const again = house.open("a").id;
    house.complete("a", "ann").value();
    auto const next = house.open("b").id;
    house.command([&](auto& edit) { return house.processes->claim(edit, next, "bob"); }).value();
    auto const late =
        house.command([&](auto& edit) { return house.processes->withdraw(edit, again, "ann", {}); });
    CHECK(late.error().english() == "the next step has already been touched");
    CHECK(house.elements() == Ids{"b:bob"});
  });
}

TEST_CASE("people asked before sign first, and who asked has the step again") {
  VerbHouse house;
  house.each(chain(), [&] {
    house.start();
    auto const id = house.open("a").id;
    house.command([&](auto& edit) { return house.processes->claim(edit, id, "ann"); }).value();
    auto const asked = house.command([&](auto& edit) {
      return house.processes->add_sign(edit, id, "ann", Seat::Place::before, {"bob", "cat"}, {});
    });
    CHECK(asked.value().created.size() == 2);
    CHECK(house.elements() == Ids{"a:bob", "a:cat"});
    house.complete("a", "bob").value();
    auto const third = house.open("a").id;
    house.command([&](auto& edit) { return house.processes->remove_sign(edit, third, "ann", {}); }).value();
    CHECK(house.elements() == Ids{"a:ann"});
    house.check_rebuilt();
    house.complete("a", "ann").value();
    CHECK(house.elements() == Ids{"b"});
  });
}

TEST_CASE("tasks of an absent person go to the deputy, marked, and only in that time") {
  VerbHouse house;
  house.each(chain(), [&] {
    auto const away = [&](std::string const& person, std::string const& deputy) {
      return house.command([&](auto& edit) {
        return add_deputy(edit,
                          {"", person, deputy, house.now - std::chrono::hours{1},
                           house.now + std::chrono::hours{5}, "leave"},
                          person);
      });
    };
    CHECK(away("cat", "cat").error().faults[0].field == "/deputy");
    away("cat", "dan").value();
    CHECK(away("cat", "eve").error().why == Why::conflict);
    auto const second = away("dan", "eve").value();
    house.start();
    house.complete("a", "ann").value();
    house.complete("b", "bob", {{"chief", "cat"}}).value();
    CHECK(house.elements() == Ids{"c:eve"});
    CHECK(house.open("c").deputy_for == "cat");
    house
        .command([&](auto& edit) -> Result<bool> {
          if (auto const ended = end_deputy(edit, second.id); ended.has_error()) return ended.error();
          return true;
        })
        .value();
    CHECK(house.look([&](auto& reader) { return deputy_of(reader, "cat", house.now); }) == "dan");
    house.now += std::chrono::hours{6};
    CHECK_FALSE(house.look([&](auto& reader) { return deputy_of(reader, "cat", house.now); }).has_value());
  });
}

TEST_CASE("a step is pressed for once in a while, and shown to others") {
  VerbHouse house;
  house.each(chain(), [&] {
    house.start();
    auto const id = house.open("a").id;
    auto const urge = [&] {
      return house.command([&](auto& edit) { return house.processes->urge(edit, id, "boss", "today"); });
    };
    CHECK(urge().value().urged_at.has_value());
    CHECK(urge().error().why == Why::busy);
    house.command([&](auto& edit) { return house.processes->copy_to(edit, id, "boss", {"zoe"}, "see"); })
        .value();
    CHECK(house.count("select count(*) from process_copy where person = 'zoe'") == 1);
  });
}
