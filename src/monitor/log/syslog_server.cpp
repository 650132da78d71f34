#include "monitor/log/syslog_server.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/log.hpp"
#include "http/tls.hpp"
#include "monitor/log/syslog.hpp"
#include "monitor/log/syslog_framer.hpp"

namespace yunzhi::monitor {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using boost::system::error_code;
using Tls = asio::ssl::stream<tcp::socket>;
using Watch = std::chrono::steady_clock;

constexpr std::size_t read_bytes = 16 << 10;
constexpr std::size_t datagram_bytes = 64 << 10;
constexpr int datagrams_at_once = 512;
constexpr int receive_buffer_bytes = 4 << 20;
constexpr std::chrono::seconds handshake_time{10};
constexpr std::chrono::hours idle_time{1};
constexpr std::chrono::milliseconds breath{100};

Labels dropped(std::string_view reason) {
  return Labels{{std::string(name_label), "log_lines_dropped_total"}, {"reason", std::string(reason)}};
}

// So many lines a second, those of one second at once.
class Allowance {
 public:
  explicit Allowance(std::size_t per_second)
      : per_second_(static_cast<double>(per_second)), left_(per_second_) {}

  /// Lines that may come now.
  [[nodiscard]] std::size_t left() {
    auto const now = Watch::now();
    std::chrono::duration<double> const passed = now - filled_;
    left_ = std::min(per_second_, left_ + passed.count() * per_second_);
    filled_ = now;
    return static_cast<std::size_t>(std::max(left_, 0.0));
  }
  void spend(std::size_t lines) { left_ -= static_cast<double>(lines); }

 private:
  double const per_second_;
  double left_;
  Watch::time_point filled_ = Watch::now();
};

}  // namespace

struct SyslogServer::Inside {
  template <class Stream>
  class Peer;
  struct TcpListener {
    explicit TcpListener(asio::io_context& context) : acceptor(context), pause(context) {}
    tcp::acceptor acceptor;
    asio::steady_timer pause;
    std::unique_ptr<asio::ssl::context> tls;
  };
  struct UdpListener {
    explicit UdpListener(asio::io_context& context) : socket(context) {}
    udp::socket socket;
  };

  Inside(LogOptions const& options, Logs& given, Clock time)
      : logs(given),
        clock(std::move(time)),
        zone(options.zone),
        most(options.syslog_connections),
        allowance(options.syslog_lines_per_second) {}

  Result<> listen(SyslogListen const& asked);
  Result<> listen_udp(asio::ip::address const& address, SyslogListen const& asked);
  Result<> listen_tcp(asio::ip::address const& address, SyslogListen const& asked);
  void accept(TcpListener& listener);
  void admit(tcp::socket socket, TcpListener& listener);
  void receive(UdpListener& listener);
  void take_datagrams(udp::socket& socket);

  void read(std::string_view message, std::string_view peer) {
    auto read = read_syslog(message, {peer, to_ms(clock()), zone}, limits);
    if (!read.whole) ++malformed;
    batch.push_back(std::move(read.line));
  }

  void keep(std::size_t cut = 0) {
    static Labels const odd{{std::string(name_label), "log_lines_malformed_total"}};
    allowance.spend(batch.size());
    try {
      logs.take(batch);
      if (!batch.empty()) failing = false;
    } catch (std::exception const& problem) {
      logs.note(dropped("disk"), batch.size());
      if (!std::exchange(failing, true))
        log::error("monitor.log_lines_not_kept", {{"reason", problem.what()}});
    }
    logs.note(odd, malformed + cut);
    malformed = 0;
    batch.clear();
  }

  Logs& logs;
  Clock const clock;
  std::chrono::minutes const zone;
  std::size_t const most;
  LogLimits const limits;
  Allowance allowance;
  std::vector<LogLine> batch;
  std::size_t malformed = 0;
  bool failing = false;  ///< told of once, until the disk takes lines again
  std::size_t connections = 0;
  std::vector<std::uint16_t> ports;
  std::array<char, datagram_bytes> datagram{};
  std::thread thread;
  // Taken down first: what waits in it refers to what is above.
  asio::io_context context{1};
  std::vector<std::unique_ptr<TcpListener>> tcp_listeners;
  std::vector<std::unique_ptr<UdpListener>> udp_listeners;
};

// One connection; holds itself alive through its handlers.
template <class Stream>
class SyslogServer::Inside::Peer : public std::enable_shared_from_this<Peer<Stream>> {
 public:
  template <class... More>
  Peer(Inside& inside, std::string address, tcp::socket socket, More&... more)
      : inside_(inside),
        address_(std::move(address)),
        timer_(inside.context),
        framer_(inside.limits.line_bytes),
        stream_(std::move(socket), more...) {
    ++inside_.connections;
  }
  ~Peer() { --inside_.connections; }
  Peer(Peer const&) = delete;
  Peer& operator=(Peer const&) = delete;

  void shake_hands() {
    auto const self = this->shared_from_this();
    allow(handshake_time);
    stream_.async_handshake(Tls::server, [self](error_code error) {
      if (error) return self->close();
      self->read();
    });
  }

  void read() {
    auto const self = this->shared_from_this();
    allow(idle_time);
    stream_.async_read_some(asio::buffer(buffer_), [self](error_code error, std::size_t count) {
      auto const take = [&self](std::string_view message) { self->inside_.read(message, self->address_); };
      auto const cut = self->framer_.cut();
      if (error)
        self->framer_.end(take);
      else
        self->framer_.feed({self->buffer_.data(), count}, take);
      self->inside_.keep(self->framer_.cut() - cut);
      if (error) return self->close();
      self->go_on();
    });
  }

 private:
  // A sender that is too quick waits; TCP holds it up.
  void go_on() {
    if (inside_.allowance.left() > 0) return read();
    auto const self = this->shared_from_this();
    timer_.expires_after(breath);
    timer_.async_wait([self](error_code error) {
      if (!error) self->go_on();
    });
  }

  void allow(Watch::duration time) {
    std::weak_ptr<Peer> const weak = this->shared_from_this();
    timer_.expires_after(time);
    timer_.async_wait([weak](error_code error) {
      auto const self = weak.lock();
      if (!error && self) self->close();
    });
  }

  void close() {
    error_code ignored;
    timer_.cancel();
    stream_.lowest_layer().close(ignored);
  }

  Inside& inside_;
  std::string const address_;
  asio::steady_timer timer_;
  SyslogFramer framer_;
  std::array<char, read_bytes> buffer_{};
  Stream stream_;
};

Result<> SyslogServer::Inside::listen(SyslogListen const& asked) {
  error_code code;
  auto const address = asio::ip::make_address(asked.host == "localhost" ? "127.0.0.1" : asked.host, code);
  if (code) return refuse(Why::invalid, "syslog", "{} is not an address", asked.host);
  return asked.transport == SyslogTransport::udp ? listen_udp(address, asked) : listen_tcp(address, asked);
}

Result<> SyslogServer::Inside::listen_udp(asio::ip::address const& address, SyslogListen const& asked) {
  auto listener = std::make_unique<UdpListener>(context);
  auto& socket = listener->socket;
  udp::endpoint const endpoint(address, asked.port);
  error_code code;
  socket.open(endpoint.protocol(), code);
  if (!code) socket.bind(endpoint, code);
  if (!code) socket.non_blocking(true, code);
  if (code)
    return refuse(Why::conflict, "syslog", "cannot listen on {}:{}: {}", asked.host, asked.port,
                  code.message());
  // The kernel gives what it may; less only means that bursts are lost sooner.
  error_code ignored;
  socket.set_option(asio::socket_base::receive_buffer_size(receive_buffer_bytes), ignored);
  ports.push_back(socket.local_endpoint(code).port());
  receive(*udp_listeners.emplace_back(std::move(listener)));
  return {};
}

Result<> SyslogServer::Inside::listen_tcp(asio::ip::address const& address, SyslogListen const& asked) {
  auto listener = std::make_unique<TcpListener>(context);
  error_code code;
  if (asked.transport == SyslogTransport::tls) {
    auto made = http::server_tls(asked.certificate_file, asked.key_file);
    if (!made) return made.error();
    listener->tls = std::move(*made);
    if (!asked.authority_file.empty()) {
      listener->tls->load_verify_file(asked.authority_file, code);
      if (code)
        return refuse(Why::invalid, asked.authority_file, "the certificate cannot be read: {}",
                      code.message());
      listener->tls->set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
    }
  }
  auto& acceptor = listener->acceptor;
  tcp::endpoint const endpoint(address, asked.port);
  acceptor.open(endpoint.protocol(), code);
  if (!code) acceptor.set_option(asio::socket_base::reuse_address(true), code);
  if (!code) acceptor.bind(endpoint, code);
  if (!code) acceptor.listen(asio::socket_base::max_listen_connections, code);
  if (code)
    return refuse(Why::conflict, "syslog", "cannot listen on {}:{}: {}", asked.host, asked.port,
                  code.message());
  ports.push_back(acceptor.local_endpoint(code).port());
  accept(*tcp_listeners.emplace_back(std::move(listener)));
  return {};
}

void SyslogServer::Inside::accept(TcpListener& listener) {
  listener.acceptor.async_accept([this, &listener](error_code error, tcp::socket socket) {
    if (!error) {
      admit(std::move(socket), listener);
      return accept(listener);
    }
    // Out of descriptors, or a peer that vanished: the next comes later.
    log::warning("monitor.syslog_accept_failed", {{"reason", error.message()}});
    listener.pause.expires_after(breath);
    listener.pause.async_wait([this, &listener](error_code stopped) {
      if (!stopped) accept(listener);
    });
  });
}

void SyslogServer::Inside::admit(tcp::socket socket, TcpListener& listener) {
  static Labels const refused{{std::string(name_label), "log_connections_refused_total"}};
  error_code gone;
  auto const peer = socket.remote_endpoint(gone);
  if (gone) return;
  if (connections >= most) return logs.note(refused, 1);
  error_code ignored;
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  auto address = peer.address().to_string();
  if (listener.tls)
    std::make_shared<Peer<Tls>>(*this, std::move(address), std::move(socket), *listener.tls)->shake_hands();
  else
    std::make_shared<Peer<tcp::socket>>(*this, std::move(address), std::move(socket))->read();
}

void SyslogServer::Inside::receive(UdpListener& listener) {
  listener.socket.async_wait(udp::socket::wait_read, [this, &listener](error_code error) {
    if (error) return;
    take_datagrams(listener.socket);
    receive(listener);
  });
}

// Datagrams over the rate are read and let go, so that those of the next second find room.
void SyslogServer::Inside::take_datagrams(udp::socket& socket) {
  std::size_t over = 0;
  auto const allowed = allowance.left();
  for (int i = 0; i < datagrams_at_once; ++i) {
    udp::endpoint sender;
    error_code code;
    auto const count = socket.receive_from(asio::buffer(datagram), sender, 0, code);
    if (code) break;
    if (count == 0) continue;
    if (batch.size() < allowed)
      read({datagram.data(), count}, sender.address().to_string());
    else
      ++over;
  }
  keep();
  logs.note(dropped("rate"), over);
}

Result<std::unique_ptr<SyslogServer>> SyslogServer::open(LogOptions const& options, Logs& logs, Clock clock) {
  auto inside = std::make_unique<Inside>(options, logs, std::move(clock));
  for (auto const& asked : options.syslog) {
    if (auto listening = inside->listen(asked); !listening) return listening.error();
  }
  return std::unique_ptr<SyslogServer>(new SyslogServer(std::move(inside)));
}

SyslogServer::SyslogServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

SyslogServer::~SyslogServer() {
  stop();
}

void SyslogServer::start() {
  if (inside_->thread.joinable() || inside_->ports.empty()) return;
  inside_->context.restart();
  inside_->thread = std::thread([inside = inside_.get()] { inside->context.run(); });
}

void SyslogServer::stop() {
  inside_->context.stop();
  if (inside_->thread.joinable()) inside_->thread.join();
}

std::vector<std::uint16_t> SyslogServer::ports() const {
  return inside_->ports;
}

}  // namespace yunzhi::monitor
