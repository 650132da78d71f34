#include "monitor/series/column.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include <doctest/doctest.h>

using namespace yunzhi::monitor;

namespace {

bool same_bits(std::vector<double> const& a, std::vector<double> const& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::bit_cast<std::uint64_t>(a[i]) != std::bit_cast<std::uint64_t>(b[i])) return false;
  }
  return true;
}

std::size_t check_values(std::vector<double> const& values) {
  auto const packed = packed_values(values);
  std::vector<double> back;
  REQUIRE(unpack_values(packed, values.size(), back));
  CHECK(same_bits(values, back));
  return packed.size();
}

}  // namespace

TEST_CASE("times come back, steady or not, and steady ones cost a few bytes") {
  Times steady;
  for (int i = 0; i < 5'000; ++i) steady.push_back(1'700'000'000'000 + i * 15'000);
  Times shaken = steady;
  std::mt19937 random(1);
  for (auto& at : shaken) at += static_cast<std::int64_t>(random() % 9);
  for (auto const& times : {steady, shaken, Times{5}, Times{-5, 5}, Times{}}) {
    Times back;
    REQUIRE(unpack_times(packed_times(times), times.size(), back));
    CHECK(back == times);
  }
  CHECK(packed_times(steady).size() < 20);
  CHECK(packed_times(shaken).size() < 5'000 + 20);
}

TEST_CASE("every double comes back bit by bit") {
  auto const nan = std::numeric_limits<double>::quiet_NaN();
  auto const infinity = std::numeric_limits<double>::infinity();
  check_values({1, 2, stale_marker(), 3, -0.0, infinity, -infinity, nan, 0.1, 1e308, 5e-324});
  check_values({stale_marker(), stale_marker()});
  check_values({-0.0, 0.0, -0.0});
  check_values({9'007'199'254'740'992.0, 9'007'199'254'740'993.0, 1.0});
  std::mt19937_64 random(7);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> values;
    for (int i = 0; i < 300; ++i) values.push_back(std::bit_cast<double>(random()));
    check_values(values);
  }
}

TEST_CASE("decimals are whole numbers of a scale") {
  std::vector<double> values;
  for (int i = 0; i < 1'000; ++i) values.push_back(static_cast<double>(1'000 + i % 7) / 100.0);
  CHECK(check_values(values) < 1'100);
}

TEST_CASE("a few strange values do not spoil a column of whole numbers") {
  std::vector<double> values;
  for (int i = 0; i < 1'000; ++i) values.push_back(i % 100 == 50 ? stale_marker() : i * 3);
  CHECK(check_values(values) < 1'300);
}

TEST_CASE("what all differences have in common is told once") {
  std::vector<double> values;
  std::mt19937 random(3);
  for (int i = 0; i < 1'000; ++i) values.push_back(4096.0 * static_cast<double>(100'000 + random() % 100));
  CHECK(check_values(values) < 1'100);
}

TEST_CASE("bytes that were cut or changed are refused or give numbers, and nothing worse") {
  std::vector<double> const values{1.5, 2.5, stale_marker(), 100, 7};
  Times const times{1, 5, 9, 100, 1'000};
  for (auto const& packed : {packed_values(values), packed_times(times)}) {
    for (std::size_t at = 0; at < packed.size(); ++at) {
      std::vector<double> back;
      Times back_times;
      CHECK_FALSE((unpack_values(packed.substr(0, at), 500, back) && back.size() != 500));
      CHECK_FALSE((unpack_times(packed.substr(0, at), 500, back_times) && back_times.size() != 500));
      for (int bit = 0; bit < 8; ++bit) {
        auto changed = packed;
        changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
        if (unpack_values(changed, values.size(), back)) CHECK(back.size() == values.size());
        if (unpack_times(changed, times.size(), back_times)) CHECK(back_times.size() == times.size());
      }
    }
  }
}
