// Pushes made-up series by remote_write 1.0 over one connection, as fast as the receiver answers. What is
// sent depends on the arguments alone, so that several receivers get the same.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "monitor/ingest/remote_write_message.hpp"
#include "monitor/ingest/snappy.hpp"

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

class Connection {
 public:
  Connection(std::string const& host, int port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
      throw std::runtime_error("unknown host");
    socket_ = ::socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    int const on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    bool const connected = ::connect(socket_, found->ai_addr, found->ai_addrlen) == 0;
    freeaddrinfo(found);
    if (!connected) throw std::runtime_error("nobody listens");
  }
  ~Connection() { ::close(socket_); }
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  int post(Settings const& settings, std::string const& body) {
    auto const head = fmt::format(
        "POST {} HTTP/1.1\r\nHost: {}:{}\r\nContent-Encoding: snappy\r\nContent-Type: "
        "application/x-protobuf\r\n"
        "X-Prometheus-Remote-Write-Version: 0.1.0\r\nContent-Length: {}\r\n\r\n",
        settings.path, settings.host, settings.port, body.size());
    send(head + body);
    return answer();
  }

 private:
  void send(std::string const& bytes) const {
    for (std::size_t sent = 0; sent < bytes.size();) {
      auto const part = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (part <= 0) throw std::runtime_error("the receiver is gone");
      sent += static_cast<std::size_t>(part);
    }
  }

  int answer() {
    while (text_.find("\r\n\r\n") == std::string::npos) receive();
    auto const head = text_.find("\r\n\r\n") + 4;
    std::size_t length = 0;
    for (auto const* name : {"Content-Length: ", "content-length: "}) {
      auto const at = text_.find(name);
      if (at < head) length = std::stoul(text_.substr(at + std::strlen(name)));
    }
    while (text_.size() < head + length) receive();
    int const status = std::stoi(text_.substr(9, 3));
    if (status >= 300) std::fprintf(stderr, "%d %s\n", status, text_.substr(head, length).c_str());
    text_.erase(0, head + length);
    return status;
  }

  void receive() {
    char buffer[4096];
    auto const got = ::recv(socket_, buffer, sizeof(buffer), 0);
    if (got <= 0) throw std::runtime_error("the receiver is gone");
    text_.append(buffer, static_cast<std::size_t>(got));
  }

  int socket_ = -1;
  std::string text_;
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
  Connection connection(settings.host, settings.port);
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
      if (connection.post(settings, snap(message)) >= 300) return 1;
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
