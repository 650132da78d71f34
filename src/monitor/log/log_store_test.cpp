#include "monitor/log/log_store.hpp"

#include <set>

#include <doctest/doctest.h>

#include "monitor/series/store_fixture.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using testing::Folder;

namespace {

constexpr std::int64_t start = 1'700'000'000'000;
constexpr std::int64_t second = 1'000;

LogLine line(std::int64_t at, std::string message, std::string host = "db1",
             LogLevel level = LogLevel::info) {
  return {at, level, std::move(host), "app", std::move(message), Labels{{"procid", "7"}}};
}

// `count` lines a second apart, numbered from `first`, ten hosts in turn.
std::vector<LogLine> lines(std::size_t first, std::size_t count) {
  std::vector<LogLine> made;
  for (auto i = first; i < first + count; ++i)
    made.push_back(line(start + static_cast<std::int64_t>(i) * second, "line " + std::to_string(i),
                        "host" + std::to_string(i % 10), i % 100 == 0 ? LogLevel::error : LogLevel::info));
  return made;
}

struct Store {
  explicit Store(std::size_t block_bytes = 400, std::uint64_t retention_bytes = 0) {
    options.folder = folder.path / "logs";
    options.block_bytes = block_bytes;
    options.retention = std::chrono::hours(2);
    options.retention_bytes = retention_bytes;
    open();
  }
  void open() {
    store = nullptr;
    store = std::make_unique<LogStore>(options);
  }
  void add(std::vector<LogLine> const& added, std::int64_t at = start) { store->append(added, from_ms(at)); }
  std::vector<std::string> messages(LogQuestion question = {}, LogSearchLimits const& limits = {}) {
    std::vector<std::string> found;
    std::size_t pages = 0;
    while (true) {
      auto const page = store->search(question, limits);
      REQUIRE(page.has_value());
      REQUIRE(++pages < 10'000);
      for (auto const& each : page->lines) found.push_back(each.message);
      if (!page->cursor) return found;
      question.before = read_cursor(cursor_of(*page->cursor)).value();
    }
  }

  Folder folder;
  LogStoreOptions options;
  std::unique_ptr<LogStore> store;
};

std::vector<std::string> newest_first(std::size_t first, std::size_t count) {
  std::vector<std::string> names;
  for (auto i = first + count; i > first; --i) names.push_back("line " + std::to_string(i - 1));
  return names;
}

}  // namespace

TEST_CASE("lines come back newest first, whole, from blocks and tail alike") {
  Store s;
  s.add(lines(0, 100));
  CHECK(s.store->stats().blocks > 3);
  CHECK(s.store->stats().lines == 100);
  CHECK(s.messages() == newest_first(0, 100));
  LogQuestion question;
  question.limit = 1;
  auto const page = s.store->search(question);
  REQUIRE(page.has_value());
  CHECK(page->lines == std::vector<LogLine>{lines(99, 1)});
}

TEST_CASE("pages of any size follow each other without a gap or a repetition") {
  Store s;
  s.add(lines(0, 57));
  s.add(lines(20, 10));  // the same moments again
  auto const whole = s.messages();
  CHECK(whole.size() == 67);
  for (std::size_t const limit : {1U, 2U, 7U, 66U, 67U, 68U}) {
    LogQuestion question;
    question.limit = limit;
    CHECK(s.messages(question) == whole);
  }
}

TEST_CASE("a search is narrowed by time, host, app, level and text") {
  Store s;
  s.add(lines(0, 300));
  LogQuestion question;
  question.from = start + 100 * second;
  question.to = start + 110 * second;
  CHECK(s.messages(question) == newest_first(100, 11));
  question = {};
  question.host = "host3";
  CHECK(s.messages(question).size() == 30);
  question.text = "line 13";
  CHECK(s.messages(question) == std::vector<std::string>{"line 133", "line 13"});
  question = {};
  question.levels = 1U << static_cast<unsigned>(LogLevel::error);
  CHECK(s.messages(question) == std::vector<std::string>{"line 200", "line 100", "line 0"});
  question.app = "other";
  CHECK(s.messages(question).empty());
}

TEST_CASE("a search stays within its bounds and its cursor goes on behind them") {
  Store s;
  s.add(lines(0, 200));
  LogQuestion question;
  question.text = "line 3";
  LogSearchLimits limits;
  limits.read_bytes = 1;
  auto const page = s.store->search(question, limits);
  REQUIRE(page.has_value());
  CHECK(page->lines.empty());
  CHECK(page->cursor.has_value());
  CHECK(s.messages(question, limits) == s.messages(question));
  limits = {};
  limits.answer_bytes = 1;
  CHECK(s.messages(question, limits) == s.messages(question));
  CHECK(s.store->search(question, limits)->lines.size() == 1);
}

TEST_CASE("lines of one moment that are more than a search may read are refused, not passed over") {
  Store s;
  for (int i = 0; i < 40; ++i) s.add({line(start, std::string(300, 'x'))});
  LogSearchLimits limits;
  limits.read_bytes = 500;
  LogQuestion question;
  question.to = start;
  auto const page = s.store->search(question, limits);
  REQUIRE(page.has_error());
  CHECK(page.error().why == Why::too_large);
}

TEST_CASE("a store opened again has every line, also of a process that was killed") {
  Store s;
  s.add(lines(0, 33));
  s.open();
  CHECK(s.messages() == newest_first(0, 33));
  CHECK(s.store->stats().lost_bytes == 0);
  s.add(lines(33, 33));
  s.open();
  CHECK(s.messages() == newest_first(0, 66));
}

TEST_CASE("a tail whose lines are in a block already is let go") {
  Store s;
  s.add(lines(0, 3));
  auto const tail = testing::bytes_of(s.options.folder / "tail");
  s.add(lines(3, 20));
  auto const all = s.messages();
  s.store = nullptr;
  std::filesystem::remove(s.options.folder / "tail");
  std::ofstream(s.options.folder / "tail", std::ios::binary) << tail;
  s.open();
  auto const left = s.messages();
  CHECK(left.size() < all.size());
  CHECK(std::set<std::string>(left.begin(), left.end()).size() == left.size());
}

TEST_CASE("files cut at any byte open with the lines before the cut, and take new ones") {
  Store whole;
  whole.add(lines(0, 20));
  whole.store = nullptr;
  auto const hour = std::to_string(start / 3'600'000) + ".logs";
  for (auto const& name : {hour, std::string("tail")}) {
    auto const bytes = testing::bytes_of(whole.options.folder / name);
    REQUIRE(bytes.size() > 13);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      Store s;
      s.store = nullptr;
      std::filesystem::remove_all(s.options.folder);
      std::filesystem::create_directories(s.options.folder);
      std::ofstream(s.options.folder / name, std::ios::binary) << bytes.substr(0, length);
      s.open();
      auto const before = s.messages();
      auto const stats = s.store->stats();
      CHECK(stats.lines == before.size());
      CHECK(std::filesystem::file_size(s.options.folder / name) + stats.lost_bytes >= length);
      s.add(lines(50, 3));
      s.open();
      CHECK(s.store->stats().lost_bytes == 0);
      auto expected = newest_first(50, 3);
      expected.insert(expected.end(), before.begin(), before.end());
      CHECK(s.messages() == expected);
    }
  }
}

TEST_CASE("a changed byte costs its own block and is told of") {
  Store s;
  s.add(lines(0, 60));
  auto const all = s.messages();
  s.store = nullptr;
  auto const path = s.options.folder / (std::to_string(start / 3'600'000) + ".logs");
  auto bytes = testing::bytes_of(path);
  bytes[250] = static_cast<char>(bytes[250] ^ 1);
  std::ofstream(path, std::ios::binary) << bytes;
  s.open();
  auto const page = s.store->search({});
  REQUIRE(page.has_value());
  CHECK(page->damaged_blocks == 1);
  CHECK(page->lines.size() < all.size());
  CHECK(page->lines.size() > all.size() / 2);
  CHECK(s.store->stats().damaged_blocks == 1);
}

TEST_CASE("a file of another kind is set aside") {
  Store s;
  s.store = nullptr;
  std::ofstream(s.options.folder / "472222.logs") << "something else";
  s.open();
  CHECK(s.store->stats().damaged_files == 1);
  CHECK(std::filesystem::exists(s.options.folder / "472222.logs.damaged"));
  CHECK(s.messages().empty());
}

TEST_CASE("lines go when their time since they came is over, a file per hour") {
  Store s;
  constexpr std::int64_t hour = 3'600'000;
  for (int i = 0; i < 4; ++i) s.add(lines(static_cast<std::size_t>(i) * 20, 20), start + i * hour);
  s.store->maintain(from_ms(start + 3 * hour));
  CHECK(s.messages().size() < 80);
  CHECK(s.messages().size() > 40);
  s.store->maintain(from_ms(start + 27 * hour));  // the tail is a day old and is packed
  auto const packed = s.messages();
  CHECK(packed.size() > 0);
  s.store->maintain(from_ms(start + 30 * hour));
  CHECK(s.messages().empty());
  s.open();
  CHECK(s.messages().empty());
  s.add(lines(0, 1), start + 31 * hour);
  s.open();
  CHECK(s.messages() == newest_first(0, 1));
}

TEST_CASE("the oldest files go while all are larger than the bound") {
  Store s(400, 3'000);
  constexpr std::int64_t hour = 3'600'000;
  for (int i = 0; i < 5; ++i) s.add(lines(static_cast<std::size_t>(i) * 60, 60), start + i * hour);
  auto const before = s.store->stats().bytes;
  s.store->maintain(from_ms(start));
  CHECK(s.store->stats().bytes < before);
  CHECK(s.messages().front() == "line 299");
}

TEST_CASE("a cursor reads as it was written, anything else is refused") {
  LogPosition const position{-5, 12, 3};
  CHECK(read_cursor(cursor_of(position)).value() == position);
  CHECK(read_cursor(cursor_of(LogPosition::end_of(7))).value() == LogPosition::end_of(7));
  for (auto const* text : {"", "1", "1-2", "1-2-", "1-2-3-", "a-2-3", "1-2-99999999999", "1--2-3"})
    CHECK_MESSAGE(read_cursor(text).has_error(), text);
}

TEST_CASE("any times, also the farthest, go through the columns of a block") {
  std::vector<LogLine> const odd{line(INT64_MIN, "a"), line(INT64_MAX, "b"), line(0, "")};
  auto const rows = LogRows::read(log_columns(odd));
  REQUIRE(rows.has_value());
  for (std::size_t i = 0; i < odd.size(); ++i) CHECK(rows->line(rows->rows()[i]) == odd[i]);
  auto const columns = log_columns(odd);
  for (std::size_t length = 0; length < columns.size(); ++length)
    CHECK(LogRows::read(columns.substr(0, length)).has_error());
}
