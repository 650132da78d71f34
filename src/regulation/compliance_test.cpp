#include "regulation/compliance.hpp"

#include <doctest/doctest.h>

#include "access/testing.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::regulation;

namespace {

record::Plan plan() {
  auto plan = record::errand_plan();
  // The standard evidence views refer to modules; here the views of errands do.
  std::string const sql =
      "create table control_check (control text primary key, clause text not null, checked_at bigint not "
      "null, expected bigint not null, violations bigint not null, evidence text not null, failure text);\n"
      "create table control_day (control text not null, day text not null, expected bigint not null, "
      "violations bigint not null, primary key (control, day));\n"
      "create view evidence_errand as select id, title, state, created_at from errand;\n";
  plan.migrations.push_back({"evidence", 1, "evidence", sql, sql});
  return plan;
}

Control control(std::string const& id, std::string const& clause, std::string const& state) {
  Control made;
  made.id = id;
  made.clause = clause;
  made.every = std::chrono::minutes{5};
  made.expected = "select count(*) from evidence_errand";
  made.violations =
      "select id, 'incident' as kind, title, created_at as at, '' as note from evidence_errand where state = "
      "'" +
      state + "'";
  return made;
}

struct Regulation : record::Workshop {
  Regulation() : Workshop(plan()) {
    for (auto const* id : {"1.1", "1.2", "1.3", "1.4"}) pack.clauses.push_back({id, "clause", {}, {}, "x"});
    pack.controls = {control("held", "1.1", "never"), control("violated", "1.2", "working"),
                     control("broken", "1.3", "never")};
    pack.controls[2].expected = "select count(*) from evidence_nothing";
  }

  void each_pack(std::function<void(Compliance&)> const& story) {
    each([&] {
      told.clear();
      Compliance compliance(
          store(), pack,
          [](std::string const&, Instant) -> Result<std::vector<Sample>> { return std::vector<Sample>{}; },
          [this](std::string const& clause) { told.push_back(clause); });
      story(compliance);
    });
  }

  json::object counts(Compliance const& compliance) const {
    return look([&](store::Reader& reader) { return compliance.counts(reader); });
  }

  Pack pack;
  std::vector<std::string> told;
};

}  // namespace

TEST_CASE("a clause is held only while something was expected and nothing was found") {
  Regulation house;
  house.each_pack([&](Compliance& compliance) {
    CHECK(compliance.check(house.now, false) == 3);
    // Nothing was expected yet, so nothing is proven.
    CHECK(house.counts(compliance) ==
          json::object{{"held", 0}, {"violated", 0}, {"stale", 3}, {"no_control", 1}});
    auto const chief = house.person("Chief", "operations_supervisor");
    REQUIRE(house.open(chief, "errand", {{"title", "x"}}).has_value());
    // One control fails, and the others are checked all the same.
    CHECK(compliance.check(house.now, true) == 3);
    CHECK(house.counts(compliance) ==
          json::object{{"held", 1}, {"violated", 1}, {"stale", 1}, {"no_control", 1}});
    CHECK(house.told == std::vector<std::string>{"1.1", "1.2"});
  });
}

TEST_CASE("evidence that is not renewed goes stale, violations too") {
  Regulation house;
  house.each_pack([&](Compliance& compliance) {
    auto const chief = house.person("Chief", "operations_supervisor");
    REQUIRE(house.open(chief, "errand", {{"title", "x"}}).has_value());
    compliance.check(house.now, true);
    house.now += std::chrono::minutes{16};
    CHECK(house.counts(compliance) ==
          json::object{{"held", 0}, {"violated", 0}, {"stale", 3}, {"no_control", 1}});
  });
}

TEST_CASE("a control is checked again after its interval, and not before") {
  Regulation house;
  house.each_pack([&](Compliance& compliance) {
    CHECK(compliance.check(house.now, false) == 3);
    CHECK(compliance.check(house.now + std::chrono::minutes{4}, false) == 0);
    CHECK(compliance.check(house.now + std::chrono::minutes{5}, false) == 3);
  });
}

TEST_CASE("a clause tells everybody how it stands, but names records only to those who may read them all") {
  Regulation house;
  house.each_pack([&](Compliance& compliance) {
    access::House organisation(house.store());
    compliance.routes(organisation.router, organisation.access->gate());
    auto const evidence = [&](std::string const& account) {
      access::Client client(organisation.router);
      REQUIRE(client.sign_in(account) == 201);
      auto const clause = access::object_of(client.get("/api/v1/clauses/1.2"));
      CHECK(clause.at("state") == "violated");
      return clause.at("controls").at(0).at("evidence").as_array().size();
    };
    auto const chief = house.person("Chief", "operations_supervisor");
    REQUIRE(house.open(chief, "errand", {{"title", "x"}}).has_value());
    compliance.check(house.now, true);
    CHECK(evidence("supervisor") == evidence("officer-security") + 1);
  });
}
