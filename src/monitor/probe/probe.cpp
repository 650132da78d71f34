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

#include "monitor/scrape/certificate.hpp"

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

// Whether the certificate is one that a browser would warn of.
std::optional<Refusal> fault_of_certificate(std::int64_t end) {
  if (end >= to_ms(wall_clock()) / 1000) return std::nullopt;
  return refuse(Why::invalid, "", "the certificate has ended");
}

FetchedPage page_of(std::string figures, std::optional<Refusal> failure, double seconds) {
  FetchedPage page;
  page.body = std::move(figures);
  page.failure = std::move(failure);
  put_figure(page.body, "probe_success", page.failure ? 0 : 1);
  put_figure(page.body, "probe_duration_seconds", seconds);
  return page;
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
      if (!error)
        self->finish(refuse(Why::busy, "", "the target did not answer within {} ms", self->timeout_.count()));
    });
    resolver_.async_resolve(host_, port_, [self](error_code error, tcp::resolver::results_type const& found) {
      put_figure(self->page_, "probe_dns_lookup_time_seconds", since(self->begun_));
      if (error) return self->broke("the target's name cannot be resolved: {}", error);
      put_figure(self->page_, "probe_ip_protocol", found.begin()->endpoint().address().is_v4() ? 4 : 6);
      if (self->kind_ == "dns") return self->finish();
      if (self->kind_ == "icmp") return self->echo(found.begin()->endpoint().address());
      self->connect(found);
    });
  }

 private:
  void connect(tcp::resolver::results_type const& found) {
    for (auto const& each : found) endpoints_.push_back(each.endpoint());
    auto const self = shared_from_this();
    asio::async_connect(socket_, endpoints_, [self](error_code error, tcp::endpoint const&) {
      if (error) return self->broke("the target cannot be reached: {}", error);
      if (self->kind_ == "tls") return self->shake_hands();
      self->finish();
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
      if (error) return self->broke("no TLS connection with the target: {}", error);
      auto const end = earliest_certificate_end(self->tls_->native_handle());
      put_figure(self->page_, "probe_ssl_earliest_cert_expiry", static_cast<double>(end));
      if (end == 0) return self->finish(refuse(Why::invalid, "", "the target showed no certificate"));
      self->finish(fault_of_certificate(end));
    });
  }

  // Needs a raw socket; without the permission for one the probe fails and says why.
  void echo(asio::ip::address const& address) {
    error_code error;
    if (!address.is_v4())
      return finish(refuse(Why::invalid, "", "echo requests are sent to IPv4 addresses only"));
    echo_.open(asio::ip::icmp::v4(), error);
    if (error) {
      put_figure(page_, "probe_icmp_permitted", 0);
      return broke("this server may not send echo requests (it needs CAP_NET_RAW): {}", error);
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
    if (error) return broke("the echo request cannot be sent: {}", error);
    await_echo();
  }

  void await_echo() {
    auto const self = shared_from_this();
    echo_.async_receive_from(asio::buffer(answer_), from_, [self](error_code error, std::size_t count) {
      if (error) return self->broke("no echo from the target: {}", error);
      auto const head = std::size_t{self->answer_[0] & 0x0fU} * 4;  // of IPv4
      bool const ours = count >= head + 8 && self->answer_[head] == 0 &&
                        self->from_.address() == self->peer_.address() &&
                        std::memcmp(&self->answer_[head + 4], &self->request_[4], 4) == 0;
      if (!ours) return self->await_echo();
      self->finish();
    });
  }

  void broke(std::string_view text, error_code const& error) {
    finish(refuse(Why::busy, "", text, error.message()));
  }

  void finish(std::optional<Refusal> failure = {}) {
    if (!done_) return;
    auto const done = std::exchange(done_, nullptr);
    error_code ignored;
    resolver_.cancel();
    timer_.cancel();
    echo_.close(ignored);
    (tls_ ? tls_->next_layer() : socket_).close(ignored);
    done(page_of(std::move(page_), std::move(failure), since(begun_)));
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

// A page is up when it answers with success or sends its reader on, as pages do that ask for a sign-in. Where
// it sends to is not followed: nobody chose that address.
FetchedPage page_of_http(Result<FetchedPage> const& answer, double seconds) {
  if (!answer) return page_of({}, answer.error(), seconds);
  std::string page;
  put_figure(page, "probe_http_status_code", answer->status);
  put_figure(page, "probe_http_content_length", static_cast<double>(answer->body.size()));
  if (answer->certificate_end > 0)
    put_figure(page, "probe_ssl_earliest_cert_expiry", static_cast<double>(answer->certificate_end));
  bool const up = answer->status >= 200 && answer->status < 400;
  if (!up)
    return page_of(std::move(page),
                   refuse(Why::invalid, "", "the target answered with HTTP status {}", answer->status),
                   seconds);
  return page_of(std::move(page),
                 answer->certificate_end > 0 ? fault_of_certificate(answer->certificate_end) : std::nullopt,
                 seconds);
}

void probe_http(asio::io_context& context, Target target, ScrapeLimits const& limits, Fetched done) {
  auto settings = *target.settings;
  settings.scheme = settings.scheme.substr(prefix.size());
  target.settings = std::make_shared<ScrapeSettings const>(std::move(settings));
  auto const begun = Watch::now();
  fetch_any(context, target, limits, [begun, done = std::move(done)](Result<FetchedPage> const& answer) {
    done(page_of_http(answer, since(begun)));
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
