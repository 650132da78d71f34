// The HTTP/1.1 server: accepts, parses within limits, routes, runs handlers, writes replies, keeps streams.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/router.hpp"

namespace yunzhi::http {

struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;             ///< 0: any free port
  unsigned loops = 1;                 ///< network threads
  unsigned workers = 4;               ///< threads for handlers that may block
  std::size_t queue = 1024;           ///< requests waiting for a worker; more get 503 with Retry-After
  std::size_t connections = 10'000;
  int header_timeout_ms = 10'000;
  int body_timeout_ms = 30'000;
  int idle_timeout_ms = 75'000;
  std::string certificate_file;       ///< PEM; with key_file: the port speaks TLS (1.2 or newer)
  std::string key_file;
};

/// Seen by the observer after every answered request (for /metrics and the access log).
struct Served {
  Request const* request = nullptr;
  std::string_view route;             ///< the route's path, or empty
  int status = 0;
  double seconds = 0;
};

class Server {
 public:
  /// The router must outlive the server. `fallback` answers GETs of unknown paths (the web interface).
  Server(ServerOptions options, Router const& router, Handler fallback);
  ~Server();
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  /// Binds and begins to serve in background threads. Refused when the address cannot be bound.
  Result<> start();
  [[nodiscard]] std::uint16_t port() const;
  void observe(std::function<void(Served const&)> observer);
  /// Stops accepting, lets running requests end (at most 5 s), closes streams, joins all threads.
  void stop();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace yunzhi::http
