#include <doctest/doctest.h>

#include "record/rows.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

// An errand whose last step is signed by two roles, and a call to the outside before it.
std::string calling_process() {
  auto text = errand_process();
  auto const replace = [&](std::string_view from, std::string_view to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("<bpmn:startEvent id=\"noted\" />",
          "<bpmn:startEvent id=\"noted\" /><bpmn:serviceTask id=\"call\" yunzhi:action=\"ring\" />"
          "<bpmn:sequenceFlow id=\"f0\" sourceRef=\"noted\" targetRef=\"call\" />");
  replace("sourceRef=\"noted\" targetRef=\"work\"", "sourceRef=\"call\" targetRef=\"work\"");
  return text;
}

struct Ring : process::Action {
  explicit Ring(int& rung, bool fails) : rung_(rung), fails_(fails) {}
  [[nodiscard]] bool idempotent() const override { return true; }
  Result<> run(process::Job const&, json::object const&) override {
    ++rung_;
    if (fails_) return refuse(Why::busy, "", "no answer");
    return {};
  }
  int& rung_;
  bool fails_;
};

struct Errands : ErrandWorkshop {
  using ErrandWorkshop::ErrandWorkshop;

  void each_with_errand(std::function<void()> const& story) {
    ErrandWorkshop::each_with_errand([&] {
      second = person("Second", "system_operator");
      story();
    });
  }
  std::string instance() const {
    return look([&](store::Reader& reader) {
      return *reader.one<std::string>("select id from process_instance where record = :record", id);
    });
  }
  template <class Do>
  Result<json::object> verb(Do&& act) {
    return command([&](store::Edit& edit) -> Result<json::object> {
      auto done = act(edit);
      if (done.has_error()) return done.error();
      return done->record;
    });
  }
  template <class Do>
  Result<json::object> on_instance(Do&& act) {
    auto const running = instance();
    return verb([&](store::Edit& edit) {
      return lifecycle().with_instance(edit, chief, running,
                                       [&](json::object const& record) { return act(edit, record); });
    });
  }

  access::Actor second;
};

Plan calling_plan() {
  auto plan = errand_plan();
  for (auto& [file, text] : plan.processes) text = calling_process();
  return plan;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a step sent back takes the record's state along, and only who holds it sends it") {
  Errands house;
  house.each_with_errand([&] {
    REQUIRE(house.finish(house.worker, house.id, "work", {{"result", "changed"}}).has_value());
    auto const step = house.step(house.id, "check");
    auto const send = [&](access::Actor const& actor, std::string const& to) {
      return house.verb(
          [&](store::Edit& edit) { return house.lifecycle().send_back(edit, actor, step, to, true, "why"); });
    };
    CHECK(send(house.worker, "work").error().why == Why::forbidden);
    CHECK(wrong(send(house.chief, "check")) == "/element 'check' is no step that was done before this one");
    auto const back = send(house.chief, "work");
    REQUIRE_MESSAGE(back.has_value(), wrong(back));
    CHECK(back->at("state") == "working");
    CHECK(house.steps(house.id) == Names{"work"});
    CHECK(house.finish(house.worker, house.id, "work", {{"result", "better"}})->at("state") == "checking");
  });
}

TEST_CASE("a step taken back is its doer's again, with the record as it was") {
  Errands house;
  house.each_with_errand([&] {
    auto const step = house.step(house.id, "work");
    REQUIRE(house.finish(house.worker, house.id, "work", {{"result", "changed"}}).has_value());
    auto const withdraw = [&](access::Actor const& actor) {
      return house.verb([&](store::Edit& edit) { return house.lifecycle().withdraw(edit, actor, step); });
    };
    CHECK(withdraw(house.second).error().why == Why::conflict);
    auto const back = withdraw(house.worker);
    REQUIRE_MESSAGE(back.has_value(), wrong(back));
    CHECK(back->at("state") == "working");
    CHECK(house.finish(house.second, house.id, "work", {{"result", "x"}}).error().why == Why::forbidden);
  });
}

TEST_CASE("lent, handed over, pressed for and copied, each person is told") {
  Errands house;
  house.each_with_errand([&] {
    auto const step = house.step(house.id, "work");
    auto const told = [&](std::string const& person) {
      return !house.sent.empty() && house.sent.back().people == Names{person};
    };
    auto const lent = house.command([&](store::Edit& edit) {
      return house.lifecycle().delegate(edit, house.worker, step, house.second.person, "");
    });
    CHECK(lent->at("assignee") == json::value(house.second.person));
    CHECK(told(house.second.person));
    CHECK(wrong(house.command([&](store::Edit& edit) {
            return house.lifecycle().hand_over(edit, house.second, step, "nobody", "");
          })) == "/person there is no person with this id that you may see");
    REQUIRE(house.finish(house.second, house.id, "work", {{"result", "x"}}).has_value());
    CHECK(house.steps(house.id) == Names{"work"});
    CHECK(told(house.worker.person));
    REQUIRE(house
                .command([&](store::Edit& edit) {
                  return house.lifecycle().urge(edit, house.chief, step, "today");
                })
                .has_value());
    CHECK(told(house.worker.person));
    REQUIRE(house
                .command([&](store::Edit& edit) {
                  return house.lifecycle().copy_to(edit, house.chief, step, {house.second.person}, "see");
                })
                .has_value());
    CHECK(told(house.second.person));
    auto const copies = house.look(
        [&](store::Reader& reader) { return house.lifecycle().copies(reader, house.second, 10, ""); });
    CHECK(copies.at("items").as_array().size() == 1);
  });
}

TEST_CASE("a signature is added by who holds the step, and taken away by who asked") {
  Errands house;
  house.each_with_errand([&] {
    auto const step = house.step(house.id, "work");
    auto const added = house.verb([&](store::Edit& edit) {
      return house.lifecycle().add_sign(edit, house.worker, step, process::Seat::Place::before,
                                        {house.second.person});
    });
    REQUIRE_MESSAGE(added.has_value(), wrong(added));
    auto const asked = house.step(house.id, "work");
    CHECK(asked != step);
    auto const remove = [&](access::Actor actor) {
      return house.verb([&](store::Edit& edit) { return house.lifecycle().remove_sign(edit, actor, asked); });
    };
    CHECK(remove(house.second).error().why == Why::forbidden);
    REQUIRE(remove(house.worker).has_value());
    CHECK(house.finish(house.worker, house.id, "work", {{"result", "x"}})->at("state") == "checking");
  });
}

TEST_CASE("a suspended process is finished by nobody, until it is resumed; a cancelled one is over") {
  Errands house;
  house.each_with_errand([&] {
    auto const id = house.instance();
    auto& processes = house.processes();
    REQUIRE(house
                .on_instance([&](store::Edit& edit, json::object const&) {
                  return processes.suspend(edit, id, house.chief.person);
                })
                .has_value());
    CHECK(wrong(house.finish(house.worker, house.id, "work", {{"result", "x"}})) ==
          " the process is suspended");
    REQUIRE(house
                .on_instance([&](store::Edit& edit, json::object const&) {
                  return processes.resume(edit, id, house.chief.person);
                })
                .has_value());
    REQUIRE(house
                .on_instance([&](store::Edit& edit, json::object const& record) {
                  return processes.cancel(edit, id, record, house.chief.person);
                })
                .has_value());
    CHECK(house.steps(house.id).empty());
  });
}

TEST_CASE("a batch does the same to every process of a version, and counts") {
  Errands house;
  house.each_with_errand([&] {
    REQUIRE(house.open(house.chief, "errand", {{"title", "More"}}).has_value());
    auto const version = house.look(
        [](store::Reader& reader) { return *reader.one<std::string>("select id from process_definition"); });
    auto const batch = house.command([&](store::Edit& edit) -> Result<process::Batch> {
      return process::add_batch(edit, "suspend", version, {}, house.chief.person);
    });
    CHECK(batch->total == 2);
    CHECK(house.lifecycle().run_batch(house.store(), 1) == 1);
    CHECK(house.lifecycle().run_batch(house.store(), 10) == 1);
    CHECK(house.lifecycle().run_batch(house.store(), 10) == 0);
    auto const again = house.command([&](store::Edit& edit) -> Result<process::Batch> {
      return process::add_batch(edit, "suspend", version, {}, house.chief.person);
    });
    house.lifecycle().run_batch(house.store(), 10);
    house.lifecycle().run_batch(house.store(), 10);
    auto const find = [&](std::string const& id) {
      return house.look([&](store::Reader& reader) { return *process::find_batch(reader, id); });
    };
    CHECK(find(batch->id).done == 2);
    CHECK(find(batch->id).state == "done");
    CHECK(find(again->id).done + find(again->id).refused == 2);
  });
}

TEST_CASE("a call to the outside runs between two commands, and its result moves the process") {
  Errands house(calling_plan());
  house.each_with_errand([&] {
    int rung = 0;
    process::Actions actions;
    actions.emplace("ring", std::make_unique<Ring>(rung, false));
    CHECK(house.steps(house.id).empty());
    CHECK(house.lifecycle().run_jobs(house.store(), actions, 10) == 1);
    CHECK(rung == 1);
    CHECK(house.steps(house.id) == Names{"work"});
    CHECK(house.lifecycle().run_jobs(house.store(), actions, 10) == 0);
  });
}

TEST_CASE("a call that fails to the last is an incident that somebody is told of and can try again") {
  Errands house(calling_plan());
  house.each_with_errand([&] {
    int rung = 0;
    process::Actions actions;
    actions.emplace("ring", std::make_unique<Ring>(rung, true));
    for (int i = 0; i < 6; ++i) {
      house.lifecycle().run_jobs(house.store(), actions, 10);
      house.now += std::chrono::hours{1};
    }
    CHECK(rung == 6);
    CHECK(house.lifecycle().run_jobs(house.store(), actions, 10) == 0);
    auto const status = house.look([&](store::Reader& reader) {
      return *reader.one<std::string>("select status from process_instance where record = :record", house.id);
    });
    CHECK(status == "incident");
    actions.clear();
    actions.emplace("ring", std::make_unique<Ring>(rung, false));
    auto const running = house.instance();
    auto const token =
        house.look([](store::Reader& reader) { return process::troubled_jobs(reader, "", 10).at(0).token; });
    REQUIRE(house
                .on_instance([&](store::Edit& edit, json::object const& record) {
                  return house.processes().retry(edit, running, token, record, house.chief.person);
                })
                .has_value());
    CHECK(house.lifecycle().run_jobs(house.store(), actions, 10) == 1);
    CHECK(house.steps(house.id) == Names{"work"});
  });
}
