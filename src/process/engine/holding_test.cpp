#include "process/engine/holding.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

Holding free_task() {
  return {"operator", std::nullopt, std::nullopt};
}

}  // namespace

TEST_CASE("a task is taken once and given back to its role") {
  auto const taken = claim(free_task(), "ann").value();
  CHECK(taken.assignee == "ann");
  CHECK(claim(taken, "ann").value().assignee == "ann");
  CHECK(claim(taken, "bob").error().why == Why::conflict);
  CHECK(release(taken, "bob").has_error());
  CHECK_FALSE(release(taken, "ann").value().assignee.has_value());
  CHECK(release({"", "ann", std::nullopt}, "ann").has_error());
}

TEST_CASE("a lent task comes back to its owner, however often it was lent on") {
  auto lent = delegate(claim(free_task(), "ann").value(), "ann", "bob").value();
  CHECK(lent.assignee == "bob");
  lent = delegate(lent, "bob", "cat").value();
  CHECK(lent.owner == "ann");
  auto const back = give_back(lent, "cat").value();
  CHECK(back.assignee == "ann");
  CHECK_FALSE(back.owner.has_value());
  CHECK(give_back(back, "ann").has_error());
  CHECK(release(lent, "cat").value().assignee == "ann");
  CHECK_FALSE(delegate(lent, "cat", "ann").value().owner.has_value());
}

TEST_CASE("a task handed over does not come back") {
  auto const lent = delegate(free_task(), "ann", "bob").value();
  auto const given = hand_over(lent, "bob", "cat").value();
  CHECK(given.assignee == "cat");
  CHECK_FALSE(given.owner.has_value());
}

TEST_CASE("only who holds a task passes it on, and never to nobody or to oneself") {
  auto const held = claim(free_task(), "ann").value();
  CHECK(hand_over(held, "bob", "cat").has_error());
  CHECK(delegate(held, "ann", "ann").error().faults[0].field == "/person");
  CHECK(hand_over(held, "ann", "").error().faults[0].field == "/person");
  CHECK(delegate({"", std::nullopt, std::nullopt}, "ann", "bob").has_error());
}
