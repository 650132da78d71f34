#include "monitor/series/database.hpp"

#include <fstream>
#include <iterator>
#include <random>

#include <doctest/doctest.h>

#include "base/id.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("yunzhi-series-" + new_id(wall_clock()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
};

std::unique_ptr<Database> open(std::filesystem::path const& path,
                               Milliseconds retention = std::chrono::hours(240)) {
  DatabaseOptions options;
  options.folder = path;
  options.retention = retention;
  auto database = Database::open(options);
  REQUIRE(database.has_value());
  return std::move(*database);
}

Labels series(std::string const& name, std::string const& instance) {
  return Labels{{"__name__", name}, {"instance", instance}};
}

void put(Database& database, Labels const& labels, std::int64_t at, double value) {
  Point const point{labels, {at, value}};
  database.append({&point, 1});
}

std::vector<Matcher> named(std::string const& name) {
  return {*Matcher::make(Match::equal, "__name__", name)};
}

std::map<std::string, Samples> read(Database const& database, std::vector<Matcher> const& matchers,
                                    std::int64_t from = INT64_MIN, std::int64_t to = INT64_MAX) {
  std::map<std::string, Samples> result;
  database.select(matchers, from, to, [&](Labels const& labels, Samples& samples) {
    result[labels.text()] = samples;
    return true;
  });
  return result;
}

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;

}  // namespace

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
    CHECK(database->stats().blocks == 2);
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

TEST_CASE("blocks of a past day become one, and what is past retention goes") {
  Folder folder;
  auto const start = 2400 * hour;
  auto database = open(folder.path, std::chrono::hours(48));
  for (std::int64_t i = 0; i < 360; ++i) {
    put(*database, series("x", "a"), start + i * 5 * minute, static_cast<double>(i));
    database->maintain(from_ms(start + i * 5 * minute));
  }
  CHECK(database->stats().blocks == 3);
  CHECK(read(*database, named("x")).begin()->second.size() == 360);
  database->maintain(from_ms(start + 80 * hour));
  CHECK(read(*database, named("x"), 0, start + 20 * hour).empty());
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path / "blocks"), {}) ==
        static_cast<std::ptrdiff_t>(database->stats().blocks));
}

TEST_CASE("a log cut at any byte opens, keeps every whole record and takes new samples") {
  Folder folder;
  {
    auto database = open(folder.path);
    for (std::int64_t i = 1; i <= 6; ++i) {
      put(*database, series("x", i % 2 == 0 ? "a" : "b"), i * 1000, static_cast<double>(i));
    }
  }
  auto const log = folder.path / "wal" / "00000001.wal";
  std::ifstream in(log, std::ios::binary);
  std::string const whole((std::istreambuf_iterator<char>(in)), {});
  std::size_t before = 0;
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    Folder copy;
    std::filesystem::create_directories(copy.path / "wal");
    std::ofstream(copy.path / "wal" / "00000001.wal", std::ios::binary) << whole.substr(0, length);
    std::size_t count = 0;
    {
      auto database = open(copy.path);
      for (auto const& [name, samples] : read(*database, named("x"))) count += samples.size();
      put(*database, series("x", "a"), 100'000, 1);
      put(*database, series("x", "c"), 100'000, 1);
    }
    auto database = open(copy.path);
    std::size_t again = 0;
    for (auto const& [name, samples] : read(*database, named("x"))) again += samples.size();
    REQUIRE(count >= before);
    REQUIRE(again == count + 2);
    before = count;
  }
  CHECK(before == 6);
}

TEST_CASE("a log with any byte changed opens, and what is read was written") {
  Folder folder;
  {
    auto database = open(folder.path);
    for (std::int64_t i = 1; i <= 4; ++i) put(*database, series("x", "a"), i * 1000, static_cast<double>(i));
  }
  std::ifstream in(folder.path / "wal" / "00000001.wal", std::ios::binary);
  std::string const whole((std::istreambuf_iterator<char>(in)), {});
  for (std::size_t place = 0; place < whole.size(); ++place) {
    Folder copy;
    std::filesystem::create_directories(copy.path / "wal");
    auto changed = whole;
    changed[place] = static_cast<char>(changed[place] ^ 0x41);
    std::ofstream(copy.path / "wal" / "00000001.wal", std::ios::binary) << changed;
    auto database = open(copy.path);
    REQUIRE(database->stats().wal.damaged_segments == 1);
    for (auto const& [name, samples] : read(*database, {*Matcher::make(Match::regex, "__name__", ".+")})) {
      REQUIRE(name == "x{instance=\"a\"}");
      for (auto const& sample : samples) REQUIRE(sample.value * 1000 == static_cast<double>(sample.at));
    }
  }
}

TEST_CASE("a damaged block is set aside and the rest is served") {
  Folder folder;
  auto const start = 1000 * hour;
  {
    auto database = open(folder.path);
    for (std::int64_t i = 0; i < 300; ++i) put(*database, series("x", "a"), start + i * minute, 1);
    database->maintain(from_ms(start + 5 * hour));
  }
  for (auto const& entry : std::filesystem::directory_iterator(folder.path / "blocks")) {
    std::filesystem::resize_file(entry.path(), entry.file_size() - 3);
  }
  auto database = open(folder.path);
  CHECK(database->stats().damaged_blocks == 1);
  CHECK(read(*database, named("x")).begin()->second.size() == 60);
}
