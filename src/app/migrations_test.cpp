#include <set>

#include <doctest/doctest.h>

#include "app/house.hpp"
#include "app/pack_source.hpp"
#include "regulation/control_check.hpp"
#include "store/testing.hpp"

using namespace yunzhi;

TEST_CASE("the whole schema stands on both databases, and every control of the standard pack runs on it") {
  auto const pack = regulation::load_pack(app::pack_files("").value());
  REQUIRE(pack.has_value());
  store::for_each_database(app::migrations(), [&](store::Store& store) {
    for (auto const& control : pack->controls) {
      if (control.expected.empty()) continue;
      auto const outcome = regulation::check_control(control, store, {}, store.clock()());
      CHECK_MESSAGE(outcome.failure.empty(), control.id, ": ", outcome.failure);
    }
  });
}

TEST_CASE("every migration is there for both databases, each of its number once") {
  std::set<std::pair<std::string, int>> seen;
  for (auto const& migration : app::migrations()) {
    CAPTURE(migration.owner);
    CAPTURE(migration.number);
    CHECK(!migration.sqlite.empty());
    CHECK(!migration.postgresql.empty());
    CHECK(seen.emplace(migration.owner, migration.number).second);
  }
}
