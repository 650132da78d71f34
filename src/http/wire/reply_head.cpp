#include "http/wire/reply_head.hpp"

#include <algorithm>

#include "http/status.hpp"
#include "http/wire/text.hpp"

namespace yunzhi::http {
namespace {

constexpr std::string_view fixed =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "X-Frame-Options: DENY\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), "
    "payment=(), usb=()\r\n";
constexpr std::string_view strict_transport =
    "Strict-Transport-Security: max-age=63072000; includeSubDomains\r\n";
constexpr std::string_view no_policy =
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
constexpr std::string_view page_policy =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
    "blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'\r\n";

// A line break in a value would let its author write headers of his own.
void append_value(std::string& head, std::string_view value) {
  for (auto const letter : value) {
    bool const control = static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
    head += control && letter != '\t' ? ' ' : letter;
  }
}

bool is_framing(std::string_view name) {
  return same_ignoring_case(name, "Content-Length") || same_ignoring_case(name, "Transfer-Encoding") ||
         same_ignoring_case(name, "Connection");
}

struct Own {
  bool policy = false;
  bool cache = false;
  bool page = false;
};

Own append_own(std::string& head, Headers const& headers) {
  Own own;
  for (auto const& [name, value] : headers) {
    if (is_framing(name)) continue;
    own.policy |= same_ignoring_case(name, "Content-Security-Policy");
    own.cache |= same_ignoring_case(name, "Cache-Control");
    own.page |= same_ignoring_case(name, "Content-Type") && value.starts_with("text/html");
    append_value(head, name);
    head += ": ";
    append_value(head, value);
    head += "\r\n";
  }
  return own;
}

void append_framing(std::string& head, Reply const& reply, HeadOptions const& options) {
  if (options.chunked) {
    head += "Transfer-Encoding: chunked\r\n";
  } else if (!bodiless(reply.status) && !reply.stream) {
    head += "Content-Length: ";
    head += std::to_string(body_of(reply).size());
    head += "\r\n";
  }
  if (options.close) head += "Connection: close\r\n";
}

}  // namespace

std::string_view body_of(Reply const& reply) {
  return reply.lasting.empty() ? std::string_view(reply.body) : reply.lasting;
}

bool bodiless(int status) {
  return status == 204 || status == 304 || status < 200;
}

std::string reply_head(Reply const& reply, HeadOptions const& options) {
  std::string head;
  head.reserve(1024);
  head += "HTTP/1.1 ";
  head += std::to_string(reply.status);
  head += ' ';
  head += reason_of(reply.status);
  head += "\r\nDate: ";
  head += options.date;
  head += "\r\n";
  append_framing(head, reply, options);
  auto const own = append_own(head, reply.headers);
  if (!own.cache) head += "Cache-Control: no-store\r\n";
  if (!own.policy) head += own.page ? page_policy : no_policy;
  head += fixed;
  if (options.secure) head += strict_transport;
  head += "X-Request-Id: ";
  head += options.request_id;
  head += "\r\n\r\n";
  return head;
}

}  // namespace yunzhi::http
