#include "load/client.hpp"

#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace yunzhi::load {
namespace {

[[noreturn]] void fail(char const* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::string with_number(std::string text, std::uint64_t number) {
  if (auto const at = text.find("{n}"); at != std::string::npos) text.replace(at, 3, std::to_string(number));
  return text;
}

// The load program must leave the processors to the server, so it looks for the two facts it needs and
// parses nothing else.
std::size_t content_length(std::string_view head) {
  for (std::string_view const name : {"Content-Length: ", "content-length: "})
    if (auto const at = head.find(name); at != std::string_view::npos)
      return std::strtoull(head.data() + at + name.size(), nullptr, 10);
  return 0;
}

}  // namespace

Client::Client(Work const& work) : work_(work), socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (socket_ < 0) fail("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(work.port);
  if (inet_pton(AF_INET, work.host.c_str(), &address.sin_addr) != 1)
    throw std::invalid_argument("the host must be an IPv4 address");
  if (connect(socket_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) fail("connect");
  int const on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Client::~Client() {
  if (socket_ >= 0) close(socket_);
}

void Client::send(std::uint64_t number) {
  std::string const body = with_number(work_.body, number);
  std::string request = fmt::format("{} {} HTTP/1.1\r\nHost: {}:{}\r\n", work_.method,
                                    with_number(work_.path, number), work_.host, work_.port);
  if (!work_.token.empty()) request += fmt::format("Authorization: Bearer {}\r\n", work_.token);
  if (!body.empty())
    request += fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", body.size());
  request += "\r\n" + body;
  received_.clear();
  sent_ = std::chrono::steady_clock::now();
  for (std::size_t done = 0; done < request.size();) {
    auto const count = ::send(socket_, request.data() + done, request.size() - done, MSG_NOSIGNAL);
    if (count < 0) fail("send");
    done += static_cast<std::size_t>(count);
  }
}

bool Client::receive() {
  char piece[65536];
  auto const count = recv(socket_, piece, sizeof piece, 0);
  if (count < 0) fail("receive");
  if (count == 0) throw std::runtime_error("the server closed the connection");
  received_.append(piece, static_cast<std::size_t>(count));
  if (!whole()) return false;
  answered_ = std::chrono::steady_clock::now();
  status_ = std::atoi(received_.c_str() + sizeof "HTTP/1.1");
  return true;
}

bool Client::whole() {
  auto const end = received_.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  return received_.size() >= end + 4 + content_length(std::string_view(received_).substr(0, end));
}

double Client::latency_ms() const {
  return std::chrono::duration<double, std::milli>(answered_ - sent_).count();
}

}  // namespace yunzhi::load
