#include <algorithm>
#include <random>

#include "monitor/series/series_order.hpp"
#include "monitor/series/store_fixture.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using namespace yunzhi::monitor::testing;

namespace {

constexpr std::int64_t start = 1000 * hour;

struct Answer {
  std::vector<std::string> order;  ///< of series
  std::map<std::string, Samples> samples;
};

Answer newest(Database const& database, std::vector<Matcher> const& matchers, std::int64_t from,
              std::int64_t to) {
  Answer answer;
  database.select_newest(matchers, from, to, [&](Labels const& labels, Samples const& samples) {
    answer.order.push_back(labels.text());
    answer.samples[labels.text()] = samples;
    return true;
  });
  return answer;
}

void check_newest(Database const& database, std::int64_t from, std::int64_t to) {
  auto const all = read(database, named("x"), from, to);
  auto const answer = newest(database, named("x"), from, to);
  CHECK(std::is_sorted(answer.order.begin(), answer.order.end()));
  REQUIRE(answer.samples.size() == all.size());
  for (auto const& [name, samples] : all) {
    auto const found = answer.samples.find(name);
    REQUIRE(found != answer.samples.end());
    REQUIRE(found->second.size() == 1);
    CHECK(found->second.front().at == samples.back().at);
    CHECK(found->second.front().value == samples.back().value);
  }
}

}  // namespace

TEST_CASE("the newest sample of a stretch is the last one of all its samples, whatever happened before") {
  std::mt19937 random(11);
  for (int history = 0; history < 40; ++history) {
    Folder folder;
    DatabaseOptions options;
    options.folder = folder.path;
    options.window = Milliseconds(4 * hour);
    auto database = *Database::open(options);
    auto now = start;
    for (int step = 0; step < 120; ++step) {
      now += static_cast<std::int64_t>(random() % 6) * minute;
      auto const one = series("x", std::string(1, static_cast<char>('a' + random() % 4)));
      auto const at = random() % 4 == 0 ? now - static_cast<std::int64_t>(random() % 180) * minute : now;
      put(*database, one, at, step);
      switch (random() % 24) {
        case 0:
          database->maintain(from_ms(now));
          break;
        case 1:
          database->erase(named("x"), now - static_cast<std::int64_t>(random() % 40) * minute, now);
          break;
        case 2:
          database = nullptr;
          database = *Database::open(options);
          break;
        default:
          break;
      }
      auto const to = now - static_cast<std::int64_t>(random() % 30) * minute;
      check_newest(*database, to - static_cast<std::int64_t>(random() % 90) * minute, to);
    }
  }
}

TEST_CASE("a deleted newest sample is not found, the one before it is") {
  Folder folder;
  auto database = open(folder.path);
  put(*database, series("x", "a"), start, 1);
  put(*database, series("x", "a"), start + minute, 2);
  database->erase(named("x"), start + minute, start + minute);
  auto const answer = newest(*database, named("x"), start, start + hour);
  REQUIRE(answer.samples.size() == 1);
  CHECK(answer.samples.begin()->second.front().value == 1);
}

TEST_CASE("while something came late, what came last in order need not be the newest") {
  Head head;
  auto const id = head.add(series("x", "a"));
  head.append(id, {start, 1});
  REQUIRE(head.newest(id, start, start + hour).has_value());
  CHECK(!head.newest(id, start + 1, start + hour).has_value());
  CHECK(!head.newest(id, start - hour, start - 1).has_value());
  // A block is being written up to a later time than that of the series' last sample.
  head.append_late(id, {start + minute, 2});
  CHECK(!head.newest(id, start, start + hour).has_value());
  head.release_late();
  CHECK(!head.newest(id, start, start + hour).has_value());
  head.forget(start);
  CHECK(head.newest(id, start, start + hour).has_value());
}

TEST_CASE("series come in order of labels, those too that came after the first question") {
  Folder folder;
  auto database = open(folder.path);
  auto const order = [&] {
    std::vector<std::string> names;
    database->select(named("x"), INT64_MIN, INT64_MAX, [&](Labels const& labels, Samples const&) {
      names.emplace_back(labels.get("instance"));
      return true;
    });
    return names;
  };
  for (auto const* instance : {"m", "c", "z"}) put(*database, series("x", instance), start, 1);
  CHECK(order() == std::vector<std::string>{"c", "m", "z"});
  for (auto const* instance : {"n", "a", "zz"}) put(*database, series("x", instance), start, 1);
  CHECK(order() == std::vector<std::string>{"a", "c", "m", "n", "z", "zz"});
}

TEST_CASE("of one series the blocks come in order of time and the head behind them, among other series too") {
  Folder folder;
  auto database = open(folder.path);
  for (std::int64_t i = 0; i < 600; ++i) {
    for (auto const* instance : {"b", "a", "c"})
      put(*database, series("x", instance), start + i * minute, static_cast<double>(i));
    if (i % 100 == 0) database->maintain(from_ms(start + i * minute));
  }
  REQUIRE(database->stats().blocks > 1);
  auto const found = read(*database, named("x"));
  REQUIRE(found.size() == 3);
  for (auto const& [name, samples] : found) {
    REQUIRE(samples.size() == 600);
    for (std::size_t i = 0; i < samples.size(); ++i) CHECK(samples[i].value == static_cast<double>(i));
  }
}

TEST_CASE("few and many of the series are sorted alike, as their number grows") {
  std::mt19937 random(5);
  std::vector<std::uint_fast32_t> keys;
  SeriesOrder order;
  auto const before = [&](SeriesId a, SeriesId b) { return keys[a] < keys[b]; };
  for (int round = 0; round < 200; ++round) {
    for (auto more = random() % 3; more > 0; --more) keys.push_back(random());
    std::vector<SeriesId> ids;
    for (SeriesId id = 0; id < keys.size(); ++id) {
      if (random() % (round % 2 == 0 ? 2 : 20) == 0) ids.push_back(id);
    }
    auto expected = ids;
    std::sort(expected.begin(), expected.end(), before);
    std::shuffle(ids.begin(), ids.end(), random);
    order.sort(ids, keys.size(), before);
    CHECK(ids == expected);
  }
}
