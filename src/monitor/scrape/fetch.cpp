#include "monitor/scrape/fetch.hpp"

#include <array>
#include <memory>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "monitor/ingest/unzip.hpp"
#include "monitor/scrape/certificate.hpp"
#include "monitor/scrape/response_reader.hpp"

namespace yunzhi::monitor {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

using Tls = asio::ssl::stream<tcp::socket>;

std::string request_of(Target const& target, Posting const* posting) {
  std::string request =
      (posting ? "POST " : "GET ") + target.path + " HTTP/1.1\r\nHost: " + target.address +
      "\r\nAccept: application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4"
      "\r\nAccept-Encoding: gzip\r\nUser-Agent: yunzhi\r\n";
  if (target.settings && !target.settings->authorization.empty())
    request += "Authorization: " + target.settings->authorization + "\r\n";
  if (posting) {
    request += "Content-Type: " + posting->type + "\r\n";
    if (!posting->encoding.empty()) request += "Content-Encoding: " + posting->encoding + "\r\n";
    for (auto const& [name, value] : posting->headers) request += name + ": " + value + "\r\n";
    request += "Content-Length: " + std::to_string(posting->body.size()) + "\r\n";
  }
  request += "Connection: close\r\n\r\n";
  return posting ? request + posting->body : request;
}

// Which statuses bring a page.
enum class Accepts { ok, success, any };

bool accepts(Accepts which, int status) {
  if (which == Accepts::any) return true;
  return status == 200 || (which == Accepts::success && status > 199 && status < 300);
}

bool is_one_line(std::string_view text) {
  return text.find_first_of("\r\n") == text.npos;
}

std::unique_ptr<asio::ssl::context> tls_context(TlsSettings const& settings) {
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_client);
  if (settings.ca_file.empty()) {
    context->set_default_verify_paths();
  } else {
    context->load_verify_file(settings.ca_file);
  }
  if (!settings.certificate_file.empty()) {
    context->use_certificate_chain_file(settings.certificate_file);
    context->use_private_key_file(settings.key_file, asio::ssl::context::pem);
  }
  context->set_verify_mode(settings.verify ? asio::ssl::verify_peer : asio::ssl::verify_none);
  return context;
}

// Holds itself alive through its handlers; ends when the last of them has run.
class Fetch : public std::enable_shared_from_this<Fetch> {
 public:
  Fetch(asio::io_context& context, Target const& target, Posting const* posting, Accepts accepted,
        ScrapeLimits const& limits, Fetched done)
      : resolver_(context),
        socket_(context),
        timer_(context),
        target_(target),
        accepted_(accepted),
        limits_(limits),
        done_(std::move(done)),
        reader_(limits.header_bytes, limits.body_bytes) {
    auto const colon = target.address.rfind(':');
    host_ = target.address.substr(0, colon);
    bool const secure = target.settings && target.settings->scheme == "https";
    port_ = colon == std::string::npos ? (secure ? "443" : "80") : target.address.substr(colon + 1);
    if (host_.size() > 1 && host_.front() == '[' && host_.back() == ']')
      host_ = host_.substr(1, host_.size() - 2);
    request_ = request_of(target, posting);
  }

  void start() {
    auto const self = shared_from_this();
    timer_.expires_after(limits_.timeout);
    timer_.async_wait([self](error_code error) {
      if (!error)
        self->fail(
            refuse(Why::busy, "", "the target did not answer within {} ms", self->limits_.timeout.count()));
    });
    bool const header = !target_.settings || is_one_line(target_.settings->authorization);
    if (!is_one_line(target_.path) || !header || host_.find_first_of(" \r\n") != host_.npos) {
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
      if (self->target_.settings && self->target_.settings->scheme == "https") return self->shake_hands();
      self->ask(self->socket_);
    });
  }

  void shake_hands() {
    auto const& settings = target_.settings->tls;
    auto name = settings.server_name.empty() ? host_ : settings.server_name;
    try {
      tls_context_ = tls_context(settings);
      tls_ = std::make_unique<Tls>(std::move(socket_), *tls_context_);
    } catch (boost::system::system_error const& problem) {
      return broke("the files for TLS cannot be used: {}", problem.code());
    }
    // What the macro SSL_set_tlsext_host_name says, without its cast.
    SSL_ctrl(tls_->native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
    if (settings.verify) tls_->set_verify_callback(asio::ssl::host_name_verification(name));
    auto const self = shared_from_this();
    tls_->async_handshake(Tls::client, [self](error_code error) {
      if (error) return self->broke("no TLS connection with the target: {}", error);
      self->ask(*self->tls_);
    });
  }

  template <class Stream>
  void ask(Stream& stream) {
    auto const self = shared_from_this();
    asio::async_write(stream, asio::buffer(request_), [self, &stream](error_code error, std::size_t) {
      if (error) return self->broke("the target cannot be asked: {}", error);
      self->read(stream);
    });
  }

  template <class Stream>
  void read(Stream& stream) {
    auto const self = shared_from_this();
    stream.async_read_some(asio::buffer(buffer_), [self, &stream](error_code error, std::size_t count) {
      bool const ended = error == asio::error::eof || error == asio::ssl::error::stream_truncated;
      if (error && !ended) return self->broke("the target's answer broke off: {}", error);
      auto complete = error ? self->reader_.closed() : self->reader_.feed({self->buffer_.data(), count});
      if (!complete) return self->fail(complete.error());
      if (!*complete) return self->read(stream);
      int const status = self->reader_.status();
      if (!accepts(self->accepted_, status))
        return self->fail(refuse(status == 429 || status >= 500 ? Why::busy : Why::invalid, "",
                                 "the target answered with HTTP status {}", status));
      self->deliver();
    });
  }

  void deliver() {
    FetchedPage page;
    page.body = reader_.body();
    page.open_metrics = reader_.content_type().starts_with("application/openmetrics-text");
    page.status = reader_.status();
    if (tls_) page.certificate_end = earliest_certificate_end(tls_->native_handle());
    if (reader_.gzip()) {
      auto unpacked = gunzip(page.body, limits_.body_bytes);
      if (!unpacked) return fail(unpacked.error());
      page.body = std::move(*unpacked);
    }
    finish(std::move(page));
  }

  void broke(std::string_view text, error_code const& error) {
    fail(refuse(Why::busy, "", text, error.message()));
  }
  void fail(Refusal const& refusal) { finish(refusal); }

  void finish(Result<FetchedPage> result) {
    if (!done_) return;
    auto const done = std::exchange(done_, nullptr);
    error_code ignored;
    resolver_.cancel();
    timer_.cancel();
    (tls_ ? tls_->next_layer() : socket_).close(ignored);
    done(std::move(result));
  }

  tcp::resolver resolver_;
  tcp::socket socket_;
  std::unique_ptr<asio::ssl::context> tls_context_;
  std::unique_ptr<Tls> tls_;  ///< has taken the socket over
  asio::steady_timer timer_;
  Target const target_;
  Accepts const accepted_;
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
  std::make_shared<Fetch>(context, target, nullptr, Accepts::ok, limits, std::move(done))->start();
}

void fetch_any(asio::io_context& context, Target const& target, ScrapeLimits const& limits, Fetched done) {
  std::make_shared<Fetch>(context, target, nullptr, Accepts::any, limits, std::move(done))->start();
}

void post(asio::io_context& context, Target const& target, Posting const& posting, ScrapeLimits const& limits,
          Fetched done) {
  std::make_shared<Fetch>(context, target, &posting, Accepts::success, limits, std::move(done))->start();
}

}  // namespace yunzhi::monitor
