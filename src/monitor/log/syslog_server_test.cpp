#include "monitor/log/syslog_server.hpp"

#include <chrono>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

#include "http/testing.hpp"
#include "monitor/series/store_fixture.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
namespace asio = boost::asio;

namespace {

struct Taking {
  explicit Taking(LogOptions options = {}) {
    if (options.syslog.empty())
      options.syslog = {{SyslogTransport::udp, "127.0.0.1", 0, "", "", ""},
                        {SyslogTransport::tcp, "127.0.0.1", 0, "", "", ""}};
    logs = Logs::open(options, folder.path / "logs", wall_clock).value();
    server = SyslogServer::open(options, *logs, wall_clock).value();
    server->start();
  }

  // Waits until so many lines are kept, and returns their messages, newest first.
  std::vector<std::string> messages(std::size_t count) const {
    for (int i = 0; i < 1'000 && logs->stats().lines < count; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    LogQuestion question;
    question.limit = 1'000;
    std::vector<std::string> found;
    auto const page = logs->search(question);
    REQUIRE(page.has_value());
    for (auto const& line : page->lines) found.push_back(line.message);
    return found;
  }
  double counted(std::string_view name) const {
    double value = 0;
    for (auto const& point : logs->points(Milliseconds{1}))
      if (point.labels.get(name_label) == name) value = std::max(value, point.sample.value);
    return value;
  }
  void send_datagram(std::string_view text) const {
    asio::io_context context;
    asio::ip::udp::socket socket(context, asio::ip::udp::v4());
    socket.send_to(asio::buffer(text.data(), text.size()),
                   {asio::ip::address_v4::loopback(), server->ports()[0]});
  }
  asio::ip::tcp::socket connect(asio::io_context& context, std::size_t listener = 1) const {
    asio::ip::tcp::socket socket(context);
    socket.connect({asio::ip::address_v4::loopback(), server->ports()[listener]});
    return socket;
  }
  static void write(asio::ip::tcp::socket& socket, std::string_view text) {
    asio::write(socket, asio::buffer(text.data(), text.size()));
  }

  testing::Folder folder;
  std::unique_ptr<Logs> logs;
  std::unique_ptr<SyslogServer> server;
};

}  // namespace

TEST_CASE("datagrams and both framings of TCP are kept and counted") {
  Taking taking;
  taking.send_datagram("<11>1 2026-01-01T00:00:01Z sw1 link - - - port down");
  CHECK(taking.messages(1) == std::vector<std::string>{"port down"});
  asio::io_context context;
  auto socket = taking.connect(context);
  Taking::write(
      socket,
      "43 <14>1 2026-01-01T00:00:02Z db1 pg - - - one<14>1 2026-01-01T00:00:03Z db1 pg - - - two\n<14>1 "
      "2026-01-01T00:00:04Z db1 pg - - - without its end");
  socket.close();
  CHECK(taking.messages(4) == std::vector<std::string>{"without its end", "two", "one", "port down"});
  CHECK(taking.counted("log_lines_total") == 3);
  CHECK(taking.counted("log_lines_malformed_total") == 0);
}

TEST_CASE("over TLS lines are kept, and senders without a certificate stay out where one is asked for") {
  http::testing::Certificate const certificate;
  LogOptions options;
  for (auto const& authority : {std::string(), certificate.file()})
    options.syslog.push_back(
        {SyslogTransport::tls, "127.0.0.1", 0, certificate.file(), certificate.key_file(), authority});
  Taking taking(options);
  asio::io_context context;
  asio::ssl::context client(asio::ssl::context::tls_client);
  boost::system::error_code code;
  for (std::size_t const listener : {1U, 0U}) {
    asio::ssl::stream<asio::ip::tcp::socket> stream(taking.connect(context, listener), client);
    stream.handshake(asio::ssl::stream_base::client, code);
    if (!code) asio::write(stream, asio::buffer(std::string("19 <14>1 - h a - - - s")), code);
    stream.shutdown(code);
  }
  CHECK(taking.messages(1) == std::vector<std::string>{"s"});
  // One who speaks no TLS is not heard.
  auto plain = taking.connect(context, 0);
  Taking::write(plain, "<14>1 - h a - - - plain\n");
  char byte = 0;
  while (!code) plain.read_some(asio::buffer(&byte, 1), code);
  CHECK(taking.logs->stats().lines == 1);
}

TEST_CASE("what keeps to no form is kept from its sender's address and counted") {
  Taking taking;
  taking.send_datagram("hello");
  CHECK(taking.messages(1) == std::vector<std::string>{"hello"});
  CHECK(taking.logs->search({})->lines.front().host == "127.0.0.1");
  CHECK(taking.counted("log_lines_malformed_total") == 1);
}

TEST_CASE("connections over the bound are closed") {
  LogOptions options;
  options.syslog_connections = 1;
  Taking taking(options);
  asio::io_context context;
  auto first = taking.connect(context);
  Taking::write(first, "<14>1 - h a - - - first\n");
  CHECK(taking.messages(1).size() == 1);
  auto second = taking.connect(context);
  char byte = 0;
  boost::system::error_code code;
  second.read_some(asio::buffer(&byte, 1), code);
  CHECK(code == asio::error::eof);
  CHECK(taking.counted("log_connections_refused_total") == 1);
  first.close();
  for (int i = 0; i < 100 && taking.logs->stats().lines < 2; ++i) {
    auto next = taking.connect(context);
    asio::write(next, asio::buffer(std::string("<14>1 - h a - - - next\n")), code);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(taking.logs->stats().lines >= 2);
}

TEST_CASE("datagrams over the rate are dropped and counted") {
  LogOptions options;
  options.syslog_lines_per_second = 1;
  Taking taking(options);
  for (int i = 0; i < 200; ++i) taking.send_datagram("<14>1 - h a - - - x");
  for (int i = 0; i < 500 && taking.counted("log_lines_dropped_total") == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(taking.counted("log_lines_dropped_total") > 0);
  CHECK(taking.logs->stats().lines < 200);
}

TEST_CASE("a connection over the rate waits and loses nothing") {
  LogOptions options;
  options.syslog_lines_per_second = 20;
  auto const begun = std::chrono::steady_clock::now();
  Taking taking(options);
  asio::io_context context;
  auto socket = taking.connect(context);
  // More than one read takes, so that the second has to wait.
  auto const padding = std::string(1'000, 'x');
  for (int i = 0; i < 60; ++i) Taking::write(socket, "<14>1 - h a - - - " + padding + "\n");
  socket.close();
  CHECK(taking.messages(60).size() == 60);
  CHECK(std::chrono::steady_clock::now() - begun > std::chrono::seconds(1));
  CHECK(taking.counted("log_lines_dropped_total") == 0);
}

TEST_CASE("an address that cannot be used is refused, and so are files for TLS") {
  testing::Folder const folder;
  auto const logs = Logs::open({}, folder.path / "logs", wall_clock).value();
  auto const opens = [&](SyslogListen const& asked) {
    LogOptions options;
    options.syslog = {asked};
    return SyslogServer::open(options, *logs, wall_clock).has_value();
  };
  CHECK_FALSE(opens({SyslogTransport::udp, "nowhere", 0, "", "", ""}));
  CHECK_FALSE(opens({SyslogTransport::tcp, "192.0.2.1", 0, "", "", ""}));
  CHECK_FALSE(opens({SyslogTransport::udp, "192.0.2.1", 0, "", "", ""}));
  CHECK_FALSE(opens({SyslogTransport::tls, "127.0.0.1", 0, "missing.pem", "missing.key", ""}));
  CHECK(opens({SyslogTransport::tcp, "127.0.0.1", 0, "", "", ""}));
}
