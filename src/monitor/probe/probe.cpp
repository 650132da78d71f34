#include "monitor/probe/probe.hpp"

#include <array>
#include <chrono>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/icmp.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>
#include <openssl/x509.h>

namespace yunzhi::monitor {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Watch = std::chrono::steady_clock;

constexpr std::string_view prefix = "probe-";

std::string kind_of(Target const& target) {
  auto const scheme = target.settings ? target.settings->scheme : std::string();
  return scheme.starts_with(prefix) ? scheme.substr(prefix.size()) : std::string();
}

double since(Watch::time_point begun) {
  return std::chrono::duration<double>(Watch::now() - begun).count();
}

void put_figure(std::string& page, std::string_view name, double value) {
  page += fmt::format("# TYPE {} gauge\n{} {}\n", name, name, value);
}

// When the first of the peer's certificates ends, in seconds since 1970; 0 without certificates.
std::int64_t earliest_end(SSL* connection) {
  std::int64_t earliest = 0;
  auto* const chain = SSL_get_peer_cert_chain(connection);
  for (int i = 0; chain != nullptr && i < sk_X509_num(chain); ++i) {
    tm parts{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(sk_X509_value(chain, i)), &parts) != 1) continue;
    auto const end = static_cast<std::int64_t>(timegm(&parts));
    if (earliest == 0 || end < earliest) earliest = end;
  }
  return earliest;
}

// Name, connection, and for TLS the handshake; each step is timed.
class Dial : public std::enable_shared_from_this<Dial> {
 public:
  Dial(asio::io_context& context, Target const& target, Milliseconds timeout, Fetched done)
      : resolver_(context),
        socket_(context),
        echo_(context),
        timer_(context),
        kind_(kind_of(target)),
        settings_(*target.settings),
        timeout_(timeout),
        done_(std::move(done)) {
    auto const colon = target.address.rfind(':');
    host_ = target.address.substr(0, colon);
    port_ = colon == std::string::npos ? "0" : target.address.substr(colon + 1);
    if (host_.size() > 1 && host_.front() == '[' && host_.back() == ']')
      host_ = host_.substr(1, host_.size() - 2);
  }

  void start() {
    auto const self = shared_from_this();
    timer_.expires_after(timeout_);
    timer_.async_wait([self](error_code error) {
      if (!error) self->finish(false);
    });
    resolver_.async_resolve(host_, port_, [self](error_code error, tcp::resolver::results_type const& found) {
      put_figure(self->page_, "probe_dns_lookup_time_seconds", since(self->begun_));
      if (error || found.empty()) return self->finish(false);
      put_figure(self->page_, "probe_ip_protocol", found.begin()->endpoint().address().is_v4() ? 4 : 6);
      if (self->kind_ == "dns") return self->finish(true);
      if (self->kind_ == "icmp") return self->echo(found.begin()->endpoint().address());
      self->connect(found);
    });
  }

 private:
  void connect(tcp::resolver::results_type const& found) {
    for (auto const& each : found) endpoints_.push_back(each.endpoint());
    auto const self = shared_from_this();
    asio::async_connect(socket_, endpoints_, [self](error_code error, tcp::endpoint const&) {
      if (error) return self->finish(false);
      if (self->kind_ == "tls") return self->shake_hands();
      self->finish(true);
    });
  }

  // The end of the certificate matters more than who signed it; with verify both must be right.
  void shake_hands() {
    tls_context_.set_verify_mode(asio::ssl::verify_none);
    tls_ = std::make_unique<asio::ssl::stream<tcp::socket>>(std::move(socket_), tls_context_);
    auto name = settings_.tls.server_name.empty() ? host_ : settings_.tls.server_name;
    SSL_ctrl(tls_->native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
    auto const self = shared_from_this();
    tls_->async_handshake(asio::ssl::stream_base::client, [self](error_code error) {
      if (error) return self->finish(false);
      auto const end = earliest_end(self->tls_->native_handle());
      put_figure(self->page_, "probe_ssl_earliest_cert_expiry", static_cast<double>(end));
      self->finish(end > 0);
    });
  }

  // Needs a raw socket; without the permission for one the probe fails and says why.
  void echo(asio::ip::address const& address) {
    error_code error;
    if (!address.is_v4()) return finish(false);
    echo_.open(asio::ip::icmp::v4(), error);
    if (error) {
      put_figure(page_, "probe_icmp_permitted", 0);
      return finish(false);
    }
    put_figure(page_, "probe_icmp_permitted", 1);
    request_ = {8, 0, 0, 0, 0x59, 0x5a, 0, 1};  // echo request, checksum, identifier, number
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < request_.size(); i += 2)
      sum += static_cast<std::uint32_t>(request_[i] << 8U) | request_[i + 1];
    sum = ~((sum >> 16U) + (sum & 0xffffU));
    request_[2] = static_cast<std::uint8_t>(sum >> 8U);
    request_[3] = static_cast<std::uint8_t>(sum);
    peer_ = {address, 0};
    echo_.send_to(asio::buffer(request_), peer_, 0, error);
    if (error) return finish(false);
    await_echo();
  }

  void await_echo() {
    auto const self = shared_from_this();
    echo_.async_receive_from(asio::buffer(answer_), from_, [self](error_code error, std::size_t count) {
      if (error) return self->finish(false);
      auto const head = std::size_t{self->answer_[0] & 0x0fU} * 4;  // of IPv4
      bool const ours = count >= head + 8 && self->answer_[head] == 0 &&
                        self->from_.address() == self->peer_.address() &&
                        std::memcmp(&self->answer_[head + 4], &self->request_[4], 4) == 0;
      if (!ours) return self->await_echo();
      self->finish(true);
    });
  }

  void finish(bool success) {
    if (!done_) return;
    auto const done = std::exchange(done_, nullptr);
    error_code ignored;
    resolver_.cancel();
    timer_.cancel();
    echo_.close(ignored);
    (tls_ ? tls_->next_layer() : socket_).close(ignored);
    put_figure(page_, "probe_success", success ? 1 : 0);
    put_figure(page_, "probe_duration_seconds", since(begun_));
    done(FetchedPage{std::move(page_)});
  }

  tcp::resolver resolver_;
  tcp::socket socket_;
  asio::ip::icmp::socket echo_;
  asio::steady_timer timer_;
  asio::ssl::context tls_context_{asio::ssl::context::tls_client};
  std::unique_ptr<asio::ssl::stream<tcp::socket>> tls_;
  std::string kind_;
  ScrapeSettings settings_;
  Milliseconds timeout_;
  Fetched done_;
  std::string host_;
  std::string port_;
  std::string page_;
  std::vector<tcp::endpoint> endpoints_;
  asio::ip::icmp::endpoint peer_;
  asio::ip::icmp::endpoint from_;
  std::array<std::uint8_t, 8> request_{};
  std::array<std::uint8_t, 256> answer_{};
  Watch::time_point begun_ = Watch::now();
};

// An address that answers with a status of success within the time is up.
void probe_http(asio::io_context& context, Target target, ScrapeLimits const& limits, Fetched done) {
  auto settings = *target.settings;
  settings.scheme = settings.scheme.substr(prefix.size());
  target.settings = std::make_shared<ScrapeSettings const>(std::move(settings));
  auto const begun = Watch::now();
  fetch(context, target, limits, [begun, done = std::move(done)](Result<FetchedPage> const& answer) {
    std::string page;
    put_figure(page, "probe_success", answer ? 1 : 0);
    put_figure(page, "probe_duration_seconds", since(begun));
    if (answer) {
      put_figure(page, "probe_http_status_code", 200);
      put_figure(page, "probe_http_content_length", static_cast<double>(answer->body.size()));
    }
    done(FetchedPage{std::move(page)});
  });
}

}  // namespace

bool is_probe(Target const& target) {
  return !kind_of(target).empty();
}

void probe(asio::io_context& context, Target const& target, ScrapeLimits const& limits, Fetched done) {
  auto const kind = kind_of(target);
  if (kind == "http" || kind == "https") return probe_http(context, target, limits, std::move(done));
  // The probe must end before its round does, so that a failure is told by the probe and not as a lost
  // scrape.
  std::make_shared<Dial>(context, target, limits.timeout, std::move(done))->start();
}

}  // namespace yunzhi::monitor
