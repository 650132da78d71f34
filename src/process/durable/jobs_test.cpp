#include "process/durable/jobs.hpp"

#include "process/durable/verb_house.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

TEST_CASE("a service call is a job written with its token, and its result moves the process once") {
  VerbHouse house;
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
  VerbHouse house;
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
    VerbHouse house;
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
  VerbHouse house;
  house.each(service(), [&] {
    house.start();
    house.command([&](auto& edit) { return house.processes->cancel(edit, house.instance, {}, "boss"); })
        .value();
    CHECK(house.count("select count(*) from process_job") == 0);
  });
}
