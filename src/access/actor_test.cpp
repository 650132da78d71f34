#include "access/actor.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::access;

namespace {

Actor somebody() {
  Actor actor;
  actor.person = "me";
  actor.unit = "ward";
  actor.units = {"ward", "room"};
  actor.grants = {
      {"incident.read", Scope::unit}, {"incident.update", Scope::own}, {"incident.close", Scope::all}};
  return actor;
}

Why why(Result<> const& result) {
  return result.error().why;
}

}  // namespace

TEST_CASE("own records are those of the owner and of the people named") {
  CHECK(may(somebody(), "incident.update", {"me", "elsewhere", {}}).has_value());
  CHECK(may(somebody(), "incident.update", {"other", "elsewhere", {"me"}}).has_value());
  CHECK(why(may(somebody(), "incident.update", {"other", "ward", {}})) == Why::forbidden);
}

TEST_CASE("unit reaches the units below and nothing beside") {
  CHECK(may(somebody(), "incident.read", {"other", "room", {}}).has_value());
  CHECK(why(may(somebody(), "incident.read", {"other", "elsewhere", {}})) == Why::missing);
}

TEST_CASE("what may not be read is missing, whatever else was asked") {
  CHECK(why(may(somebody(), "incident.update", {"other", "elsewhere", {}})) == Why::missing);
}

TEST_CASE("a wider right does not need the right to read") {
  CHECK(may(somebody(), "incident.close", {"other", "elsewhere", {}}).has_value());
}

TEST_CASE("without a subject any scope is enough and none is forbidden") {
  CHECK(may(somebody(), "incident.update").has_value());
  CHECK(why(may(somebody(), "system.write")) == Why::forbidden);
  CHECK(scope(somebody(), "system.write") == Scope::none);
}

TEST_CASE("a part of the product may everything") {
  CHECK(may(system_actor("alert"), "incident.report", {"x", "y", {}}).has_value());
  CHECK(system_actor("alert").person == "system:alert");
}
