// What a store makes of damaged files.
#include "monitor/series/store_fixture.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using namespace yunzhi::monitor::testing;

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

TEST_CASE(
    "with any byte of snapshot or block changed or cut off the store opens, and what is read was written") {
  Folder folder;
  auto const start = 1000 * hour;
  {
    auto database = open(folder.path);
    for (std::int64_t i = 0; i < 200; ++i)
      put(*database, series("x", "a"), start + i * minute, static_cast<double>(start + i * minute));
    database->maintain(from_ms(start + 200 * minute));
  }
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder.path)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".wal") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string const whole((std::istreambuf_iterator<char>(in)), {});
    for (std::size_t place = 0; place < whole.size() * 2; ++place) {
      Folder copy;
      std::filesystem::copy(folder.path, copy.path, std::filesystem::copy_options::recursive);
      auto changed = whole.substr(0, place < whole.size() ? whole.size() : place - whole.size());
      if (place < whole.size()) changed[place] = static_cast<char>(changed[place] ^ 0x41);
      std::ofstream(copy.path / std::filesystem::relative(entry.path(), folder.path), std::ios::binary)
          << changed;
      auto database = open(copy.path);
      for (auto const& [name, samples] : read(*database, {*Matcher::make(Match::regex, "__name__", ".+")})) {
        REQUIRE(name == "x{instance=\"a\"}");
        for (auto const& sample : samples) REQUIRE(sample.value == static_cast<double>(sample.at));
      }
    }
  }
}
