#include <thread>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "notify/deliverer.hpp"
#include "notify/inbox.hpp"
#include "notify/outbox.hpp"
#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::notify;

namespace {

// A mail server that takes one message, or refuses its recipient.
class MailServer {
 public:
  explicit MailServer(bool refuses) : refuses_(refuses), listening_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(bind(listening_, any, size) == 0);
    REQUIRE(listen(listening_, 1) == 0);
    REQUIRE(getsockname(listening_, any, &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(accept(listening_, nullptr, nullptr)); });
  }
  ~MailServer() {
    wait();
    close(listening_);
  }
  void wait() {
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }

  std::string heard;

 private:
  void serve(int peer) {
    std::string line;
    bool data = false;
    say(peer, "220 ready");
    for (char one = 0; read(peer, &one, 1) == 1;) {
      heard += one;
      line += one;
      if (!line.ends_with("\r\n")) continue;
      if (data) {
        data = line != ".\r\n";
        if (!data) say(peer, "250 taken");
      } else if (line.starts_with("QUIT")) {
        say(peer, "221 bye");
        break;
      } else if (line.starts_with("DATA")) {
        data = true;
        say(peer, "354 go on");
      } else {
        say(peer, refuses_ && line.starts_with("RCPT") ? "550 no such person" : "250 fine");
      }
      line.clear();
    }
    close(peer);
  }
  static void say(int peer, std::string const& text) {
    auto const line = text + "\r\n";
    CHECK(write(peer, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  }

  bool refuses_;
  int listening_;
  int port_ = 0;
  std::thread thread_;
};

json::object delivery_by(MailServer& server) {
  json::object found;
  store::TemporaryFolder const folder;
  store::Options options;
  options.data = folder.path();
  auto const opened =
      store::Store::open(options, store::migrations_of({"store", "notify"})).value().release();
  std::unique_ptr<store::Store> const store(opened);
  auto const done = store->write([](store::Edit& edit) -> Result<> {
    put(edit, Channel::email, "zhang@hospital.test", {"k", "故障", "正文", "https://y.test/1"});
    return {};
  });
  REQUIRE(done.has_value());
  Channels channels;
  channels.smtp = Smtp{server.url(), "", "", "yunzhi@hospital.test", false, ""};
  Deliverer(*store, channels, [] { return 0.5; }).deliver_due();
  server.wait();
  auto const reply = store->read([](store::Reader& reader) { return deliveries(reader, {}); });
  return parse_json(reply->body).value().at("items").at(0).as_object();
}

}  // namespace

TEST_CASE("a mail server takes the message") {
  MailServer server(false);
  auto const delivery = delivery_by(server);
  CHECK(delivery.at("state").as_string() == "sent");
  CHECK(server.heard.find("MAIL FROM:<yunzhi@hospital.test>") != std::string::npos);
  CHECK(server.heard.find("RCPT TO:<zhang@hospital.test>") != std::string::npos);
  CHECK(server.heard.find("Message-ID: <") != std::string::npos);
}

TEST_CASE("a recipient the mail server refuses is tried again later and the trace says why") {
  MailServer server(true);
  auto const delivery = delivery_by(server);
  CHECK(delivery.at("state").as_string() == "pending");
  CHECK(delivery.at("last_error").as_string().find("550") != std::string::npos);
}
