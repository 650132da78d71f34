#include "process/durable/batches.hpp"
#include "process/durable/jobs.hpp"
#include "process/durable/trace.hpp"
#include "process/durable/verb_house.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

TEST_CASE("a suspended process keeps its timers, and those overdue fire when it is resumed") {
  VerbHouse house;
  house.each(chain(), [&] {
    house.start();
    house.complete("a", "ann").value();
    house.command([&](auto& edit) { return house.processes->suspend(edit, house.instance, "boss"); }).value();
    CHECK(house.complete("b", "bob").error().english() == "the process is suspended");
    house.now += std::chrono::hours{2};
    auto const due = [&] {
      return house.look([&](auto& reader) { return house.processes->due_timers(reader, house.now, 10); });
    };
    CHECK(due().empty());
    house.command([&](auto& edit) { return house.processes->resume(edit, house.instance, "boss"); }).value();
    REQUIRE(due().size() == 1);
    auto const fired =
        house.command([&](auto& edit) { return house.processes->fire(edit, due()[0].id, {}); });
    CHECK(fired.value().tells.size() == 1);
    house.check_rebuilt();
  });
}

TEST_CASE("running instances go to another version by a mapping that is checked before") {
  VerbHouse house;
  house.each(chain(), [&] {
    house.start();
    house.complete("a", "ann").value();
    house.complete("b", "bob", {{"chief", "cat"}}).value();
    auto const fresh = house.deploy(chain("d"));
    auto const check = [&](MigrationPlan const& plan) {
      return house.look([&](auto& reader) {
        return house.processes->check_migration(reader, house.instance, fresh, plan);
      });
    };
    CHECK(check({}).error().english() == "c: 'c' has no counterpart: the new version has no step 'c'");
    CHECK(check({{{"c", "tell"}}}).error().english() ==
          "c: 'c' cannot become 'tell', which is of another kind");
    CHECK(check({{{"c", "d"}}}).has_value());
    auto const batch = house.command([&](auto& edit) -> Result<Batch> {
      return add_batch(edit, "migrate", house.version, {{"definition", fresh}}, "boss");
    });
    CHECK(batch.value().total == 1);
    CHECK(house.look([&](auto& reader) { return next_instances(reader, batch.value(), 10); }) ==
          Ids{house.instance});
    house
        .command([&](auto& edit) {
          return house.processes->migrate(edit, house.instance, fresh, {{{"c", "d"}}}, {}, "boss");
        })
        .value();
    CHECK(house.elements() == Ids{"d:cat"});
    house.check_rebuilt();
    CHECK(house.complete("d", "cat").value().ended);
  });
}

TEST_CASE("an instance is changed by hand, and one that is over starts again from a step") {
  VerbHouse house;
  house.each(chain(), [&] {
    house.start();
    house
        .command([&](auto& edit) {
          return house.processes->enter(edit, house.instance, "b", true, {{"chief", "cat"}}, "boss");
        })
        .value();
    CHECK(house.elements() == Ids{"a", "c:cat"});
    house
        .command([&](auto& edit) {
          return house.processes->drop(edit, house.instance, house.open("a").token, {}, "boss");
        })
        .value();
    CHECK(house.elements() == Ids{"c:cat"});
    CHECK(house.complete("c", "cat").value().ended);
    auto const again = house.command(
        [&](auto& edit) { return house.processes->restart(edit, house.instance, "b", {}, "boss"); });
    house.instance = again.value().instance;
    CHECK(house.elements() == Ids{"b"});
    house.check_rebuilt();
  });
}

TEST_CASE("a process is started by its newest version, by a number, or by a tag that moves on") {
  VerbHouse house;
  house.each(chain(), [&] {
    auto& definitions = house.processes->definitions();
    auto const fresh = house.deploy(chain("d"));
    auto const find = [&](Which const& which) {
      return house.look([&](auto& reader) { return definitions.find(reader, "p", which); });
    };
    auto const told = [&](auto&& act) {
      return house.command([&](auto& edit) -> Result<bool> {
        if (auto const done = act(edit); done.has_error()) return done.error();
        return true;
      });
    };
    CHECK(find({}) == fresh);
    CHECK(find({1, ""}) == house.version);
    CHECK_FALSE(find({{}, "stable"}).has_value());
    told([&](auto& edit) { return definitions.tag(edit, house.version, "stable"); }).value();
    CHECK(find({{}, "stable"}) == house.version);
    told([&](auto& edit) { return definitions.tag(edit, fresh, "stable"); }).value();
    CHECK(find({{}, "stable"}) == fresh);
    told([&](auto& edit) { return definitions.activate(edit, house.version); }).value();
    CHECK(find({}) == house.version);
    CHECK(told([&](auto& edit) { return definitions.tag(edit, "nothing", "x"); }).error().why ==
          Why::missing);
    house.start();
    CHECK(house.look([&](auto& reader) {
      return reader.template one<std::string>("select definition from process_instance where id = :id",
                                              house.instance);
    }) == house.version);
  });
}

TEST_CASE("a cycle that nobody could fire fires once, and says how often it was missed") {
  VerbHouse house;
  auto const cycle =
      bpmn("<startEvent id='s'/>" + task("a") +
           "<boundaryEvent id='round' attachedToRef='a' cancelActivity='false'><timerEventDefinition>"
           "<timeCycle>R/PT1H</timeCycle></timerEventDefinition></boundaryEvent>"
           "<serviceTask id='tell' yunzhi:action='escalate'/><endEvent id='e'/>" +
           flows({"s>a", "a>e", "round>tell"}));
  house.each(cycle, [&] {
    house.start();
    house.now += std::chrono::hours{4} + std::chrono::minutes{30};
    auto const due = [&] {
      return house.look([&](auto& reader) { return house.processes->due_timers(reader, house.now, 10); });
    };
    REQUIRE(due().size() == 1);
    auto const id = due()[0].id;
    CHECK(
        house.command([&](auto& edit) { return house.processes->fire(edit, id, {}); }).value().tells.size() ==
        1);
    CHECK(due().empty());
    CHECK(house.look([](auto& reader) {
      return reader.template one<std::string>("select data from process_event where kind = 'missed'").value();
    }) == R"({"count":3})");
    house.check_rebuilt();
  });
}

TEST_CASE("what waits outside for a token goes along when a sub-process comes to stand around it") {
  VerbHouse house;
  auto const wait = std::string(
      "<intermediateCatchEvent id='parts'><messageEventDefinition messageRef='m'/></intermediateCatchEvent>");
  auto const timed = std::string(
      "<boundaryEvent id='late' attachedToRef='a'><timerEventDefinition><timeDuration>PT1H</timeDuration>"
      "</timerEventDefinition></boundaryEvent>");
  auto const call = std::string("<serviceTask id='ring' yunzhi:action='webhook'/>");
  auto const message = std::string("<message id='m' name='parts-arrived'/>");
  auto const ways = [&](std::string const& begin) {
    return "<parallelGateway id='split'/>" + task("a") + timed + task("hurry") + wait + call +
           flows({begin + ">split", "split>a", "split>parts", "split>ring", "late>hurry"});
  };
  auto const before = bpmn("<startEvent id='s'/>" + ways("s"), message);
  auto const after = bpmn("<startEvent id='s'/><subProcess id='box'><startEvent id='bs'/>" + ways("bs") +
                              "</subProcess>" + task("z") + flows({"s>box", "box>z"}),
                          message);
  house.each(before, [&] {
    house.start();
    auto const fresh = house.deploy(after);
    house
        .command(
            [&](auto& edit) { return house.processes->migrate(edit, house.instance, fresh, {}, {}, "boss"); })
        .value();
    house.check_rebuilt();
    auto const receiver =
        house.look([&](auto& reader) { return receiver_of(reader, "parts-arrived", nullptr); });
    REQUIRE(receiver.has_value());
    house
        .command([&](auto& edit) {
          return house.processes->deliver(edit, *receiver, {"", "parts-arrived", nullptr, {}}, {}, "boss");
        })
        .value();
    auto const jobs = house.look([&](auto& reader) { return due_jobs(reader, house.now, 10); });
    REQUIRE(jobs.size() == 1);
    house
        .command([&](auto& edit) {
          end_job(edit, jobs[0].id);
          return house.processes->called(edit, house.instance, jobs[0].token, {}, "system");
        })
        .value();
    house.now += std::chrono::hours{2};
    auto const due =
        house.look([&](auto& reader) { return house.processes->due_timers(reader, house.now, 10); });
    REQUIRE(due.size() == 1);
    house.command([&](auto& edit) { return house.processes->fire(edit, due[0].id, {}); }).value();
    CHECK(house.elements() == Ids{"hurry"});
    CHECK(house.complete("hurry", "ann").value().created.size() == 1);
    CHECK(house.elements() == Ids{"z"});
    house.check_rebuilt();
  });
}

TEST_CASE("a process that was called comes back to its caller, whatever number that has now") {
  VerbHouse house;
  auto const calling = [](std::string const& begin, std::string const& end) {
    return "<callActivity id='call' calledElement='q'/>" + flows({begin + ">call", "call>" + end});
  };
  auto const called = std::string(
      "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
      "xmlns:yunzhi=\"https://yunzhi.dev/bpmn\" id=\"d\"><process id=\"q\" isExecutable=\"true\" "
      "yunzhi:record=\"incident\"><startEvent id='qs'/><userTask id='qa' yunzhi:role='r'/>" +
      flow("qs>qa") + "</process></definitions>");
  auto const before = bpmn("<startEvent id='s'/>" + calling("s", "z") + task("z"));
  auto const after =
      bpmn("<startEvent id='s'/><subProcess id='box'><startEvent id='bs'/><endEvent id='be'/>" +
           calling("bs", "be") + "</subProcess>" + task("z") + flows({"s>box", "box>z"}));
  house.each(called, [&] {
    house.deploy(before);
    house.start();
    auto const caller = house.instance;
    auto const fresh = house.deploy(after);
    house.command([&](auto& edit) { return house.processes->migrate(edit, caller, fresh, {}, {}, "boss"); })
        .value();
    house.instance = house
                         .look([&](auto& reader) {
                           return reader.template one<std::string>(
                               "select id from process_instance where caller = :caller", caller);
                         })
                         .value();
    house.complete("qa", "ann").value();
    house.instance = caller;
    CHECK(house.elements() == Ids{"z"});
    house.check_rebuilt();
  });
}

TEST_CASE("a suspended process is taken along suspended, its timers held") {
  VerbHouse house;
  auto const timed = [](std::string const& a) {
    return bpmn("<startEvent id='s'/>" + task(a) + "<boundaryEvent id='late' attachedToRef='" + a +
                "'><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
                "</boundaryEvent>" +
                task("hurry") + flows({"s>" + a, "late>hurry"}));
  };
  house.each(timed("a"), [&] {
    house.start();
    auto const fresh = house.deploy(timed("b"));
    house.command([&](auto& edit) { return house.processes->suspend(edit, house.instance, "boss"); }).value();
    house
        .command([&](auto& edit) {
          return house.processes->migrate(edit, house.instance, fresh, {{{"a", "b"}}, {"late"}}, {}, "boss");
        })
        .value();
    house.now += std::chrono::hours{2};
    CHECK(
        house.look([&](auto& reader) { return house.processes->due_timers(reader, house.now, 10); }).empty());
    house.command([&](auto& edit) { return house.processes->resume(edit, house.instance, "boss"); }).value();
    CHECK(
        house.look([&](auto& reader) { return house.processes->due_timers(reader, house.now, 10); }).size() ==
        1);
    CHECK(house.complete("b", "ann").value().ended);
  });
}
