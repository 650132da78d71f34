// Closed-loop load on one operation: each of N connections sends its next request when its answer is there.
// One thread and epoll, so that the processors are left to the server. Prints one line of JSON.
#include <chrono>
#include <cstdio>
#include <exception>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "load/client.hpp"
#include "load/figures.hpp"

namespace {

using yunzhi::load::Client;
using yunzhi::load::Figures;
using yunzhi::load::Work;
using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point begin) {
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

class Run {
 public:
  Run(Work const& work, int clients) : poll_(epoll_create1(EPOLL_CLOEXEC)) {
    for (int index = 0; index < clients; ++index) {
      clients_.push_back(std::make_unique<Client>(work));
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.ptr = clients_.back().get();
      epoll_ctl(poll_, EPOLL_CTL_ADD, clients_.back()->descriptor(), &event);
    }
  }
  ~Run() { close(poll_); }
  Run(Run const&) = delete;
  Run& operator=(Run const&) = delete;

  // Answers of the warm-up are forgotten: caches, statements and the log's first growth are no steady state.
  std::string go(double warm_up_seconds, double seconds) {
    for (auto const& client : clients_) client->send(number_++);
    serve(warm_up_seconds);
    figures_.forget();
    auto const begin = Steady::now();
    serve(seconds);
    return figures_.json(seconds_since(begin));
  }

 private:
  void serve(double seconds) {
    auto const begin = Steady::now();
    epoll_event events[64];
    while (seconds_since(begin) < seconds) {
      int const count = epoll_wait(poll_, events, 64, 100);
      for (int index = 0; index < count; ++index) take(*static_cast<Client*>(events[index].data.ptr));
    }
  }

  void take(Client& client) {
    if (!client.receive()) return;
    if (client.ok())
      figures_.add(client.latency_ms());
    else
      figures_.add_error();
    client.send(number_++);
  }

  int poll_;
  std::vector<std::unique_ptr<Client>> clients_;
  Figures figures_;
  std::uint64_t number_ = static_cast<std::uint64_t>(Steady::now().time_since_epoch().count());
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Closed-loop HTTP load on one operation");
  Work work;
  work.host = "127.0.0.1";
  work.method = "GET";
  int clients = 1;
  double seconds = 5;
  double warm_up_seconds = 1;
  app.add_option("--host", work.host, "IPv4 address");
  app.add_option("--port", work.port, "TCP port")->required();
  app.add_option("--method", work.method, "HTTP method");
  app.add_option("--path", work.path, "path and query; {n} becomes a number of its own")->required();
  app.add_option("--body", work.body, "JSON body; {n} as in --path");
  app.add_option("--token", work.token, "bearer token");
  app.add_option("--expect", work.expected, "status of a good answer");
  app.add_option("--clients", clients, "connections")->check(CLI::Range(1, 10'000));
  app.add_option("--seconds", seconds, "measured time");
  app.add_option("--warm-up", warm_up_seconds, "time before measuring");
  CLI11_PARSE(app, argc, argv);
  try {
    std::puts(Run(work, clients).go(warm_up_seconds, seconds).c_str());
  } catch (std::exception const& error) {
    fmt::print(stderr, "yunzhi-load: {}\n", error.what());
    return 1;
  }
  return 0;
}
