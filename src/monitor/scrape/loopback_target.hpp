// A server on the loopback for tests: for each connection one behaviour, on a thread of its own.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

namespace yunzhi::monitor {

class LoopbackTarget {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using Behave = std::function<void(Socket&)>;

  explicit LoopbackTarget(Behave behave)
      : acceptor_(context_, {boost::asio::ip::address_v4::loopback(), 0}), behave_(std::move(behave)) {
    thread_ = std::thread([this] { serve(); });
  }

  ~LoopbackTarget() {
    stopping_ = true;
    boost::system::error_code ignored;
    Socket knock(context_);
    knock.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }
  LoopbackTarget(LoopbackTarget const&) = delete;
  LoopbackTarget& operator=(LoopbackTarget const&) = delete;

  [[nodiscard]] std::string address() const {
    return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }

  /// Answers with these bytes and closes.
  static Behave answers(std::string bytes) {
    return [bytes = std::move(bytes)](Socket& socket) { send(socket, bytes); };
  }
  static std::string page(std::string const& body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  /// False when the peer is gone.
  static bool send(Socket& socket, std::string const& bytes) {
    boost::system::error_code error;
    boost::asio::write(socket, boost::asio::buffer(bytes), error);
    return !error;
  }
  /// Waits until the peer closes.
  static void until_closed(Socket& socket) {
    boost::system::error_code error;
    char byte = 0;
    while (!error) socket.read_some(boost::asio::buffer(&byte, 1), error);
  }

 private:
  void serve() {
    while (true) {
      boost::system::error_code error;
      Socket socket(context_);
      acceptor_.accept(socket, error);
      if (stopping_ || error) return;
      boost::asio::streambuf request;
      boost::asio::read_until(socket, request, "\r\n\r\n", error);
      if (!error) behave_(socket);
    }
  }

  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  Behave behave_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace yunzhi::monitor
