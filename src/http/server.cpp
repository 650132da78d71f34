#include "http/server.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/log.hpp"
#include "base/random.hpp"
#include "http/tls.hpp"
#include "http/wire/connection.hpp"

namespace yunzhi::http {
namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

constexpr std::chrono::seconds farewell{5};       // for running requests when the server stops
constexpr std::chrono::milliseconds breath{100};  // before accepting again without descriptors

// A tenth of the shortest timeout, so that the smallest limit is kept to within that.
std::chrono::milliseconds tick_of(ServerOptions const& options) {
  int const shortest = std::min(
      {options.header_timeout_ms, options.body_timeout_ms, options.idle_timeout_ms, options.heartbeat_ms});
  return std::chrono::milliseconds(std::clamp(shortest / 10, 10, 1000));
}

}  // namespace

struct Server::Inside {
  Inside(ServerOptions options, Router const& router, Handler fallback)
      : service(std::move(options), router, std::move(fallback)) {}

  Result<> open();
  Result<> prepare_tls();
  Task<void> accept();
  Task<void> serve(Loop& loop, Socket socket);
  void take(Socket socket, Loop& loop);
  void stop();

  Service service;
  std::unique_ptr<asio::ssl::context> tls;
  std::vector<std::unique_ptr<Loop>> loops;
  std::unique_ptr<Acceptor> acceptor;
  std::uint16_t port = 0;
  std::mutex mutex;
  std::condition_variable emptied;
  bool running = false;
};

Result<> Server::Inside::prepare_tls() {
  auto const& options = service.options;
  if (options.certificate_file.empty() && options.key_file.empty()) return {};
  auto made = server_tls(options.certificate_file, options.key_file);
  if (!made) return made.error();
  tls = std::move(*made);
  return {};
}

Result<> Server::Inside::open() {
  auto const& options = service.options;
  ErrorCode code;
  auto const address = asio::ip::make_address(options.host == "localhost" ? "127.0.0.1" : options.host, code);
  if (code) return refuse(Why::invalid, "host", "{} is not an address", options.host);
  asio::ip::tcp::endpoint const endpoint(address, options.port);
  acceptor = std::make_unique<Acceptor>(loops.front()->context().get_executor());
  acceptor->open(endpoint.protocol(), code);
  if (!code) acceptor->set_option(asio::socket_base::reuse_address(true), code);
  if (!code) acceptor->bind(endpoint, code);
  if (!code) acceptor->listen(asio::socket_base::max_listen_connections, code);
  if (code) {
    return refuse(Why::conflict, "port", "cannot listen on {}:{}: {}", options.host, options.port,
                  code.message());
  }
  port = acceptor->local_endpoint(code).port();
  return {};
}

Task<void> Server::Inside::accept() {
  asio::steady_timer pause(loops.front()->context());
  for (std::size_t turn = 0;; ++turn) {
    auto& loop = *loops[turn % loops.size()];
    auto [code, socket] = co_await acceptor->async_accept(loop.context().get_executor(), as_values);
    if (!acceptor->is_open()) co_return;
    if (code) {
      // Out of descriptors, or a peer that vanished: those who are in go on, the next comes later.
      log::warning("http.accept_failed", {{"why", code.message()}});
      pause.expires_after(breath);
      co_await pause.async_wait(as_values);
      continue;
    }
    take(std::move(socket), loop);
  }
}

void Server::Inside::take(Socket socket, Loop& loop) {
  if (service.connections.fetch_add(1) >= service.options.connections) {
    service.connections.fetch_sub(1);
    static constexpr std::string_view full =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: "
        "close\r\n\r\n";
    ErrorCode ignored;
    socket.non_blocking(true, ignored);
    if (!tls) socket.write_some(asio::const_buffer(full.data(), full.size()), ignored);
    return;
  }
  ErrorCode ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  auto ended = [this](std::exception_ptr const& failure) {
    if (failure) log::error("http.connection_failed");
    std::lock_guard const lock(mutex);
    if (service.connections.fetch_sub(1) == 1) emptied.notify_all();
  };
  asio::co_spawn(loop.context().get_executor(), serve(loop, std::move(socket)), std::move(ended));
}

Task<void> Server::Inside::serve(Loop& loop, Socket socket) {
  auto bytes = tls ? tls_stream(std::move(socket), *tls) : plain_stream(std::move(socket));
  Connection connection(service, loop, std::move(bytes), tls != nullptr);
  if (!loop.winding_down()) co_await connection.run();
}

void Server::Inside::stop() {
  if (!std::exchange(running, false)) return;
  asio::post(loops.front()->context(), [this] {
    ErrorCode ignored;
    acceptor->close(ignored);
  });
  for (auto const& loop : loops) loop->wind_down();
  {
    std::unique_lock lock(mutex);
    emptied.wait_for(lock, farewell, [this] { return service.connections == 0; });
  }
  service.workers.stop();
  for (auto const& loop : loops) loop->stop();
}

Server::Server(ServerOptions options, Router const& router, Handler fallback)
    : inside_(std::make_unique<Inside>(std::move(options), router, std::move(fallback))) {}

Server::~Server() {
  stop();
}

Result<> Server::start() {
  auto& inside = *inside_;
  auto prepared = inside.prepare_tls();
  if (!prepared) return prepared;
  auto const tick = tick_of(inside.service.options);
  for (unsigned i = 0; i < std::max(1U, inside.service.options.loops); ++i) {
    inside.loops.push_back(std::make_unique<Loop>(tick));
  }
  auto opened = inside.open();
  if (!opened) return opened;
  inside.service.id_prefix = random_token(6) + "-";
  auto ended = [](std::exception_ptr const& failure) {
    if (failure) log::error("http.acceptor_failed");
  };
  asio::co_spawn(inside.loops.front()->context().get_executor(), inside.accept(), std::move(ended));
  for (auto const& loop : inside.loops) loop->start();
  inside.running = true;
  return {};
}

std::uint16_t Server::port() const {
  return inside_->port;
}

void Server::observe(std::function<void(Served const&)> observer) {
  inside_->service.observer = std::move(observer);
}

void Server::words(std::string_view language, std::map<std::string, std::string, std::less<>> translations) {
  inside_->service.words.add(language, std::move(translations));
}

void Server::stop() {
  inside_->stop();
}

}  // namespace yunzhi::http
