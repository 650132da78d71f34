// What tests of the server share: a server on a free port and a client that speaks bytes, so that a test can
// also say what no client library would.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/server.hpp"

namespace yunzhi::http::testing {

/// One TCP connection to loopback. Reads wait at most five seconds.
class Wire {
 public:
  explicit Wire(std::uint16_t port);
  ~Wire();
  Wire(Wire const&) = delete;
  Wire& operator=(Wire const&) = delete;

  void send(std::string_view bytes);
  /// One whole reply (by Content-Length or chunks), its bytes as they came; empty when the peer closed.
  std::string reply(bool head_only = false);
  /// Bytes until the text has been seen, or the peer closed.
  std::string until(std::string_view text);
  /// Whether the peer closes within five seconds (what it still sends is dropped).
  bool closed();

 private:
  bool more();
  int socket_ = -1;
  std::string buffer_;
};

/// A self-signed certificate in a folder of its own, gone with the object.
class Certificate {
 public:
  Certificate();
  ~Certificate();
  Certificate(Certificate const&) = delete;
  Certificate& operator=(Certificate const&) = delete;

  [[nodiscard]] std::string file() const { return (folder_ / "certificate.pem").string(); }
  [[nodiscard]] std::string key_file() const { return (folder_ / "key.pem").string(); }

 private:
  std::filesystem::path folder_;
};

/// "GET path" with a Host header.
std::string get(std::string_view path, std::string_view headers = "");

/// Sends one request on its own connection and returns the reply.
std::string ask(std::uint16_t port, std::string_view request);

int status(std::string_view reply);
std::string_view body(std::string_view reply);

}  // namespace yunzhi::http::testing
