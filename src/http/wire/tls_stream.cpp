// Bytes through TLS.
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "http/wire/byte_stream.hpp"

namespace yunzhi::http {
namespace {

class TlsStream final : public ByteStream {
 public:
  TlsStream(Socket socket, asio::ssl::context& context)
      : ByteStream(std::move(socket)), tls_(socket_, context) {}

  Task<Io> open() override {
    auto const [code] = co_await tls_.async_handshake(asio::ssl::stream_base::server, as_values);
    co_return Io{code, 0};
  }

  Task<Io> read(asio::mutable_buffer buffer) override {
    auto const [code, bytes] = co_await tls_.async_read_some(buffer, as_values);
    co_return Io{code, bytes};
  }

  Io write_now(asio::const_buffer) override { return {}; }

  Task<Io> write(asio::const_buffer buffer) override {
    auto const [code, bytes] = co_await asio::async_write(tls_, buffer, as_values);
    co_return Io{code, bytes};
  }

  Task<void> finish() override { co_await tls_.async_shutdown(as_values); }

 private:
  asio::ssl::stream<Socket&> tls_;
};

}  // namespace

std::unique_ptr<ByteStream> tls_stream(Socket socket, asio::ssl::context& context) {
  return std::make_unique<TlsStream>(std::move(socket), context);
}

}  // namespace yunzhi::http
