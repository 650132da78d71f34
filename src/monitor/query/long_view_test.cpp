// Rollups in the place of samples: the same answers within bounds that are stated here.
#include "monitor/query/long_view.hpp"

#include <cmath>
#include <random>

#include "monitor/query/query.hpp"
#include "monitor/series/store_fixture.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using namespace yunzhi::monitor::testing;

namespace {

constexpr std::int64_t start = 2400 * hour;  // midnight
constexpr std::int64_t hours_kept = 60;

// A gauge and a counter that falls now and then, scraped about every minute, in a store whose first day is
// rolled up.
class Store {
 public:
  explicit Store(unsigned seed, Milliseconds retention = std::chrono::hours(72)) {
    database = open(folder.path, retention);
    std::mt19937 random(seed);
    std::uniform_int_distribution<std::int64_t> jitter(0, 20'000);
    std::normal_distribution<double> change(0, 10);
    std::uniform_real_distribution<double> more(0, 5);
    std::vector<Point> points;
    double gauge = 100;
    double counter = 0;
    for (std::int64_t i = 0; i < hours_kept * 60; ++i) {
      auto const at = start + i * minute + jitter(random);
      auto const gauge_before = gauge;
      gauge += change(random);
      auto const grown = more(random);
      counter = random() % 500 == 0 ? 0 : counter + grown;
      most_growth = std::max({most_growth, grown, std::fabs(gauge - gauge_before)});
      points.push_back({series("gauge", "a"), {at, gauge}});
      points.push_back({series("c_total", "a"), {at, counter}});
    }
    database->append(points);
    database->maintain(from_ms(start + hours_kept * hour));
  }

  [[nodiscard]] QueryResult ask(std::string const& query, Resolution resolution, Grid const& grid) const {
    QueryLimits limits;
    limits.resolution = resolution;
    auto result = run_range(*database, query, grid, limits);
    REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().english()));
    return std::move(*result);
  }

  [[nodiscard]] Samples values(std::string const& query, Resolution resolution, Grid const& grid) const {
    auto const result = ask(query, resolution, grid);
    REQUIRE(result.series.size() == 1);
    return result.series[0].samples;
  }

  Folder folder;
  std::unique_ptr<Database> database;
  double most_growth = 0;  // between neighbouring samples
};

std::string infos(QueryResult const& result) {
  std::string text;
  for (auto const& each : result.annotations.infos) text += each.english() + "\n";
  return text;
}

void check_near(Samples const& rolled, Samples const& raw, double bound) {
  REQUIRE(rolled.size() == raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    CHECK(rolled[i].at == raw[i].at);
    CHECK(std::fabs(rolled[i].value - raw[i].value) <= bound);
  }
}

}  // namespace

TEST_CASE("on whole stretches rollups give what samples give for a window that ends a millisecond earlier") {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    Store const store(seed);
    for (auto const resolution : {Resolution::five_minutes, Resolution::one_hour}) {
      auto const length = rollup_lengths[resolution == Resolution::one_hour ? 1 : 0];
      Grid const grid{start + 4 * hour, start + (hours_kept - 1) * hour, 2 * length};
      for (auto const* range : {"1h", "3h"}) {
        for (std::string const function : {"min", "max", "sum", "count", "avg", "last"}) {
          auto const query = function + "_over_time(gauge[" + range + "]";
          auto const raw = store.values(query + " offset 1ms)", Resolution::raw, grid);
          // A sum of some thousand numbers, added in another order.
          check_near(store.values(query + ")", resolution, grid), raw, 1e-7);
        }
        // Rollups count what grew since the sample before the window; Prometheus' functions draw the line
        // from the first sample within it to the edges. That is apart by what one scrape may bring at each
        // edge.
        for (std::string const query : {"increase(c_total[", "delta(gauge["}) {
          auto const raw = store.values(query + range + "])", Resolution::raw, grid);
          check_near(store.values(query + range + "])", resolution, grid), raw, 2 * store.most_growth);
        }
        auto const rate = store.values(std::string("rate(c_total[") + range + "])", resolution, grid);
        auto increase = store.values(std::string("increase(c_total[") + range + "])", resolution, grid);
        for (auto& each : increase) each.value /= range[0] == '1' ? 3'600 : 10'800;
        check_near(rate, increase, 1e-12);
      }
      auto const plain = store.values("gauge offset 1ms", Resolution::raw, grid);
      check_near(store.values("gauge", resolution, grid), plain, 0);
    }
  }
}

TEST_CASE("between whole stretches rollups answer for the last whole one") {
  Store const store(4);
  Grid const whole{start + 4 * hour, start + 50 * hour, hour};
  Grid const later{whole.start + 17 * minute, whole.end + 17 * minute, hour};
  for (auto const* query : {"max_over_time(gauge[2h])", "increase(c_total[2h])", "gauge"}) {
    auto expected = store.values(query, Resolution::one_hour, whole);
    for (auto& each : expected) each.at += 17 * minute;
    check_near(store.values(query, Resolution::one_hour, later), expected, 0);
  }
}

TEST_CASE("auto takes stretches of at most a fifth of the step, and the answer says so") {
  Store const store(5);
  auto const said = [&](std::int64_t step) {
    return infos(store.ask("max_over_time(gauge[1h])", Resolution::by_step,
                           {start + 10 * hour, start + 50 * hour, step}));
  };
  CHECK(said(24 * minute) == "");
  CHECK(said(25 * minute) == "PromQL info: answered from rollups of 5m (1:15)\n");
  CHECK(said(5 * hour) == "PromQL info: answered from rollups of 1h (1:15)\n");
}

TEST_CASE("what rollups cannot answer is answered from samples, and the answer says so") {
  Store const store(6);
  Grid const grid{start + 10 * hour, start + 50 * hour, hour};
  for (std::string const query :
       {"quantile_over_time(0.5, gauge[1h])", "max_over_time(gauge[7m])", "deriv(gauge[1h])"}) {
    auto const result = store.ask(query, Resolution::one_hour, grid);
    CHECK(infos(result).find("rollups do not answer") != std::string::npos);
    check_near(result.series.at(0).samples, store.values(query, Resolution::raw, grid), 0);
  }
}

TEST_CASE(
    "where samples are gone rollups answer, also when nothing was asked; raw says no more than samples") {
  Store store(7);
  Grid const grid{start + 4 * hour, start + (hours_kept - 1) * hour, hour};
  auto const query = "max_over_time(gauge[2h])";
  auto const before = store.values(query, Resolution::raw, grid);
  auto const plain = store.values("gauge", Resolution::raw, grid);
  store.database->maintain(from_ms(start + (72 + 30) * hour));
  auto const since = store.database->rollups().samples_since;
  REQUIRE(since > start + 20 * hour);
  auto const result = store.ask(query, Resolution::as_needed, grid);
  CHECK(infos(result).find("answered from rollups of 5m before 1970-04-1") != std::string::npos);
  CHECK(infos(result).find(", where samples are no longer kept") != std::string::npos);
  check_near(result.series.at(0).samples, before, 1e-9);
  auto const kept = store.values("gauge", Resolution::as_needed, grid);
  REQUIRE(kept.size() == plain.size());
  // The last sample of a stretch is at most a stretch old; a gauge moves by one change a minute.
  check_near(kept, plain, 6 * store.most_growth);
  CHECK(store.values(query, Resolution::raw, grid).size() < before.size());
  CHECK(infos(store.ask("deriv(gauge[1h])", Resolution::as_needed, grid))
            .find("rollups do not answer deriv of this range, and before") != std::string::npos);
}

TEST_CASE("a value that is no number counts in a rollup's least and greatest only when there is no other") {
  Samples const samples{{0, std::nan("")}, {1, 5}, {2, std::nan("")}, {300'000, std::nan("")}};
  auto const rolled = roll_up(samples, 300'000);
  CHECK(figure_of(rolled, RollupFigure::min).at(0).value == 5);
  CHECK(figure_of(rolled, RollupFigure::max).at(0).value == 5);
  CHECK(std::isnan(figure_of(rolled, RollupFigure::max).at(1).value));
}
