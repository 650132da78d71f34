#include "monitor/series/database.hpp"

#include "monitor/series/store_fixture.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using namespace yunzhi::monitor::testing;

TEST_CASE("samples are found by every kind of matcher") {
  Folder folder;
  auto database = open(folder.path);
  for (auto const* instance : {"a", "b", "c"}) put(*database, series("up", instance), minute, 1);
  put(*database, Labels{{"__name__", "up"}, {"job", "x"}}, minute, 1);
  auto count = [&](Match kind, std::string const& value) {
    auto matchers = named("up");
    matchers.push_back(*Matcher::make(kind, "instance", value));
    return read(*database, matchers).size();
  };
  CHECK(count(Match::equal, "a") == 1);
  CHECK(count(Match::equal, "") == 1);
  CHECK(count(Match::not_equal, "a") == 3);
  CHECK(count(Match::regex, "a|b") == 2);
  CHECK(count(Match::regex, ".*") == 4);
  CHECK(count(Match::not_regex, "a|b") == 2);
  CHECK(count(Match::regex, ".+") == 3);
}

TEST_CASE("a sample that is not newer than the last one of its series is refused and counted") {
  Folder folder;
  auto database = open(folder.path);
  std::vector<Point> const points{{series("x", "a"), {1000, 1}},
                                  {series("x", "a"), {1000, 1}},
                                  {series("x", "a"), {900, 1}},
                                  {series("x", "a"), {2000, 2}}};
  auto const first = database->append(points);
  CHECK(first.accepted == 2);
  CHECK(first.out_of_order == 2);
  auto const again = database->append({&points[3], 1});
  CHECK(again.repeated == 1);
  CHECK(read(*database, named("x")).begin()->second.size() == 2);
}

TEST_CASE("over the limit of series new ones are refused and known ones go on") {
  Folder folder;
  DatabaseOptions options;
  options.folder = folder.path;
  options.series_limit = 2;
  auto database = *Database::open(options);
  std::vector<Point> const points{{series("x", "a"), {1, 1}},
                                  {series("x", "b"), {1, 1}},
                                  {series("x", "c"), {1, 1}},
                                  {series("x", "a"), {2, 1}}};
  auto const result = database->append(points);
  CHECK(result.accepted == 3);
  CHECK(result.over_limit == 1);
}

TEST_CASE("what was acknowledged is there after a restart, from the log and from blocks") {
  Folder folder;
  auto const start = 1000 * hour;
  {
    auto database = open(folder.path);
    for (std::int64_t i = 0; i < 300; ++i) {
      put(*database, series("x", "a"), start + i * minute, static_cast<double>(i));
      if (i >= 100) put(*database, series("x", "b"), start + i * minute, -0.0);
      database->maintain(from_ms(start + i * minute));
    }
    CHECK(database->stats().blocks == 3);
  }
  auto database = open(folder.path);
  CHECK(database->stats().wal.lost_bytes == 0);
  auto found = read(*database, named("x"));
  REQUIRE(found.size() == 2);
  CHECK(found["x{instance=\"a\"}"].size() == 300);
  CHECK(found["x{instance=\"b\"}"].size() == 200);
  CHECK(found["x{instance=\"a\"}"].back().value == 299);
  CHECK(read(*database, named("x"), start, start).size() == 1);
  put(*database, series("x", "c"), start + 301 * minute, 7);
  database = nullptr;
  database = open(folder.path);
  CHECK(read(*database, named("x")).size() == 3);
}

namespace {

Incoming history(Database const& database, Labels const& labels, Samples samples, bool any_age = false) {
  Incoming incoming;
  incoming.series.push_back({database.keys().key(labels.text()), static_cast<std::uint32_t>(samples.size())});
  incoming.samples = std::move(samples);
  incoming.labels = [labels](std::size_t) { return labels; };
  incoming.any_age = any_age;
  return incoming;
}

}  // namespace

TEST_CASE(
    "a late sample within the window takes its place, and an older one is refused unless history is "
    "welcome") {
  Folder folder;
  auto const start = 1000 * hour;
  {
    auto database = open(folder.path);
    for (std::int64_t i = 0; i < 300; i += 2) put(*database, series("x", "a"), start + i * minute, 1);
    CHECK(database->append(history(*database, series("x", "a"), {{start + 281 * minute, 2}})).accepted == 1);
    CHECK(database->append(history(*database, series("x", "a"), {{start + 101 * minute, 2}})).out_of_order ==
          1);
    CHECK(
        database->append(history(*database, series("x", "a"), {{start + 101 * minute, 3}}, true)).accepted ==
        1);
  }
  auto check = [&](Database const& database) {
    auto const samples = read(database, named("x")).begin()->second;
    REQUIRE(samples.size() == 152);
    CHECK(samples[51].value == 3);
    CHECK(samples[142].value == 2);
  };
  auto database = open(folder.path);
  check(*database);
  database->maintain(from_ms(start + 10 * hour));
  check(*database);
  CHECK(database->append(history(*database, series("x", "a"), {{start + 11 * minute, 4}}, true)).accepted ==
        1);
  database->maintain(from_ms(start + 11 * hour));
  database->maintain(from_ms(start + 60 * hour));
  CHECK(database->stats().blocks == 1);
  CHECK(read(*database, named("x")).begin()->second.size() == 153);
}
