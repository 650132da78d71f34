#include "monitor/series/snapshot.hpp"

#include "monitor/series/store_fixture.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using namespace yunzhi::monitor::testing;

TEST_CASE("a snapshot spares the log, and samples after it come from the log") {
  Folder folder;
  auto const start = 1000 * hour;
  {
    auto database = open(folder.path);
    for (std::int64_t i = 0; i < 200; ++i) {
      put(*database, series("x", "a"), start + i * minute, static_cast<double>(i));
      put(*database, series("x", "b"), start + i * minute, stale_marker());
      if (i == 150) database->shorten_log(0);
    }
    put(*database, series("x", "c"), start, 1);
  }
  auto database = open(folder.path);
  CHECK_FALSE(database->stats().damaged_snapshot);
  auto const found = read(*database, named("x"));
  REQUIRE(found.size() == 3);
  CHECK(found.at("x{instance=\"a\"}").size() == 200);
  CHECK(found.at("x{instance=\"a\"}").back().value == 199);
  CHECK(is_stale(found.at("x{instance=\"b\"}").front().value));
}
