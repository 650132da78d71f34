// One stream of bytes, plain or TLS: everything above is compiled once.
#pragma once

#include <cstddef>
#include <memory>

#include "http/wire/asio.hpp"

namespace boost::asio::ssl {
class context;
}

namespace yunzhi::http {

struct Io {
  ErrorCode code;
  std::size_t bytes = 0;
};

class ByteStream {
 public:
  explicit ByteStream(Socket socket) : socket_(std::move(socket)) {}
  virtual ~ByteStream() = default;
  ByteStream(ByteStream const&) = delete;
  ByteStream& operator=(ByteStream const&) = delete;

  /// What comes before the first byte (the TLS handshake).
  virtual Task<Io> open() = 0;
  /// At least one byte, or an error.
  virtual Task<Io> read(asio::mutable_buffer buffer) = 0;
  /// As much as goes without waiting; 0 when nothing does.
  virtual Io write_now(asio::const_buffer buffer) = 0;
  /// Everything, or an error.
  virtual Task<Io> write(asio::const_buffer buffer) = 0;
  /// Tells the peer that nothing more comes.
  virtual Task<void> finish() = 0;

  Socket& socket() { return socket_; }

 protected:
  Socket socket_;
};

std::unique_ptr<ByteStream> plain_stream(Socket socket);
std::unique_ptr<ByteStream> tls_stream(Socket socket, asio::ssl::context& context);

}  // namespace yunzhi::http
