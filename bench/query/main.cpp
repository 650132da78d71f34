// Measures the query engine alone: series in memory, one thread, CPU time. The cases are those the monitoring
// peers were measured with; the decoding of blocks is not part of it.
#include <algorithm>
#include <ctime>
#include <random>
#include <vector>

#include <fmt/format.h>

#include "monitor/query_engine.hpp"

namespace {

using namespace yunzhi::monitor;

constexpr std::int64_t scrape_ms = 15'000;
constexpr std::int64_t day_ms = 86'400'000;

struct Series {
  Labels labels;
  Samples samples;
};

/// Hands out copies of what is asked for, as a store does after decoding.
class BenchSource : public Source {
 public:
  explicit BenchSource(std::vector<Series> series) : series_(std::move(series)) {}

  void select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
              Visit const& visit) const override {
    for (auto const& series : series_) {
      if (!all_accept(matchers, series.labels)) continue;
      auto const before = [](Sample const& sample, std::int64_t at) { return sample.at < at; };
      auto const begin = std::lower_bound(series.samples.begin(), series.samples.end(), from, before);
      auto const end = std::lower_bound(begin, series.samples.end(), to + 1, before);
      Samples found(begin, end);
      if (!found.empty() && !visit(series.labels, found)) return;
    }
  }

 private:
  std::vector<Series> series_;
};

Labels labels_of(std::string const& name, std::size_t number) {
  return Labels{{"__name__", name},
                {"job", fmt::format("job{}", number % 10)},
                {"instance", fmt::format("host{:05}:9100", number)},
                {"datacenter", number % 2 == 0 ? "north" : "south"},
                {"environment", "production"}};
}

std::vector<Series> made(std::string const& name, std::size_t count, std::int64_t length_ms, bool counter) {
  std::mt19937_64 random(7);
  std::vector<Series> result;
  for (std::size_t i = 0; i < count; ++i) {
    Series series{labels_of(name, i), {}};
    double value = static_cast<double>(random() % 1000);
    for (std::int64_t at = 0; at <= length_ms; at += scrape_ms) {
      auto const change = static_cast<double>(random() % 100);
      value = counter ? (random() % 5000 == 0 ? 0 : value + change) : value + change - 49.5;
      series.samples.push_back({at, value});
    }
    result.push_back(std::move(series));
  }
  return result;
}

double cpu_ms() {
  return static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

/// The least of several runs: what the work costs when nothing else disturbs.
void measure(std::string_view title, Source const& source, std::string_view query, Grid grid) {
  double best = 1e18;
  std::size_t series = 0;
  std::size_t samples = 0;
  for (int round = 0; round < 7; ++round) {
    auto const start = cpu_ms();
    auto const result =
        grid.step == instant_step ? run_instant(source, query, grid.start) : run_range(source, query, grid);
    if (!result) {
      fmt::print("{}: {}\n", title, result.error().english());
      return;
    }
    best = std::min(best, cpu_ms() - start);
    series = result->series.size();
    samples = result->samples_read;
  }
  fmt::print("{:<44} {:>9.2f} ms  {:>6} series  {:>10} samples\n", title, best, series, samples);
}

Grid now() {
  return {day_ms, day_ms, instant_step};
}

void measure_long() {
  BenchSource const hundred(made("requests_total", 100, day_ms, true));
  BenchSource const thousand(made("requests_total", 1000, day_ms, true));
  BenchSource const gauges(made("load", 1000, day_ms, false));
  Grid const day{0, day_ms, 60'000};
  measure("instant rate, 1,000 series", thousand, "rate(requests_total[5m])", now());
  measure("24 h at 60 s, rate of 100 series", hundred, "rate(requests_total[5m])", day);
  measure("24 h at 60 s, 100 series", hundred, "requests_total", day);
  measure("24 h at 60 s, sum by of 1,000 series", thousand, "sum by (job) (rate(requests_total[5m]))", day);
  measure("avg_over_time of 24 h, 1,000 series", gauges, "avg_over_time(load[24h])", now());
  measure("avg_over_time of 6 h in 24 h at 60 s, 100 of", hundred, "avg_over_time(requests_total[6h])", day);
  measure("predict_linear of 1 h, 1,000 series", gauges, "predict_linear(load[1h], 3600)", now());
}

void measure_wide() {
  BenchSource const wide(made("requests_total", 10'000, 600'000, true));
  Grid const end{600'000, 600'000, instant_step};
  measure("sum by, 10,000 series", wide, "sum by (job) (requests_total)", end);
  measure("topk, 10,000 series", wide, "topk(10, requests_total)", end);
  auto both = made("used", 1000, 600'000, false);
  for (auto& series : made("size", 1000, 600'000, false)) {
    series.labels = Labels{
        {"__name__", "size"}, {"instance", std::string(series.labels.get("instance"))}, {"model", "x"}};
    both.push_back(std::move(series));
  }
  BenchSource const pairs(std::move(both));
  measure("group_left ratio, 1,000 x 1,000", pairs, "used / on (instance) group_left (model) size", end);
}

}  // namespace

int main() {
  measure_long();
  measure_wide();
}
