// The HTTP/1.1 server: accepts, parses within limits, routes, runs handlers, writes replies, keeps streams.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "http/router.hpp"

namespace yunzhi::http {

struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;    ///< 0: any free port
  unsigned loops = 1;        ///< network threads
  unsigned workers = 4;      ///< threads for handlers that may block
  std::size_t queue = 1024;  ///< requests waiting for a worker; more get 503 with Retry-After
  std::size_t connections = 10'000;
  int header_timeout_ms = 10'000;
  int body_timeout_ms = 30'000;
  int idle_timeout_ms = 75'000;
  int heartbeat_ms = 15'000;             ///< between comments on a silent event stream
  std::size_t stream_bytes = 256 << 10;  ///< waiting for one slow reader; more ends its stream
  std::string certificate_file;          ///< PEM; with key_file: the port speaks TLS (1.2 or newer)
  std::string key_file;
};

/// Seen by the observer after every answered request (for /metrics and the access log).
struct Served {
  Request const* request = nullptr;
  std::string_view route;  ///< the route's path, or empty
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
  /// Called on the network threads, one after another or at once; it must be quick. Set before start().
  void observe(std::function<void(Served const&)> observer);
  /// Translations of problem sentences into one language, by their English templates. Set before start().
  void words(std::string_view language, std::map<std::string, std::string, std::less<>> translations);
  /// Stops accepting, lets running requests end (at most 5 s), closes streams, joins all threads.
  void stop();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace yunzhi::http
