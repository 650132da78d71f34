// rate beside Prometheus' own formula, written here as plainly as it is there (promql/functions.go,
// extrapolatedRate), over counters and gauges with gaps, resets and late beginnings.
#include <cmath>
#include <optional>
#include <random>

#include <doctest/doctest.h>

#include "monitor/query/query.hpp"
#include "monitor/series/memory_source.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

std::optional<double> plain_rate(Samples const& all, std::int64_t start, std::int64_t end) {
  Samples inside;
  for (auto const& sample : all) {
    if (sample.at > start && sample.at <= end) inside.push_back(sample);
  }
  if (inside.size() < 2) return std::nullopt;
  double increase = inside.back().value - inside.front().value;
  for (std::size_t i = 1; i < inside.size(); ++i) {
    if (inside[i].value < inside[i - 1].value) increase += inside[i - 1].value;
  }
  auto to_start = static_cast<double>(inside.front().at - start) / 1000;
  auto to_end = static_cast<double>(end - inside.back().at) / 1000;
  auto const sampled = static_cast<double>(inside.back().at - inside.front().at) / 1000;
  double const distance = sampled / static_cast<double>(inside.size() - 1);
  double const threshold = distance * 1.1;
  if (to_start >= threshold) to_start = distance / 2;
  if (increase > 0 && inside.front().value >= 0)
    to_start = std::min(to_start, sampled * (inside.front().value / increase));
  if (to_end >= threshold) to_end = distance / 2;
  return increase * ((sampled + to_start + to_end) / sampled) / (static_cast<double>(end - start) / 1000);
}

Samples made(std::mt19937& random) {
  Samples samples;
  bool const steady = random() % 2 == 0;
  bool const counter = random() % 2 == 0;
  auto const first = static_cast<std::int64_t>(random() % 400'000);
  double value = random() % 2 == 0 ? 0 : static_cast<double>(random() % 100'000);
  for (std::int64_t at = first; at < 3'600'000;
       at += steady ? 15'000 : 5'000 + static_cast<std::int64_t>(random() % 25'000)) {
    if (random() % 40 == 0) at += static_cast<std::int64_t>(random() % 600'000);
    auto const change = static_cast<double>(random() % 1'000) / 8;
    if (counter) {
      value = random() % 60 == 0 ? change : value + change;
    } else {
      value += change - 62;
    }
    samples.push_back({at, value});
  }
  return samples;
}

}  // namespace

TEST_CASE("rate is Prometheus' formula, whatever the series and the windows") {
  std::mt19937 random(3);
  std::size_t compared = 0;
  for (int round = 0; round < 300; ++round) {
    auto const samples = made(random);
    MemorySource source;
    for (auto const& sample : samples) source.add(Labels{{"__name__", "x"}}, sample);
    auto const range = static_cast<std::int64_t>(30 + random() % 900) * 1000;
    Grid const grid{0, 3'600'000, static_cast<std::int64_t>(10 + random() % 120) * 1000};
    auto const answer = run_range(source, "rate(x[" + std::to_string(range / 1000) + "s])", grid);
    REQUIRE(answer.has_value());
    std::map<std::int64_t, double> found;
    for (auto const& series : answer->series) {
      for (auto const& sample : series.samples) found[sample.at] = sample.value;
    }
    for (std::size_t step = 0; step < grid.count(); ++step) {
      auto const at = grid.at(step);
      auto const expected = plain_rate(samples, at - range, at);
      REQUIRE(found.contains(at) == expected.has_value());
      if (!expected) continue;
      ++compared;
      CHECK(std::abs(found[at] - *expected) <= 1e-12 * std::max(1.0, std::abs(*expected)));
    }
  }
  CHECK(compared > 10'000);
}
