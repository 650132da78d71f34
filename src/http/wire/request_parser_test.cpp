#include "http/wire/request_parser.hpp"

#include <doctest/doctest.h>

#include "base/limits.hpp"

namespace yunzhi::http {
namespace {

// Feeds the whole text and returns the failure, 0 for a complete request, or -1 for one that wants more.
int outcome(std::string_view text, std::size_t body_limit = 1000) {
  RequestParser parser;
  text.remove_prefix(parser.feed(text));
  if (parser.failure() != 0) return parser.failure();
  if (!parser.head_done()) return -1;
  if (!parser.admit_body(body_limit)) return 413;
  if (!parser.done()) parser.feed(text);
  if (parser.failure() != 0) return parser.failure();
  return parser.done() ? 0 : -1;
}

std::string post(std::string_view headers, std::string_view body) {
  return "POST /a HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

TEST_CASE("well-formed requests are taken") {
  CHECK(outcome("GET / HTTP/1.1\r\nHost: a.b:80\r\n\r\n") == 0);
  CHECK(outcome("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n") == 0);
  CHECK(outcome("GET / HTTP/1.0\r\n\r\n") == 0);
  CHECK(outcome(post("Content-Length: 3\r\n", "abc")) == 0);
  CHECK(outcome(post("Transfer-Encoding: Chunked\r\n", "3;x=y\r\nabc\r\n0\r\n\r\n")) == 0);
  CHECK(outcome(post("Content-Length: 3\r\n", "ab")) == -1);
}

TEST_CASE("a length stated twice or in two ways ends the connection") {
  CHECK(outcome(post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc")) == 400);
  CHECK(outcome(post("Content-Length: 3, 3\r\n", "abc")) == 400);
  CHECK(outcome(post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")) == 400);
  CHECK(outcome(post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n")) == 400);
  CHECK(outcome(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")) == 400);
  CHECK(outcome("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
}

TEST_CASE("a length that is no plain number is refused") {
  for (auto const* length : {"+3", "-3", "0x3", "3 ", " ", "3a", "1e3", "99999999999999999999"}) {
    int const result = outcome(post("Content-Length: " + std::string(length) + "\r\n", "abc"));
    bool const trimmed = std::string_view(length) == "3 ";
    CHECK_MESSAGE(result == (trimmed ? 0 : 400), length);
  }
}

TEST_CASE("a transfer coding other than chunked is unknown") {
  for (auto const* coding : {"gzip, chunked", "xchunked", "chunked, identity", "identity", "chunked;q=1"}) {
    int const result = outcome(post("Transfer-Encoding: " + std::string(coding) + "\r\n", "0\r\n\r\n"));
    CHECK_MESSAGE(result >= 400, coding);
  }
}

TEST_CASE("Host is there once and looks like one") {
  CHECK(outcome("GET / HTTP/1.1\r\n\r\n") == 400);
  CHECK(outcome("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") == 400);
  for (auto const* host : {"a b", "a/b", "u@a", "", "a,b", "a\\b"}) {
    CHECK_MESSAGE(outcome("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n") == 400, host);
  }
}

TEST_CASE("bad chunks are refused") {
  for (auto const* body : {"g\r\n", "3\r\nabcd\r\n0\r\n\r\n", "-1\r\n", "0x3\r\nabc\r\n0\r\n\r\n",
                           "ffffffffffffffffff\r\n", " 3\r\nabc\r\n0\r\n\r\n"}) {
    CHECK_MESSAGE(outcome(post("Transfer-Encoding: chunked\r\n", body)) >= 400, std::string(body));
  }
}

TEST_CASE("chunks without carriage returns never complete a request") {
  CHECK(outcome(post("Transfer-Encoding: chunked\r\n", "3\nabc\n0\n\n")) != 0);
}

TEST_CASE("a trailer adds no header") {
  RequestParser parser;
  std::string const text = post("Transfer-Encoding: chunked\r\n", "0\r\nX-Late: 1\r\n\r\n");
  auto const used = parser.feed(text);
  CHECK(parser.admit_body(10));
  parser.feed(std::string_view(text).substr(used));
  CHECK(parser.done());
  CHECK(parser.headers.size() == 2);
}

TEST_CASE("malformed lines are refused") {
  for (auto const* text :
       {"GET / HTTP/1.1\nHost: a\n\n\r\n\r\n", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX\x01: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: a\x01\r\n\r\n",
        "G@T / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\r\n\r\n", "\x16\x03\x01\x02 \r\n\r\n"}) {
    CHECK_MESSAGE(outcome(text) >= 400, text);
  }
}

TEST_CASE("other versions are not spoken") {
  CHECK(outcome("PRI * HTTP/2.0\r\n\r\n") == 505);
  CHECK(outcome("GET / HTTP/1.2\r\nHost: a\r\n\r\n") == 505);
  CHECK(outcome("GET / HTTP/0.9\r\nHost: a\r\n\r\n") == 505);
}

TEST_CASE("limits have their own answers") {
  CHECK(outcome("GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n") == 414);
  CHECK(outcome("GET /" + std::string(limits::header_bytes + 1, 'a')) == 414);
  CHECK(outcome("GET / HTTP/1.1\r\nX: " + std::string(limits::header_bytes, 'a')) == 431);
  std::string many;
  for (int i = 0; i < 101; ++i) many += "X: 1\r\n";
  CHECK(outcome("GET / HTTP/1.1\r\nHost: a\r\n" + many + "\r\n") == 431);
  CHECK(outcome(post("Content-Length: 1001\r\n", "")) == 413);
  CHECK(outcome(post("Transfer-Encoding: chunked\r\n",
                     "3e9\r\n" + std::string(1001, 'a') + "\r\n0\r\n\r\n")) == 413);
}

TEST_CASE("many tiny chunks are not worth their work") {
  std::string body;
  for (int i = 0; i < 5000; ++i) body += "1\r\na\r\n";
  CHECK(outcome(post("Transfer-Encoding: chunked\r\n", body + "0\r\n\r\n"), 100'000) == 400);
}

}  // namespace
}  // namespace yunzhi::http
