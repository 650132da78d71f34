#include <doctest/doctest.h>

#include "process/durable/batches.hpp"
#include "process/durable/deputies.hpp"
#include "process/durable/jobs.hpp"
#include "process/durable/processes.hpp"
#include "process/durable/task_rows.hpp"
#include "process/durable/trace.hpp"
#include "process/engine/story.hpp"
#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

using Ids = std::vector<std::string>;

std::string chain(std::string_view last = "c") {
  auto const third = std::string(last);
  return bpmn(
      "<startEvent id='s'/><userTask id='a' yunzhi:role='r' yunzhi:state='first'/><userTask id='b' "
      "yunzhi:role='r'/><boundaryEvent id='late' attachedToRef='b' cancelActivity='false'>"
      "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>"
      "<serviceTask id='tell' yunzhi:action='escalate'/><userTask id='" +
      third + "' yunzhi:role='r' yunzhi:assignee='field:chief'/><endEvent id='e'/>" +
      flows({"s>a", "a>b", "b>" + third, third + ">e", "late>tell"}));
}

std::string service() {
  return bpmn("<startEvent id='s'/><serviceTask id='call' yunzhi:action='webhook'/>" + task("a") +
              "<endEvent id='e'/>" + flows({"s>call", "call>a", "a>e"}));
}

class House {
 public:
  void each(std::string const& xml, std::function<void()> const& story) {
    store::for_each_database(
        store::migrations_of({"store", "process/durable"}),
        [&](store::Store& store) {
          store_ = &store;
          now = from_ms(1'800'000'000'000);
          processes = std::make_unique<Processes>(
              [](Instant from, Milliseconds working, std::string_view) { return from + working; });
          version = deploy(xml);
          story();
        },
        [this] { return now; });
  }

  template <class Do>
  auto command(Do&& act) {
    now += std::chrono::seconds{1};
    return store_->write([&](store::Edit& edit) {
      auto result = act(edit);
      edit.record({"tester", "process.test", "", {}, ""});
      return result;
    });
  }
  template <class Do>
  auto look(Do&& act) {
    return store_->read(act);
  }

  std::string deploy(std::string const& xml) {
    return command([&](auto& edit) { return processes->definitions().deploy(edit, "p.bpmn", xml); })
        .value()
        .id;
  }
  Outcome start(json::object const& fields = {}) {
    auto outcome = command([&](auto& edit) {
      return processes->start(edit, "p", "incident", "r-" + std::to_string(++records), fields, "anna");
    });
    instance = outcome.value().instance;
    return outcome.value();
  }
  Task open(std::string const& element) {
    auto const row = look([&](auto& reader) {
      return reader.template one<std::string>(
          "select id from process_task where instance = :instance and element = :element and state = 'open' "
          "order by id limit 1",
          instance, element);
    });
    REQUIRE_MESSAGE(row.has_value(), element);
    return look([&](auto& reader) { return *find_task(reader, *row); });
  }
  Ids elements() {
    Ids all;
    for (auto const& [element, who] : look([&](auto& reader) {
           return reader.template rows<std::string, std::optional<std::string>>(
               "select element, assignee from process_task where instance = :instance and state = 'open' "
               "order "
               "by element, seat",
               instance);
         }))
      all.push_back(element + (who ? ":" + *who : ""));
    return all;
  }
  Result<Outcome> complete(std::string const& element, std::string const& who,
                           json::object const& fields = {}, Vote vote = Vote::none) {
    auto const id = open(element).id;
    return command([&](auto& edit) { return processes->complete(edit, id, who, fields, vote); });
  }
  // What stands in the row is what the events tell.
  void check_rebuilt() {
    auto const stored = look([&](auto& reader) {
      return reader.template one<std::string>("select state from process_instance where id = :id", instance);
    });
    auto const rebuilt = look([&](auto& reader) { return processes->rebuild(reader, instance); });
    REQUIRE_MESSAGE(rebuilt.has_value(), rebuilt.error().english());
    CHECK(json::parse(rebuilt.value().state) == json::parse(stored.value()));
  }
  std::int64_t count(std::string_view sql) {
    return look([&](auto& reader) { return reader.template one<std::int64_t>(sql).value(); });
  }

  Instant now = from_ms(1'800'000'000'000);
  std::unique_ptr<Processes> processes;
  std::string version;
  std::string instance;
  int records = 0;

 private:
  store::Store* store_ = nullptr;
};

}  // namespace

TEST_CASE("a lent task comes back to its owner when it is done, and one handed over goes on") {
  House house;
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
  House house;
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
  House house;
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
  House house;
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
  House house;
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
  House house;
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

TEST_CASE("a suspended process keeps its timers, and those overdue fire when it is resumed") {
  House house;
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

TEST_CASE("a step is pressed for once in a while, and shown to others") {
  House house;
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

TEST_CASE("running instances go to another version by a mapping that is checked before") {
  House house;
  house.each(chain(), [&] {
    house.start();
    house.complete("a", "ann").value();
    house.complete("b", "bob", {{"chief", "cat"}}).value();
    auto const fresh = house.deploy(chain("d"));
    auto const check = [&](ElementMapping const& mapping) {
      return house.look([&](auto& reader) {
        return house.processes->check_migration(reader, house.instance, fresh, mapping);
      });
    };
    CHECK(check({}).error().english() == "c: 'c' has no counterpart: the new version has no step 'c'");
    CHECK(check({{"c", "tell"}}).error().english() ==
          "c: 'c' cannot become 'tell', which is of another kind");
    CHECK(check({{"c", "d"}}).has_value());
    auto const batch = house.command([&](auto& edit) -> Result<Batch> {
      return add_batch(edit, "migrate", house.version, {{"definition", fresh}}, "boss");
    });
    CHECK(batch.value().total == 1);
    CHECK(house.look([&](auto& reader) { return next_instances(reader, batch.value(), 10); }) ==
          Ids{house.instance});
    house
        .command([&](auto& edit) {
          return house.processes->migrate(edit, house.instance, fresh, {{"c", "d"}}, {}, "boss");
        })
        .value();
    CHECK(house.elements() == Ids{"d:cat"});
    house.check_rebuilt();
    CHECK(house.complete("d", "cat").value().ended);
  });
}

TEST_CASE("an instance is changed by hand, and one that is over starts again from a step") {
  House house;
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

TEST_CASE("a service call is a job written with its token, and its result moves the process once") {
  House house;
  house.each(service(), [&] {
    house.start();
    auto const jobs = house.look([&](auto& reader) { return due_jobs(reader, house.now, 10); });
    REQUIRE(jobs.size() == 1);
    CHECK(jobs[0].action == "webhook");
    auto const begin = [&] {
      return house.command([&](auto& edit) -> Result<bool> { return begin_job(edit, jobs[0].id); }).value();
    };
    CHECK(begin());
    CHECK_FALSE(begin());
    house
        .command([&](auto& edit) {
          end_job(edit, jobs[0].id);
          return house.processes->called(edit, house.instance, jobs[0].token, {}, "system:job");
        })
        .value();
    CHECK(house.elements() == Ids{"a"});
    house.check_rebuilt();
  });
}

TEST_CASE("a call is tried again after longer and longer, and after the last time a person is asked") {
  House house;
  house.each(service(), [&] {
    house.start();
    bool last = false;
    Instant before = house.now;
    for (int i = 0; i < 6 && !last; ++i) {
      auto const wait = house.look([&](auto& reader) {
        return reader.template one<Instant>("select due_at from process_job").value();
      });
      CHECK(wait >= before);
      house.now = wait;
      before = wait;
      auto const jobs = house.look([&](auto& reader) { return due_jobs(reader, house.now, 10); });
      REQUIRE(jobs.size() == 1);
      last = house
                 .command([&](auto& edit) -> Result<bool> {
                   begin_job(edit, jobs[0].id);
                   return fail_job(edit, jobs[0], "no answer");
                 })
                 .value();
    }
    CHECK(last);
    auto const troubled = house.look([](auto& reader) { return troubled_jobs(reader, "", 10); });
    REQUIRE(troubled.size() == 1);
    CHECK(troubled[0].state == "failed");
    CHECK(troubled[0].problem == "no answer");
    CHECK(troubled[0].attempts == 6);
  });
}

TEST_CASE("what was running at a crash is run again only when it may be; else a person says what happened") {
  struct Calls : Action {
    explicit Calls(bool twice) : twice_(twice) {}
    [[nodiscard]] bool idempotent() const override { return twice_; }
    Result<> run(Job const&, json::object const&) override { return {}; }
    bool twice_;
  };
  for (bool const twice : {false, true}) {
    House house;
    house.each(service(), [&] {
      house.start();
      Actions actions;
      actions.emplace("webhook", std::make_unique<Calls>(twice));
      auto const unknown = house.command([&](auto& edit) -> Result<std::size_t> {
        begin_job(edit, due_jobs(edit, house.now, 10).at(0).id);
        return recover_jobs(edit, actions);
      });
      CHECK(unknown.value() == (twice ? 0 : 1));
      CHECK(house.count("select count(*) from process_job where state = 'waiting'") == (twice ? 1 : 0));
      if (twice) return;
      auto const job = house.look([](auto& reader) { return troubled_jobs(reader, "", 10).at(0); });
      CHECK(job.state == "unknown");
      house
          .command([&](auto& edit) -> Result<bool> {
            if (auto const again = retry_job(edit, job.id); again.has_error()) return again.error();
            return true;
          })
          .value();
      CHECK(house.look([&](auto& reader) { return due_jobs(reader, house.now, 10); }).size() == 1);
    });
  }
}

TEST_CASE("a job whose token is gone is not done any more") {
  House house;
  house.each(service(), [&] {
    house.start();
    house.command([&](auto& edit) { return house.processes->cancel(edit, house.instance, {}, "boss"); })
        .value();
    CHECK(house.count("select count(*) from process_job") == 0);
  });
}

TEST_CASE("a process is started by its newest version, by a number, or by a tag that moves on") {
  House house;
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
  House house;
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
