#include "regulation/control_check.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::regulation;

namespace {

// Errands stand for incidents here: the view has their names.
record::Plan plan() {
  auto plan = record::errand_plan();
  std::string const view =
      "create view evidence_errand as select id, number, title, state, created_at from errand;\n";
  plan.migrations.push_back({"evidence", 1, "evidence", view, view});
  return plan;
}

Control nothing_is_late() {
  Control control;
  control.id = "nothing-is-late";
  control.clause = "3.4.1";
  control.every = std::chrono::minutes{5};
  control.period_days = 2;
  control.expected = "select count(*) from evidence_errand where created_at >= :since and created_at <= :now";
  control.violations =
      "select id, 'errand' as kind, title, created_at as at, 'late' as note from evidence_errand "
      "where created_at <= :now and created_at >= :since and state <> 'done'";
  return control;
}

Signals no_signals() {
  return [](std::string const&, Instant) -> Result<std::vector<Sample>> {
    return refuse(Why::busy, "", "the database cannot be reached at the moment");
  };
}

}  // namespace

TEST_CASE("a control counts what was expected in its period and shows what was not so") {
  record::Workshop house(plan());
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    REQUIRE(house.open(chief, "errand", {{"title", "old"}}).has_value());
    house.now += std::chrono::days{3};
    auto const made = house.open(chief, "errand", {{"title", "new"}});
    REQUIRE(made.has_value());
    auto const outcome = check_control(nothing_is_late(), house.store(), no_signals(), house.now);
    CHECK(outcome.failure.empty());
    CHECK(outcome.expected == 1);
    CHECK(outcome.violations == 1);
    REQUIRE(outcome.evidence.size() == 1);
    CHECK(outcome.evidence[0].id == text_of(*made, "id"));
    CHECK(outcome.evidence[0].title == "new");
    CHECK(outcome.evidence[0].at == house.now);
  });
}

TEST_CASE("a query that fails is a failure of its control, with the reason") {
  record::Workshop house(plan());
  house.each([&] {
    auto control = nothing_is_late();
    control.violations = "select nonsense from evidence_errand";
    CHECK(!check_control(control, house.store(), no_signals(), house.now).failure.empty());
    control = nothing_is_late();
    control.expected = "select count(*) from evidence_nothing";
    CHECK(!check_control(control, house.store(), no_signals(), house.now).failure.empty());
  });
}

TEST_CASE("a control over signals counts series, and leaves out figures that are none") {
  record::Workshop house(plan());
  house.each([&] {
    Control control;
    control.promql_expected = "count(up)";
    control.promql_violations = "up == 0";
    auto const signals = [](std::string const& expression, Instant) -> Result<std::vector<Sample>> {
      if (expression == "count(up)") return std::vector<Sample>{{{}, 3}, {{}, NAN}, {{}, INFINITY}};
      return std::vector<Sample>{{{{"instance", "a:9100"}}, 0}};
    };
    auto const outcome = check_control(control, house.store(), signals, house.now);
    CHECK(outcome.expected == 3);
    CHECK(outcome.violations == 1);
    CHECK(outcome.evidence.at(0).title == "a:9100");
    CHECK(!check_control(control, house.store(), no_signals(), house.now).failure.empty());
  });
}
