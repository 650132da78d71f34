#include "http/wire/connection.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include <sys/socket.h>

#include "base/limits.hpp"
#include "base/log.hpp"
#include "http/wire/reply_head.hpp"

namespace yunzhi::http {
namespace {

constexpr std::size_t idle_buffer_bytes = 4 << 10;       // held by a connection that waits
constexpr std::size_t head_buffer_bytes = 24 << 10;      // a little over limits::header_bytes
constexpr std::size_t body_buffer_bytes = 64 << 10;      // while a large body comes in
constexpr std::size_t body_bytes_per_second = 16 << 10;  // slower than this ends the connection
constexpr std::size_t small_body_bytes = 16 << 10;       // goes out in one piece with its head
constexpr std::size_t skipped_bytes = 64 << 10;          // of a body nobody wants, to keep the connection
constexpr std::size_t lingering_bytes = 8 << 20;         // read and dropped so that a reply arrives
constexpr int lingering_ms = 2'000;
constexpr int write_timeout_ms = 30'000;  // without any progress of the peer
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

std::string address_of(Socket const& socket) {
  ErrorCode code;
  auto const peer = socket.remote_endpoint(code);
  return code ? std::string() : peer.address().to_string();
}

}  // namespace

Connection::Connection(Service& service, Loop& loop, std::unique_ptr<ByteStream> bytes, bool secure)
    : service_(service),
      loop_(loop),
      bytes_(std::move(bytes)),
      remote_(address_of(bytes_->socket())),
      secure_(secure) {
  loop_.enter(*this);
}

Connection::~Connection() {
  loop_.leave(*this);
}

void Connection::allow(int timeout_ms) {
  deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
}

void Connection::check(Time now) {
  // Waking and cutting run the coroutine, which may end this object: each is the last step.
  if (now >= deadline_ || (events_ && peer_gone())) {
    cut();
  } else if (events_ && now >= next_heartbeat_ && !heartbeat_) {
    heartbeat_ = true;
    auto const events = events_;
    events->wake();
  }
}

// A peer that closed an otherwise silent stream is noticed here, without a second reader on the socket.
bool Connection::peer_gone() {
  char byte = 0;
  auto const seen = ::recv(bytes_->socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return seen == 0 || (seen < 0 && errno != EAGAIN && errno != EINTR);
}

void Connection::wind_down() {
  ending_ = true;
  if (idle_ || events_) cut();
}

void Connection::cut() {
  ending_ = true;
  ErrorCode ignored;
  bytes_->socket().close(ignored);
  // Held here, because the resumed coroutine may end this object.
  auto const exchange = exchange_;
  auto const events = events_;
  if (events) {
    events->close();
    events->wake();
  } else if (exchange) {
    exchange->give_up();
  }
}

Task<void> Connection::run() {
  allow(service_.options.header_timeout_ms);
  auto const opened = co_await bytes_->open();
  if (opened.code) co_return;
  while (!ending_) {
    bool const again = co_await serve_one();
    if (!again) break;
  }
  if (bytes_->socket().is_open()) {
    allow(lingering_ms);
    co_await bytes_->finish();
  }
}

void Connection::begin_request() {
  parser_.emplace();
  admission_ = Admission{};
  exchange_ = std::make_shared<Exchange>(loop_.mailbox());
  auto& request = exchange_->request;
  std::array<char, 20> digits{};
  auto const number = service_.next_id.fetch_add(1, std::memory_order_relaxed);
  auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  request.id.reserve(service_.id_prefix.size() + digits.size());
  request.id = service_.id_prefix;
  request.id.append(digits.data(), end);
  request.remote = remote_;
  request.secure = secure_;
  request.words = &service_.words;
}

Task<bool> Connection::serve_one() {
  idle_ = begin_ == end_;
  if (idle_) {
    begin_ = end_ = 0;
    if (input_.size() != idle_buffer_bytes) std::vector<char>(idle_buffer_bytes).swap(input_);
    allow(service_.options.idle_timeout_ms);
    bool const came = co_await fill();
    if (!came) co_return false;
    idle_ = false;
  }
  allow(service_.options.header_timeout_ms);
  begin_request();
  bool const complete = co_await read_head();
  if (!complete) {
    if (parser_->failure() == 0) co_return false;
    auto reply = framing_problem(parser_->failure(), exchange_->request);
    co_return co_await answer_early(std::move(reply));
  }
  bool const again = co_await take_body();
  exchange_.reset();
  parser_.reset();
  co_return again;
}

// More bytes into the buffer; false when the peer is gone.
Task<bool> Connection::fill() {
  if (begin_ > 0) {
    std::memmove(input_.data(), input_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == input_.size()) input_.resize(std::min(input_.size() * 2, head_buffer_bytes));
  asio::mutable_buffer const room(input_.data() + end_, input_.size() - end_);
  if (room.size() == 0) co_return false;
  auto const io = co_await bytes_->read(room);
  end_ += io.bytes;
  co_return !io.code;
}

void Connection::feed() {
  begin_ += parser_->feed(unread());
}

Task<bool> Connection::read_head() {
  feed();
  while (!parser_->head_done() && parser_->failure() == 0) {
    bool const came = co_await fill();
    if (!came) co_return false;
    feed();
  }
  started_ = std::chrono::steady_clock::now();
  co_return parser_->failure() == 0;
}

Task<bool> Connection::take_body() {
  auto& request = exchange_->request;
  keep_ = parser_->keeps_alive() && !ending_;
  admission_ = admit(*parser_, service_.router, service_.fallback, request);
  if (admission_.reply) {
    auto reply = std::move(*admission_.reply);
    bool const skipped = co_await skip_body();
    if (!skipped) co_return co_await answer_early(std::move(reply));
    co_return co_await send(reply);
  }
  if (!parser_->admit_body(admission_.body_limit)) {
    auto reply = framing_problem(413, request);
    co_return co_await answer_early(std::move(reply));
  }
  bool const complete = co_await read_body();
  if (!complete) {
    if (parser_->failure() == 0) co_return false;
    auto reply = framing_problem(parser_->failure(), request);
    co_return co_await answer_early(std::move(reply));
  }
  request.body = std::move(parser_->body);
  co_return co_await handle();
}

// The body of a request that is refused by its head alone: a short one is read so that the connection can
// be kept; for anything else the connection ends with the reply.
Task<bool> Connection::skip_body() {
  if (parser_->done()) co_return true;
  auto const length = parser_->announced();
  if (!length || *length > skipped_bytes || admission_.continues) co_return false;
  parser_->admit_body(skipped_bytes);
  co_return co_await read_body();
}

Task<bool> Connection::read_body() {
  if (parser_->done()) co_return true;
  auto const began = std::chrono::steady_clock::now();
  if (admission_.continues && unread().empty()) {
    bool const sent = co_await send_bytes(continue_line);
    if (!sent) co_return false;
  }
  auto const length = parser_->announced();
  if ((!length || *length > body_buffer_bytes) && input_.size() < body_buffer_bytes) {
    input_.resize(body_buffer_bytes);
  }
  feed();
  while (!parser_->done() && parser_->failure() == 0) {
    auto const earned_ms = parser_->body.size() * 1000 / body_bytes_per_second;
    deadline_ = began + std::chrono::milliseconds(service_.options.body_timeout_ms) +
                std::chrono::milliseconds(earned_ms);
    bool const came = co_await fill();
    if (!came) co_return false;
    feed();
  }
  co_return parser_->failure() == 0;
}

// An answer before the whole request was read: nothing after it can be trusted, so the connection ends.
Task<bool> Connection::answer_early(Reply reply) {
  keep_ = false;
  started_ = std::chrono::steady_clock::now();
  bool const sent = co_await send(reply);
  if (sent || bytes_->socket().is_open()) co_await linger();
  co_return false;
}

// Closing with unread bytes would reset the connection and could take the reply back from the peer.
Task<void> Connection::linger() {
  allow(lingering_ms);
  ErrorCode ignored;
  bytes_->socket().shutdown(Socket::shutdown_send, ignored);
  std::size_t dropped = 0;
  while (dropped < lingering_bytes) {
    begin_ = end_ = 0;
    asio::mutable_buffer const room(input_.data(), input_.size());
    auto const io = co_await bytes_->read(room);
    if (io.code) break;
    dropped += io.bytes;
  }
  bytes_->socket().close(ignored);
}

Task<bool> Connection::handle() {
  // While a handler works, its own limits count; the peer is not to blame.
  deadline_ = Time::max();
  auto const& exchange = exchange_;
  exchange->route = admission_.route;
  if (admission_.runs == Runs::on_loop) {
    auto const respond = respond_to(exchange);
    run_handler(*admission_.handler, *exchange, respond);
  } else if (!service_.workers.submit(*admission_.handler, exchange)) {
    auto const refusal = refuse(Why::busy, "", "the server has too much to do; try again later");
    exchange->answer(Reply::problem(refusal, exchange->request));
  }
  if (!exchange->done()) co_await exchange->wait();
  if (!exchange->done()) co_return false;
  co_return co_await send(exchange->reply);
}

void Connection::observe(int status) {
  if (!service_.observer) return;
  auto const spent = std::chrono::steady_clock::now() - started_;
  service_.observer(
      {&exchange_->request, exchange_->route, status, std::chrono::duration<double>(spent).count()});
}

Task<bool> Connection::send(Reply& reply) {
  keep_ = keep_ && !ending_;
  bool const streams = reply.stream != nullptr;
  bool const old_peer = parser_->version() == 10;
  HeadOptions options;
  options.date = loop_.date();
  options.request_id = exchange_->request.id;
  options.secure = secure_;
  options.chunked = streams && !old_peer;
  if (streams && old_peer) keep_ = false;
  options.close = !keep_;
  auto head = reply_head(reply, options);
  auto body = bodiless(reply.status) || admission_.head_only ? std::string_view() : body_of(reply);
  if (body.size() <= small_body_bytes) {
    head += body;
    body = {};
  }
  bool sent = co_await send_bytes(head);
  if (sent && !body.empty()) sent = co_await send_bytes(body);
  observe(reply.status);
  if (sent && streams && !admission_.head_only) {
    bool const event_stream = head.find("text/event-stream") != std::string::npos;
    sent = co_await send_stream(*reply.stream, options.chunked, event_stream);
  }
  co_return sent&& keep_;
}

Task<bool> Connection::send_bytes(std::string_view bytes) {
  while (!bytes.empty()) {
    asio::const_buffer const now(bytes.data(), bytes.size());
    auto const io = bytes_->write_now(now);
    if (io.code) co_return false;
    bytes.remove_prefix(io.bytes);
    if (bytes.empty()) break;
    // In pieces, so that the deadline measures progress and not the size of the reply.
    allow(write_timeout_ms);
    auto const piece = bytes.substr(0, body_buffer_bytes);
    asio::const_buffer const rest(piece.data(), piece.size());
    auto const later = co_await bytes_->write(rest);
    if (later.code) co_return false;
    bytes.remove_prefix(piece.size());
  }
  co_return true;
}

Task<bool> Connection::send_stream(Stream& stream, bool chunked, bool event_stream) {
  events_ = std::make_shared<EventQueue>(loop_.mailbox(), service_.options.stream_bytes);
  auto const events = events_;
  auto const beat = std::chrono::milliseconds(service_.options.heartbeat_ms);
  deadline_ = Time::max();
  next_heartbeat_ = event_stream ? std::chrono::steady_clock::now() + beat : Time::max();
  heartbeat_ = false;
  stream.open(events->sink());
  bool whole = false;
  while (!ending_) {
    auto const taken = events->take();
    bool sent = true;
    if (!taken.bytes.empty()) {
      sent = co_await send_piece(taken.bytes, chunked);
    } else if (taken.ended || taken.closed) {
      whole = taken.ended && !taken.closed;
      break;
    } else if (heartbeat_) {
      sent = co_await send_piece(":\n\n", chunked);
    } else {
      deadline_ = Time::max();
      co_await events->wait();
      continue;
    }
    if (!sent) break;
    if (event_stream) next_heartbeat_ = std::chrono::steady_clock::now() + beat;
    heartbeat_ = false;
  }
  events->close();
  events_.reset();
  if (!whole || ending_) co_return false;
  if (chunked) co_return co_await send_bytes("0\r\n\r\n");
  co_return true;
}

Task<bool> Connection::send_piece(std::string_view piece, bool chunked) {
  std::string framed;
  framed.reserve(piece.size() + 24);
  if (chunked) {
    std::array<char, 16> digits{};
    auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), piece.size(), 16).ptr;
    framed.append(digits.data(), end);
    framed += "\r\n";
  }
  framed += piece;
  if (chunked) framed += "\r\n";
  co_return co_await send_bytes(framed);
}

}  // namespace yunzhi::http
