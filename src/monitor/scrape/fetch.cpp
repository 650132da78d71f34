#include "monitor/scrape/fetch.hpp"

#include <array>
#include <memory>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "monitor/scrape/response_reader.hpp"

namespace yunzhi::monitor {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Holds itself alive through its handlers; ends when the last of them has run.
class Fetch : public std::enable_shared_from_this<Fetch> {
 public:
  Fetch(asio::io_context& context, Target const& target, ScrapeLimits const& limits, Fetched done)
      : resolver_(context),
        socket_(context),
        timer_(context),
        limits_(limits),
        done_(std::move(done)),
        reader_(limits.header_bytes, limits.body_bytes) {
    auto const colon = target.address.rfind(':');
    host_ = target.address.substr(0, colon);
    port_ = colon == std::string::npos ? "80" : target.address.substr(colon + 1);
    if (host_.size() > 1 && host_.front() == '[' && host_.back() == ']')
      host_ = host_.substr(1, host_.size() - 2);
    request_ = "GET " + target.path + " HTTP/1.1\r\nHost: " + target.address +
               "\r\nAccept: text/plain;version=0.0.4\r\nUser-Agent: yunzhi\r\nConnection: close\r\n\r\n";
  }

  void start() {
    auto const self = shared_from_this();
    timer_.expires_after(limits_.timeout);
    timer_.async_wait([self](error_code error) {
      if (!error)
        self->fail(
            refuse(Why::busy, "", "the target did not answer within {} ms", self->limits_.timeout.count()));
    });
    if (request_.find_first_of("\r\n") != request_.find("\r\nHost:") ||
        host_.find_first_of(" \r\n") != host_.npos) {
      return fail(refuse(Why::invalid, "", "the target's address is malformed"));
    }
    // An address in figures needs no resolver, which would start a thread of its own.
    error_code malformed;
    auto const address = asio::ip::make_address(host_, malformed);
    std::uint16_t const port =
        port_.size() < 6 ? static_cast<std::uint16_t>(std::atoi(port_.c_str())) : std::uint16_t{0};
    if (!malformed && port != 0) return connect(std::vector{tcp::endpoint(address, port)});
    resolver_.async_resolve(host_, port_, [self](error_code error, tcp::resolver::results_type const& found) {
      if (error) return self->broke("the target's name cannot be resolved: {}", error);
      std::vector<tcp::endpoint> endpoints;
      for (auto const& each : found) endpoints.push_back(each.endpoint());
      self->connect(std::move(endpoints));
    });
  }

 private:
  void connect(std::vector<tcp::endpoint> endpoints) {
    endpoints_ = std::move(endpoints);
    auto const self = shared_from_this();
    asio::async_connect(socket_, endpoints_, [self](error_code error, tcp::endpoint const&) {
      if (error) return self->broke("the target cannot be reached: {}", error);
      self->ask();
    });
  }

  void ask() {
    auto const self = shared_from_this();
    asio::async_write(socket_, asio::buffer(request_), [self](error_code error, std::size_t) {
      if (error) return self->broke("the target cannot be asked: {}", error);
      self->read();
    });
  }

  void read() {
    auto const self = shared_from_this();
    socket_.async_read_some(asio::buffer(buffer_), [self](error_code error, std::size_t count) {
      if (error && error != asio::error::eof) return self->broke("the target's answer broke off: {}", error);
      auto complete = error ? self->reader_.closed() : self->reader_.feed({self->buffer_.data(), count});
      if (!complete) return self->fail(complete.error());
      if (!*complete) return self->read();
      int const status = self->reader_.status();
      if (status != 200)
        return self->fail(refuse(Why::invalid, "", "the target answered with HTTP status {}", status));
      self->finish(self->reader_.body());
    });
  }

  void broke(std::string_view text, error_code const& error) {
    fail(refuse(Why::invalid, "", text, error.message()));
  }
  void fail(Refusal const& refusal) { finish(refusal); }

  void finish(Result<std::string> result) {
    if (!done_) return;
    auto const done = std::exchange(done_, nullptr);
    error_code ignored;
    resolver_.cancel();
    timer_.cancel();
    socket_.close(ignored);
    done(std::move(result));
  }

  tcp::resolver resolver_;
  tcp::socket socket_;
  asio::steady_timer timer_;
  ScrapeLimits const limits_;
  Fetched done_;
  std::string host_;
  std::string port_;
  std::string request_;
  std::vector<tcp::endpoint> endpoints_;
  ResponseReader reader_;
  std::array<char, 16384> buffer_{};
};

}  // namespace

void fetch(asio::io_context& context, Target const& target, ScrapeLimits const& limits, Fetched done) {
  std::make_shared<Fetch>(context, target, limits, std::move(done))->start();
}

}  // namespace yunzhi::monitor
