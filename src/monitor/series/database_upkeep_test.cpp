// Blocks, retention and deletion.
#include "monitor/series/store_fixture.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using namespace yunzhi::monitor::testing;

TEST_CASE("blocks of a past day become one, and what is past retention goes") {
  Folder folder;
  auto const start = 2400 * hour;
  auto database = open(folder.path, std::chrono::hours(48));
  for (std::int64_t i = 0; i < 360; ++i) {
    put(*database, series("x", "a"), start + i * 5 * minute, static_cast<double>(i));
    database->maintain(from_ms(start + i * 5 * minute));
  }
  CHECK(database->stats().blocks == 5);
  CHECK(read(*database, named("x")).begin()->second.size() == 360);
  database->maintain(from_ms(start + 80 * hour));
  CHECK(read(*database, named("x"), 0, start + 20 * hour).empty());
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path / "rollups"), {}) == 4);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path / "blocks"), {}) ==
        static_cast<std::ptrdiff_t>(database->stats().blocks));
}

TEST_CASE("deleted samples are gone from memory and from blocks, and stay gone") {
  Folder folder;
  auto const start = 1000 * hour;
  {
    auto database = open(folder.path);
    for (std::int64_t i = 0; i < 300; ++i) {
      put(*database, series("x", "a"), start + i * minute, 1);
      put(*database, series("x", "b"), start + i * minute, 1);
    }
    database->maintain(from_ms(start + 300 * minute));
    auto matchers = named("x");
    matchers.push_back(*Matcher::make(Match::equal, "instance", "a"));
    CHECK(database->erase(matchers, start + 100 * minute, start + 280 * minute) == 1);
  }
  auto database = open(folder.path);
  auto const found = read(*database, named("x"));
  CHECK(found.at("x{instance=\"a\"}").size() == 119);
  CHECK(found.at("x{instance=\"b\"}").size() == 300);
}

TEST_CASE("a class of series may be kept for a shorter time, and all blocks within a size") {
  Folder folder;
  DatabaseOptions options;
  options.folder = folder.path;
  options.retention = std::chrono::hours(1000);
  options.classes.push_back({{*Matcher::make(Match::equal, "instance", "b")}, std::chrono::hours(24)});
  auto const start = 960 * hour;
  {
    auto database = *Database::open(options);
    for (std::int64_t i = 0; i < 24; ++i) {
      put(*database, series("x", "a"), start + i * hour, 1);
      put(*database, series("x", "b"), start + i * hour, 1);
    }
    database->maintain(from_ms(start + 40 * hour));
    CHECK(read(*database, named("x")).size() == 2);
    database->maintain(from_ms(start + 72 * hour));
    CHECK(read(*database, named("x")).size() == 1);
  }
  options.retention_bytes = 1;
  auto database = *Database::open(options);
  database->maintain(from_ms(start + 72 * hour));
  CHECK(database->stats().blocks == 0);
}
