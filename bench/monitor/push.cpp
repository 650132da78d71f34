// Pushes made-up series by remote_write 1.0 over one connection, as fast as the receiver answers. What is
// sent depends on the arguments alone, so that several receivers get the same.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "connection.hpp"
#include "monitor/ingest/remote_write_message.hpp"

using namespace yunzhi::monitor;

namespace {

struct Settings {
  std::string host = "127.0.0.1";
  int port = 9090;
  std::string path = "/api/v1/write";
  std::size_t series = 50'000;
  std::size_t rounds = 20;
  std::size_t first_round = 0;      ///< so that a later run goes on where another ended
  std::size_t per_request = 1'000;  ///< series
  std::size_t samples = 1;          ///< of each series in a request
  std::int64_t start_ms = 0;        ///< time of round 0
  std::int64_t step_ms = 15'000;
};

// What servers and devices show: things that never change, counters, figures with two decimals, pages of
// memory, and a few of full precision.
class Value {
 public:
  explicit Value(std::size_t number) : kind_(number % 10), random_(static_cast<std::uint32_t>(number)) {
    level_ = static_cast<double>(random_() % 100'000);
    rate_ = static_cast<std::uint32_t>(random_() % 1'000 + 1);
  }

  double next() {
    if (kind_ < 3) return level_;
    if (kind_ < 6) return level_ += static_cast<double>(random_() % rate_);
    if (kind_ < 8) {
      walk_ = static_cast<std::int64_t>(std::abs(walk_ + static_cast<std::int64_t>(random_() % 201) - 100));
      return static_cast<double>(walk_) / 100.0;
    }
    if (kind_ == 8) return level_ * 4096 + static_cast<double>(random_() % 64) * 4096;
    return level_ + std::generate_canonical<double, 53>(random_);
  }

 private:
  std::size_t kind_;
  std::mt19937 random_;
  double level_ = 0;
  std::uint32_t rate_ = 1;
  std::int64_t walk_ = 5'000;
};

Labels labels_of(std::size_t number) {
  return Labels{{"__name__", "bench_metric_" + std::to_string(number % 100)},
                {"instance", fmt::format("host-{:04}.example.org:9100", number / 1'000)},
                {"job", "node"},
                {"device", "sd" + std::to_string(number / 100 % 10)},
                {"region", "north"},
                {"number", std::to_string(number)}};
}

int run(Settings const& settings) {
  Connection connection(settings.host, settings.port, settings.path);
  std::vector<Labels> labels;
  std::vector<Value> values;
  for (std::size_t i = 0; i < settings.series; ++i) {
    labels.push_back(labels_of(i));
    values.emplace_back(i);
    for (std::size_t round = 0; round < settings.first_round; ++round) values.back().next();
  }
  std::size_t acknowledged = 0;
  std::vector<Sample> samples;
  auto const last = settings.first_round + settings.rounds;
  for (auto round = settings.first_round; round < last; round += settings.samples) {
    for (std::size_t begin = 0; begin < settings.series; begin += settings.per_request) {
      std::string message;
      auto const end = std::min(begin + settings.per_request, settings.series);
      for (auto i = begin; i < end; ++i) {
        samples.clear();
        for (auto part = round; part < std::min(round + settings.samples, last); ++part)
          samples.push_back(
              {settings.start_ms + static_cast<std::int64_t>(part) * settings.step_ms, values[i].next()});
        put_remote_series(message, labels[i], samples);
      }
      if (connection.post(message) >= 300) return 1;
      acknowledged += (end - begin) * samples.size();
    }
  }
  std::printf("%zu\n", acknowledged);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  Settings settings;
  CLI::App app{"Pushes made-up series by remote_write", "yunzhi-push"};
  app.add_option("--host", settings.host)->capture_default_str();
  app.add_option("--port", settings.port)->capture_default_str();
  app.add_option("--path", settings.path)->capture_default_str();
  app.add_option("--series", settings.series)->capture_default_str();
  app.add_option("--rounds", settings.rounds, "Samples per series")->capture_default_str();
  app.add_option("--first-round", settings.first_round)->capture_default_str();
  app.add_option("--per-request", settings.per_request, "Series per request")->capture_default_str();
  app.add_option("--samples", settings.samples, "Samples per series and request")->capture_default_str();
  app.add_option("--start", settings.start_ms, "Time of the first round, in milliseconds")->required();
  app.add_option("--step", settings.step_ms, "Milliseconds between rounds")->capture_default_str();
  CLI11_PARSE(app, count, words);
  try {
    return run(settings);
  } catch (std::exception const& problem) {
    std::fprintf(stderr, "yunzhi-push: %s\n", problem.what());
    return 1;
  }
}
