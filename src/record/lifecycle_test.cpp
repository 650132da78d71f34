#include "record/lifecycle.hpp"

#include <doctest/doctest.h>

#include "record/rows.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

using Errands = ErrandWorkshop;
using Names = std::vector<std::string>;

// Another version of the process of errands, in force from now on; its id.
std::string deploy(Errands& house, std::string_view from, std::string_view to) {
  auto drawing = errand_process();
  for (auto at = drawing.find(from); at != std::string::npos; at = drawing.find(from, at + to.size()))
    drawing.replace(at, from.size(), to);
  return house
      .command([&](store::Edit& edit) {
        return house.processes().definitions().deploy(edit, "errand.bpmn", drawing);
      })
      ->id;
}

}  // namespace

TEST_CASE("a record goes through its steps to the end, each step a checked edit") {
  Errands house;
  house.each_with_errand([&] {
    CHECK(house.steps(house.id) == Names{"work"});
    CHECK(house.get(house.chief, "errand", house.id)->at("state") == "working");
    auto const worked = house.finish(house.worker, house.id, "work", {{"result", "changed"}, {"size", 3}});
    REQUIRE_MESSAGE(worked.has_value(), wrong(worked));
    CHECK(worked->at("state") == "checking");
    CHECK(worked->at("size") == 3);
    auto const ended = house.finish(house.chief, house.id, "check", {{"approved", true}});
    REQUIRE_MESSAGE(ended.has_value(), wrong(ended));
    CHECK(ended->at("state") == "done");
    CHECK(house.steps(house.id).empty());
  });
}

TEST_CASE("sent back, the record forgets what was said of the last round, and goes round again") {
  Errands house;
  house.each_with_errand([&] {
    REQUIRE(house.finish(house.worker, house.id, "work", {{"result", "changed"}}).has_value());
    auto const back = house.finish(house.chief, house.id, "check", {{"approved", false}});
    REQUIRE_MESSAGE(back.has_value(), wrong(back));
    CHECK(back->at("state") == "working");
    CHECK(back->at("approved").is_null());
    CHECK(house.steps(house.id) == Names{"work"});
    // The result of the last round is still there, so the step may be finished as it stands.
    REQUIRE(house.finish(house.worker, house.id, "work", {}).has_value());
    CHECK(wrong(house.finish(house.chief, house.id, "check", {})) == "/fields/approved must not be empty");
    CHECK(house.finish(house.chief, house.id, "check", {{"approved", true}})->at("state") == "done");
  });
}

TEST_CASE("a step takes its own fields, filled, and no others") {
  Errands house;
  house.each_with_errand([&] {
    auto const work = [&](json::object const& fields) {
      return wrong(house.finish(house.worker, house.id, "work", fields));
    };
    CHECK(work({}) == "/fields/result must not be empty");
    CHECK(work({{"result", "  "}}) == "/fields/result must not be empty");
    CHECK(work({{"result", "x"}, {"title", "y"}}) == "/fields/title is not a field of this step");
    CHECK(work({{"result", "x"}, {"size", "three"}}).starts_with("/fields/size "));
    CHECK(work({{"result", "x"}, {"worker", "nobody"}}).starts_with("/fields/worker "));
    CHECK(house.steps(house.id) == Names{"work"});
  });
}

TEST_CASE("a form in the drawing holds for the versions that have it, and what it only shows stays") {
  auto plan = errand_plan();
  auto& drawing = plan.processes.begin()->second;
  std::string const word = R"(fields="result,worker,size")";
  drawing.replace(
      drawing.find(word), word.size(),
      word + R"( yunzhi:readonly="size" yunzhi:schema='{"properties": {"result": {"minLength": 5}}}')");
  Errands house(std::move(plan));
  house.each_with_errand([&] {
    auto const work = [&](json::object const& fields) {
      return wrong(house.finish(house.worker, house.id, "work", fields));
    };
    CHECK(work({{"result", "done"}}).starts_with("/fields/result does not fit the form"));
    CHECK(work({{"result", "changed"}, {"size", 3}}) == "/fields/size can only be read in this step");
    CHECK(work({{"result", "changed"}, {"size", nullptr}}).empty());
  });
}

TEST_CASE("a reference given in a step is pointed at inside the step's fields") {
  Errands house;
  house.each_with_errand([&] {
    CHECK(wrong(house.finish(house.worker, house.id, "work",
                             {{"result", "x"}, {"worker", "0190163d-8694-739b-aea5-966c26f8ad91"}})) ==
          "/fields/worker there is no person with this id that you may see");
  });
}

TEST_CASE("a step belongs to those with its role, or to the person who holds it") {
  Errands house;
  house.each_with_errand([&] {
    auto const other = house.person("Second", "system_operator");
    auto const stranger = house.person("Stranger", "visitor");
    auto const auditor = house.person("Auditor", "auditor");
    auto const step = house.step(house.id, "work");
    auto const claim = [&](access::Actor const& actor) {
      return house.command([&](store::Edit& edit) { return house.lifecycle().claim(edit, actor, step); });
    };
    CHECK(house.finish(auditor, house.id, "work", {{"result", "x"}}).error().why == Why::forbidden);
    CHECK(house.finish(stranger, house.id, "work", {{"result", "x"}}).error().why == Why::missing);
    CHECK(claim(stranger).error().why == Why::missing);
    CHECK(claim(house.worker)->at("assignee") == json::value(house.worker.person));
    CHECK(claim(other).error().why == Why::forbidden);
    CHECK(house.finish(other, house.id, "work", {{"result", "x"}}).error().why == Why::forbidden);
    auto const released =
        house.command([&](store::Edit& edit) { return house.lifecycle().release(edit, house.worker, step); });
    CHECK(released->at("assignee").is_null());
    CHECK(house.finish(other, house.id, "work", {{"result", "x"}}).has_value());
    auto const late = house.command([&](store::Edit& edit) -> Result<json::object> {
      auto done = house.lifecycle().complete(edit, other, step, {{"result", "x"}});
      if (done.has_error()) return done.error();
      return done->record;
    });
    CHECK(late.error().why == Why::conflict);
  });
}

TEST_CASE("the inbox shows a person's steps in pages, without records that person may not read") {
  Errands house;
  house.each_with_errand([&] {
    for (int i = 0; i < 3; ++i) {
      house.now += std::chrono::seconds{1};
      REQUIRE(house.open(house.chief, "errand", {{"title", "More"}}).has_value());
    }
    auto const page = [&](access::Actor const& actor, std::string const& after) {
      return house.look([&](store::Reader& reader) {
        return house.lifecycle().tasks(reader, actor, {true, false, 3, after});
      });
    };
    auto const first = page(house.worker, "");
    CHECK(first.at("items").as_array().size() == 3);
    CHECK(first.at("items").at(0).at("record").at("title") == "Bulbs");
    auto const second = page(house.worker, text_of(first, "next"));
    CHECK(second.at("items").as_array().size() == 1);
    CHECK(second.at("next").is_null());
    CHECK(page(house.chief, "").at("items").as_array().empty());
    auto blind = house.worker;
    blind.grants["errand.read"] = access::Scope::own;
    CHECK(page(blind, "").at("items").as_array().empty());
  });
}

TEST_CASE("finished steps are listed as done") {
  Errands house;
  house.each_with_errand([&] {
    REQUIRE(house.finish(house.worker, house.id, "work", {{"result", "x"}}).has_value());
    auto const done = house.look([&](store::Reader& reader) {
      return house.lifecycle().tasks(reader, house.worker, {true, true, 10, ""});
    });
    REQUIRE(done.at("items").as_array().size() == 1);
    CHECK(done.at("items").at(0).at("state") == "done");
  });
}

TEST_CASE("a step comes with its form and with the record it edits") {
  Errands house;
  house.each_with_errand([&] {
    auto const task = house.look([&](store::Reader& reader) {
      return house.lifecycle().task(reader, house.worker, house.step(house.id, "work"));
    });
    REQUIRE_MESSAGE(task.has_value(), wrong(task));
    auto const& fields = task->at("form").at("fields").as_array();
    REQUIRE(fields.size() == 3);
    CHECK(fields[0].at("name") == "result");
    CHECK(fields[0].at("required") == true);
    CHECK(fields[1].at("target") == "person");
    CHECK(task->at("record").at("title") == "Bulbs");
    auto const stranger = house.person("Stranger", "visitor");
    CHECK(house
              .look([&](store::Reader& reader) {
                return house.lifecycle().task(reader, stranger, house.step(house.id, "work"));
              })
              .error()
              .why == Why::missing);
  });
}

TEST_CASE("a form's schema is kept to by the step") {
  auto plan = errand_plan();
  plan.forms["errand.work"] =
      parse_json(R"({"type": "object", "properties": {"size": {"maximum": 5}}})").value().as_object();
  Errands house(std::move(plan));
  house.each_with_errand([&] {
    CHECK(wrong(house.finish(house.worker, house.id, "work", {{"result", "x"}, {"size", 6}}))
              .starts_with("/fields/size"));
    CHECK(house.finish(house.worker, house.id, "work", {{"result", "x"}, {"size", 5}}).has_value());
  });
}

TEST_CASE("the diagram shows where the record stands and which way it came") {
  Errands house;
  house.each_with_errand([&] {
    REQUIRE(house.finish(house.worker, house.id, "work", {{"result", "x"}}).has_value());
    auto const diagram = house.look([&](store::Reader& reader) {
      return house.lifecycle().diagram(reader, *house.modules().find("errand"), house.id);
    });
    REQUIRE(diagram.has_value());
    CHECK(diagram->at("active") == json::array{"check"});
    CHECK(json::serialize(diagram->at("flows")).find("f4") != std::string::npos);
  });
}

TEST_CASE("a record begins with the version in force, or with another by its number or tag") {
  Errands house;
  house.each_with_people([&] {
    auto const first = house.look(
        [&](store::Reader& reader) { return *house.processes().definitions().active(reader, "errand"); });
    deploy(house, "\"work\"", "\"toil\"");
    auto const begun = [&](process::Which const& which) {
      return house.steps(text_of(*house.open(house.chief, "errand", {{"title", "Bulbs"}}, which), "id"));
    };
    CHECK(begun({}) == Names{"toil"});
    CHECK(begun({1, ""}) == Names{"work"});
    (void)house.command(
        [&](store::Edit& edit) { return house.processes().definitions().tag(edit, first, "proven"); });
    CHECK(begun({{}, "proven"}) == Names{"work"});
    CHECK(begun({2, ""}) == Names{"toil"});
  });
}

TEST_CASE(
    "a version that is not there, moves other records, or is not one's to choose is refused, and no record "
    "is kept") {
  Errands house;
  house.each_with_people([&] {
    auto const open = [&](access::Actor const& who, process::Which const& which) {
      return house.open(who, "errand", {{"title", "Bulbs"}}, which);
    };
    deploy(house, "record=\"errand\"", "record=\"parcel\"");
    CHECK(wrong(open(house.chief, {7, ""})) == "process_version the process 'errand' has no version 7");
    CHECK(wrong(open(house.chief, {{}, "proven"})) ==
          "process_tag the process 'errand' has no version tagged 'proven'");
    CHECK(wrong(open(house.chief, {2, ""})) ==
          "process_version the process 'errand' moves parcel, not errand");
    CHECK(wrong(open(house.chief, {1, "proven"})) == "process_tag say a version or a tag, not both");
    CHECK(open(house.worker, {1, ""}).error().why == Why::forbidden);
    CHECK(house.look([](store::Reader& reader) {
      return reader.one<std::int64_t>("select count(*) from errand");
    }) == 0);
  });
}
