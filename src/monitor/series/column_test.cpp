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

TEST_CASE("any stretch of a column reads as it does in the whole") {
  std::mt19937 random(3);
  std::vector<std::vector<double>> columns(4);
  for (int i = 0; i < 1'600; ++i) {
    columns[0].push_back(7);
    columns[1].push_back(i % 97 == 5 ? stale_marker() : static_cast<double>(random() % 1'000) / 100);
    columns[2].push_back(i * 4'096.0 + static_cast<double>(random() % 3));
    columns[3].push_back(std::bit_cast<double>(std::uint64_t{random()} << 20U | 0x4000000000000000U));
  }
  for (auto const& values : columns) {
    auto const packed = packed_values(values);
    std::vector<double> part;
    for (std::size_t const begin : {0U, 1U, 511U, 512U, 513U, 1'000U, 1'535U, 1'536U, 1'599U, 1'600U}) {
      for (std::size_t const length : {0U, 1U, 2U, 40U, 600U, 1'600U}) {
        auto const end = std::min(begin + length, values.size());
        REQUIRE(unpack_values(packed, values.size(), begin, end, part));
        CHECK(same_bits(part, {values.begin() + static_cast<std::ptrdiff_t>(begin),
                               values.begin() + static_cast<std::ptrdiff_t>(end)}));
      }
    }
  }
  std::vector<double> part;
  CHECK_FALSE(unpack_values(packed_values(columns[1]), 1'600, 5, 1'601, part));
}

TEST_CASE("columns written before there were anchors still read") {
  // deltas of 1, 3, 6 at scale 1: one plane of zigzag 2 and 3; then XOR of 1.0 and 2.0.
  std::string const deltas("\x01\x01\x00\x02\x01\x01\x04\x06", 8);
  std::vector<double> back;
  REQUIRE(unpack_values(deltas, 3, back));
  CHECK(same_bits(back, {0.1, 0.3, 0.6}));
  std::string exclusive("\x03\x08", 2);
  auto const one = std::bit_cast<std::uint64_t>(1.0);
  auto const change = one ^ std::bit_cast<std::uint64_t>(2.0);
  for (unsigned plane = 0; plane < 8; ++plane)
    for (auto const number : {one, change}) exclusive += static_cast<char>(number >> (8U * plane));
  REQUIRE(unpack_values(exclusive, 2, back));
  CHECK(same_bits(back, {1.0, 2.0}));
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
