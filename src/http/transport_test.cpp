// The server against peers that are slow, hostile or encrypted.
#include <chrono>
#include <functional>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "base/random.hpp"
#include "http/server.hpp"
#include "http/testing.hpp"

namespace yunzhi::http {
namespace {

using testing::body;
using testing::get;
using testing::status;
using testing::Wire;

struct Echo {
  Router router;
  std::unique_ptr<Server> server;

  explicit Echo(ServerOptions options = {}) {
    Route echo;
    echo.method = Method::post;
    echo.path = "/echo";
    echo.handler = [](Request const& request, Respond const& respond) {
      respond(Reply::text(std::to_string(request.body.size()), "text/plain"));
    };
    router.add(echo);
    echo.path = "/upload";
    echo.body_limit = 4 << 20;
    router.add(echo);
    echo.method = Method::get;
    echo.path = "/hello";
    echo.runs = Runs::on_loop;
    router.add(echo);
    server = std::make_unique<Server>(std::move(options), router, Handler());
    REQUIRE(server->start().has_value());
  }
  [[nodiscard]] std::uint16_t port() const { return server->port(); }
};

ServerOptions impatient() {
  ServerOptions options;
  options.header_timeout_ms = 200;
  options.body_timeout_ms = 200;
  options.idle_timeout_ms = 200;
  return options;
}

std::string post(std::string_view path, std::string_view headers, std::string_view text) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n" +
         std::string(text);
}

TEST_CASE("who is slow with the head, the body or the next request is cut off") {
  Echo const echo(impatient());
  for (auto const& start : {std::string(), std::string("GET /hello HT"), get("/hello").substr(0, 30),
                            post("/echo", "Content-Length: 10\r\n", "abc"),
                            post("/echo", "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n")}) {
    Wire wire(echo.port());
    wire.send(start);
    CHECK_MESSAGE(wire.closed(), start);
  }
  Wire idle(echo.port());
  idle.send(get("/hello"));
  CHECK(status(idle.reply()) == 200);
  CHECK(idle.closed());
}

TEST_CASE("a byte now and then does not keep a head alive") {
  Echo const echo(impatient());
  Wire slow(echo.port());
  std::atomic<bool> over = false;
  std::thread dripping([&slow, &over] {
    for (int i = 0; i < 100'000 && !over; ++i) {
      slow.send("G");
      std::this_thread::yield();
    }
  });
  CHECK(slow.closed());
  over = true;
  dripping.join();
}

TEST_CASE("slow peers do not hold up others") {
  Echo const echo;
  std::vector<std::unique_ptr<Wire>> slow;
  slow.reserve(200);
  for (int i = 0; i < 200; ++i) {
    slow.push_back(std::make_unique<Wire>(echo.port()));
    slow.back()->send("GET / HTTP/1.1\r\nX: ");
  }
  Wire wire(echo.port());
  wire.send(get("/hello"));
  CHECK(status(wire.reply()) == 200);
}

TEST_CASE("what is too large is refused early and the connection ends") {
  Echo const echo;
  struct Case {
    std::string request;
    int status;
  };
  for (auto const& [request, expected] : {
           Case{"GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
           Case{get("/hello", "X: " + std::string(limits::header_bytes, 'a') + "\r\n"), 431},
           Case{post("/echo", "Content-Length: 99999999\r\n", ""), 413},
           Case{post("/echo", "Content-Length: 99999999\r\nExpect: 100-continue\r\n", ""), 413},
           Case{post("/echo", "Transfer-Encoding: chunked\r\n", "fffffff\r\n"), 413},
       }) {
    Wire wire(echo.port());
    wire.send(request);
    auto const reply = wire.reply();
    CHECK(status(reply) == expected);
    CHECK(reply.find("application/problem+json") != std::string::npos);
    CHECK(reply.find("Connection: close") != std::string::npos);
    CHECK(wire.closed());
  }
}

TEST_CASE("a refused upload still lets its peer read why") {
  Echo const echo;
  Wire wire(echo.port());
  wire.send(post("/echo", "Content-Length: 3000000\r\n", std::string(3'000'000, 'x')));
  CHECK(status(wire.reply()) == 413);
}

TEST_CASE("a large body within the limit of its route is taken") {
  Echo const echo;
  Wire wire(echo.port());
  wire.send(post("/upload", "Content-Length: 4000000\r\n", std::string(4'000'000, 'x')));
  CHECK(body(wire.reply()) == "4000000");
  wire.send(get("/hello"));
  CHECK(status(wire.reply()) == 200);
}

TEST_CASE("an ambiguous request gets one answer and the connection ends") {
  Echo const echo;
  for (auto const& request : {post("/echo", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                                   "0\r\n\r\nGET /hello HTTP/1.1\r\n"),
                              post("/echo", "Content-Length: 0\r\nContent-Length: 44\r\n", get("/hello")),
                              post("/echo", "Transfer-Encoding: xchunked\r\n", get("/hello")),
                              "GET / HTTP/1.1\r\n\r\n" + get("/hello")}) {
    Wire wire(echo.port());
    wire.send(request);
    CHECK_MESSAGE(status(wire.reply()) >= 400, request);
    CHECK_MESSAGE(wire.reply().empty(), request);
  }
}

TEST_CASE("a compressed body and an unknown expectation are refused") {
  Echo const echo;
  Wire wire(echo.port());
  wire.send(post("/echo", "Content-Length: 2\r\nContent-Encoding: gzip\r\n", "ab"));
  CHECK(status(wire.reply()) == 415);
  wire.send(post("/echo", "Content-Length: 2\r\nExpect: miracles\r\n", "ab"));
  CHECK(status(wire.reply()) == 417);
  wire.send(get("/hello"));
  CHECK(status(wire.reply()) == 200);
}

TEST_CASE("a peer of HTTP/1.0 or one that asks to close gets its reply and no more") {
  Echo const echo;
  for (auto const& request :
       {std::string("GET /hello HTTP/1.0\r\n\r\n"), get("/hello", "Connection: close\r\n")}) {
    Wire wire(echo.port());
    wire.send(request);
    CHECK(status(wire.reply()) == 200);
    CHECK(wire.closed());
  }
}

TEST_CASE("a peer that goes away in the middle does no harm") {
  Echo const echo;
  for (int i = 0; i < 50; ++i) {
    Wire wire(echo.port());
    wire.send(post("/echo", "Content-Length: 10\r\n", "abc"));
  }
  Wire wire(echo.port());
  wire.send(get("/hello"));
  CHECK(status(wire.reply()) == 200);
}

TEST_CASE("more connections than allowed are turned away") {
  ServerOptions options;
  options.connections = 2;
  Echo const echo(options);
  Wire one(echo.port());
  Wire two(echo.port());
  for (auto* wire : {&one, &two}) {
    wire->send(get("/hello"));
    CHECK(status(wire->reply()) == 200);
  }
  Wire three(echo.port());
  CHECK(status(three.reply()) == 503);
  CHECK(three.closed());
}

TEST_CASE("random bytes are answered or refused, never taken badly") {
  Echo const echo;
  for (int i = 0; i < 200; ++i) {
    Wire wire(echo.port());
    wire.send(random_bytes(300) + "\r\n\r\n");
    CHECK(status(wire.reply()) >= 400);
  }
}

TEST_CASE("over TLS the same requests work, with HSTS, and plain ones do not") {
  namespace ssl = boost::asio::ssl;
  testing::Certificate const certificate;
  ServerOptions options;
  options.certificate_file = certificate.file();
  options.key_file = certificate.key_file();
  Echo const echo(options);
  boost::asio::io_context context;
  ssl::context client(ssl::context::tls_client);
  ssl::stream<boost::asio::ip::tcp::socket> stream(context, client);
  stream.next_layer().connect({boost::asio::ip::address_v4::loopback(), echo.port()});
  stream.handshake(ssl::stream_base::client);
  for (auto const& request :
       {get("/hello"), post("/upload", "Content-Length: 2000000\r\n", std::string(2'000'000, 'x')),
        get("/hello", "Connection: close\r\n")}) {
    boost::asio::write(stream, boost::asio::buffer(request));
    std::string reply(2000, '\0');
    reply.resize(stream.read_some(boost::asio::buffer(reply)));
    CHECK(status(reply) == 200);
    CHECK(reply.find("Strict-Transport-Security: max-age=63072000") != std::string::npos);
  }
  char last = 0;
  boost::system::error_code code;
  stream.read_some(boost::asio::buffer(&last, 1), code);
  CHECK(code == boost::asio::error::eof);
  Wire plain(echo.port());
  plain.send(get("/hello"));
  CHECK(plain.closed());
}

TEST_CASE("a certificate that cannot be read stops the start with its name") {
  ServerOptions options;
  options.certificate_file = "/nowhere/certificate.pem";
  options.key_file = "/nowhere/key.pem";
  Router const router;
  Server server(options, router, {});
  auto const started = server.start();
  REQUIRE(started.has_error());
  CHECK(started.error().english().find("/nowhere/certificate.pem") != std::string::npos);
}

}  // namespace
}  // namespace yunzhi::http
