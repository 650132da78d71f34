// The long view.
#include "monitor/series/store_fixture.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using namespace yunzhi::monitor::testing;

TEST_CASE("rollups hold the figures of past days and of today, and outlive the samples") {
  Folder folder;
  auto const start = 2400 * hour;
  auto ask = [&](Database const& database, RollupFigure figure, std::int64_t from, std::int64_t to) {
    Samples result;
    auto const matchers = named("x");
    database.select_rollup({matchers, figure, 3'600'000, from, to},
                           [&](Labels const& labels, Samples& samples) {
                             CHECK(labels == series("x", "a"));
                             result = samples;
                             return true;
                           });
    return result;
  };
  {
    auto database = open(folder.path, std::chrono::hours(72));
    for (std::int64_t i = 0; i < 50 * 60; ++i)
      put(*database, series("x", "a"), start + i * minute, static_cast<double>(i % 1'000));
    database->maintain(from_ms(start + 50 * hour));
    CHECK(ask(*database, RollupFigure::count, start, start + 49 * hour).size() == 49);
  }
  auto database = open(folder.path, std::chrono::hours(72));
  auto const last = [&](RollupFigure figure, std::int64_t hours) {
    auto const found = ask(*database, figure, start + hours * hour - 1, start + hours * hour - 1);
    REQUIRE(found.size() == 1);
    return found[0].value;
  };
  for (auto const hours : {2, 17, 24, 25, 49}) {
    auto const end = hours * 60;  // the stretch holds the minutes end - 60 to end - 1
    double sum = 0;
    double increase = 0;
    for (auto i = end - 60; i < end; ++i) {
      sum += i % 1'000;
      increase += i % 1'000 == 0 ? 0 : 1;
    }
    CHECK(last(RollupFigure::sum, hours) == sum);
    CHECK(last(RollupFigure::count, hours) == 60);
    CHECK(last(RollupFigure::last, hours) == (end - 1) % 1'000);
    CHECK(last(RollupFigure::increase, hours) == increase);
  }
  database->maintain(from_ms(start + 200 * hour));
  CHECK(read(*database, named("x")).empty());
  CHECK(last(RollupFigure::count, 2) == 60);
}
