#include "monitor/series/chunk.hpp"

#include <cmath>
#include <limits>
#include <random>

#include <doctest/doctest.h>

using namespace yunzhi::monitor;

namespace {

Samples through_chunk(Samples const& samples, std::size_t* size = nullptr) {
  ChunkWriter writer;
  for (auto const& sample : samples) writer.append(sample);
  if (size) *size = writer.chunk().bytes.size();
  Samples result;
  CHECK(writer.take().read(INT64_MIN, INT64_MAX, result));
  return result;
}

void check_same(Samples const& wanted, Samples const& got) {
  REQUIRE(wanted.size() == got.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    REQUIRE(wanted[i].at == got[i].at);
    REQUIRE(std::bit_cast<std::uint64_t>(wanted[i].value) == std::bit_cast<std::uint64_t>(got[i].value));
  }
}

double any_value(std::mt19937_64& random, double last) {
  switch (random() % 8) {
    case 0:
      return std::bit_cast<double>(random());
    case 1:
      return -0.0;
    case 2:
      return std::numeric_limits<double>::infinity();
    case 3:
      return stale_marker();
    case 4:
      return std::bit_cast<double>(0x7ff8000000000000ULL | (random() >> 16));
    case 5:
      return last;
    case 6:
      return std::floor(static_cast<double>(random() % 1000));
    default:
      return std::isfinite(last) ? last + 1.25 : 0.1;
  }
}

std::int64_t any_step(std::mt19937_64& random, std::int64_t last) {
  switch (random() % 6) {
    case 0:
      return last + static_cast<std::int64_t>(random() % 40);
    case 1:
      return static_cast<std::int64_t>(random() % 20'000) + 1;
    case 2:
      return static_cast<std::int64_t>(random() >> 24);
    default:
      return last;
  }
}

}  // namespace

TEST_CASE("samples of any times and values come back with the same bits") {
  std::mt19937_64 random(20261123);
  for (int round = 0; round < 2000; ++round) {
    Samples samples;
    std::int64_t at = static_cast<std::int64_t>(random() >> 20) - 1000;
    std::int64_t step = 15'000;
    double value = 0;
    auto const count = random() % 200 + 1;
    for (std::size_t i = 0; i < count; ++i) {
      samples.push_back({at, value});
      step = any_step(random, step);
      at += step;
      value = any_value(random, value);
    }
    check_same(samples, through_chunk(samples));
  }
}

TEST_CASE("a constant series takes one bit a sample") {
  Samples samples;
  for (int i = 0; i < 120; ++i) samples.push_back({1'000'000 + i * 15'000, 42.5});
  std::size_t size = 0;
  check_same(samples, through_chunk(samples, &size));
  CHECK(size <= 16 + 4 + 16);
}

TEST_CASE("a chunk cut short is noticed and never read past its end") {
  ChunkWriter writer;
  for (int i = 0; i < 50; ++i) writer.append({i * 1000 + i % 3, std::sin(i)});
  Chunk const whole = writer.take();
  for (std::size_t length = 0; length < whole.bytes.size(); ++length) {
    Chunk cut = whole;
    cut.bytes.resize(length);
    Samples samples;
    CHECK_FALSE(cut.read(INT64_MIN, INT64_MAX, samples));
    CHECK(samples.size() < 50);
  }
}
