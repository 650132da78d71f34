// Bytes straight from and to the socket.
#include <boost/asio/write.hpp>

#include "http/wire/byte_stream.hpp"

namespace yunzhi::http {
namespace {

class PlainStream final : public ByteStream {
 public:
  using ByteStream::ByteStream;

  Task<Io> open() override { co_return Io{}; }

  Task<Io> read(asio::mutable_buffer buffer) override {
    auto const [code, bytes] = co_await socket_.async_read_some(buffer, as_values);
    co_return Io{code, bytes};
  }

  // A reply nearly always fits the socket's buffer; this spares it a turn of the loop.
  Io write_now(asio::const_buffer buffer) override {
    Io io;
    io.bytes = socket_.write_some(buffer, io.code);
    if (io.code == asio::error::would_block) io = Io{};
    return io;
  }

  Task<Io> write(asio::const_buffer buffer) override {
    auto const [code, bytes] = co_await asio::async_write(socket_, buffer, as_values);
    co_return Io{code, bytes};
  }

  Task<void> finish() override {
    ErrorCode ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    co_return;
  }
};

}  // namespace

std::unique_ptr<ByteStream> plain_stream(Socket socket) {
  ErrorCode ignored;
  socket.non_blocking(true, ignored);
  return std::make_unique<PlainStream>(std::move(socket));
}

}  // namespace yunzhi::http
