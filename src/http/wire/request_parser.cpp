#include "http/wire/request_parser.hpp"

#include <algorithm>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include "base/limits.hpp"
#include "http/wire/text.hpp"

namespace yunzhi::http {
namespace {

using Error = boost::beast::http::error;
using Field = boost::beast::http::field;

constexpr std::size_t target_bytes = 8000;      // RFC 9112 section 3 asks for at least this much
constexpr std::size_t headers_count = 100;      // of one request
constexpr std::size_t reserve_bytes = 1 << 18;  // trusted from an announced length before bytes arrive

// reg-name, IPv4 or [IPv6] with an optional port: no user, no path, no blanks.
bool is_host(std::string_view value) {
  return !value.empty() && value.size() <= 255 && std::all_of(value.begin(), value.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || std::string_view("-._~:[]%").find(letter) < 8;
  });
}

bool is_folded(std::string_view head) {
  return head.find("\r\n ") != std::string_view::npos || head.find("\r\n\t") != std::string_view::npos;
}

bool is_number(std::string_view value) {
  return !value.empty() && value.size() <= 18 &&
         std::all_of(value.begin(), value.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

}  // namespace

RequestParser::RequestParser() {
  header_limit(static_cast<std::uint32_t>(limits::header_bytes));
  body_limit(boost::none);
}

std::size_t RequestParser::feed(std::string_view bytes) {
  Code code;
  bool const in_head = !is_header_done();
  auto const used = put(boost::asio::const_buffer(bytes.data(), bytes.size()), code);
  if (code && code != Error::need_more && failure_ == 0) failure_ = status_of(code);
  // Beast joins a header folded over two lines; others have read the second as a header of its own.
  if (in_head && failure_ == 0 && is_folded(bytes.substr(0, used))) failure_ = 400;
  return used;
}

int RequestParser::status_of(Code const& code) const {
  if (code == Error::header_limit) return version_ == 0 ? 414 : 431;
  if (code == Error::bad_version) return 505;
  return 400;
}

bool RequestParser::admit_body(std::size_t limit) {
  body_limit_ = limit;
  eager(true);
  auto const length = announced();
  if (length && *length > limit) return false;
  if (length) body.reserve(std::min<std::size_t>(static_cast<std::size_t>(*length), reserve_bytes));
  return true;
}

std::optional<std::uint64_t> RequestParser::announced() const {
  auto const length = content_length();
  return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

void RequestParser::fail(int status, Code& code) {
  failure_ = status;
  code = Error::bad_value;
}

void RequestParser::on_request_impl(boost::beast::http::verb, View method, View target, int version,
                                    Code& code) {
  method_.assign(method.data(), method.size());
  target_.assign(target.data(), target.size());
  version_ = version;
  if (version != 10 && version != 11) fail(505, code);
  if (target.size() > target_bytes) fail(414, code);
}

void RequestParser::on_field_impl(Field field, View name, View value, Code& code) {
  if (is_header_done()) return;  // a trailer: read for the framing, believed in nothing
  std::string_view const text(value.data(), value.size());
  if (headers.size() == headers_count) return fail(431, code);
  if (field == Field::host && (++hosts_ > 1 || !is_host(text))) return fail(400, code);
  if (field == Field::content_length && (++lengths_ > 1 || !is_number(text))) return fail(400, code);
  if (field == Field::transfer_encoding) {
    if (transfer_coded_ || version_ != 11) return fail(400, code);
    if (!same_ignoring_case(text, "chunked")) return fail(501, code);
    transfer_coded_ = true;
  }
  if (transfer_coded_ && lengths_ > 0) return fail(400, code);
  headers.emplace_back(lower({name.data(), name.size()}), text);
}

void RequestParser::on_header_impl(Code& code) {
  if (version_ == 11 && hosts_ != 1) fail(400, code);
}

std::size_t RequestParser::on_body_impl(View bytes, Code& code) {
  if (body.size() + bytes.size() > body_limit_) {
    fail(413, code);
    return 0;
  }
  body.append(bytes.data(), bytes.size());
  return bytes.size();
}

// Chunks of one byte would let a peer make us work far more than it sends.
void RequestParser::on_chunk_header_impl(std::uint64_t size, View extensions, Code& code) {
  if (extensions.size() > 256) return fail(400, code);
  if (size > body_limit_ - body.size()) return fail(413, code);
  if (++chunks_ > 1000 + body.size() / 16) fail(400, code);
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, View bytes, Code& code) {
  return on_body_impl(bytes, code);
}

}  // namespace yunzhi::http
