#include "connection.hpp"

#include <cstdio>
#include <cstring>
#include <stdexcept>

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "monitor/ingest/snappy.hpp"

namespace yunzhi::monitor {

Connection::Connection(std::string host, int port, std::string path)
    : host_(std::move(host)), port_(port), path_(std::move(path)) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host_.c_str(), std::to_string(port_).c_str(), &hints, &found) != 0)
    throw std::runtime_error("unknown host");
  socket_ = ::socket(found->ai_family, found->ai_socktype, found->ai_protocol);
  int const on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  bool const connected = ::connect(socket_, found->ai_addr, found->ai_addrlen) == 0;
  freeaddrinfo(found);
  if (!connected) throw std::runtime_error("nobody listens");
}

Connection::~Connection() {
  ::close(socket_);
}

int Connection::post(std::string const& message) {
  auto const body = snap(message);
  auto const head = fmt::format(
      "POST {} HTTP/1.1\r\nHost: {}:{}\r\nContent-Encoding: snappy\r\nContent-Type: "
      "application/x-protobuf\r\n"
      "X-Prometheus-Remote-Write-Version: 0.1.0\r\nContent-Length: {}\r\n\r\n",
      path_, host_, port_, body.size());
  send(head + body);
  return answer();
}

void Connection::send(std::string const& bytes) const {
  for (std::size_t sent = 0; sent < bytes.size();) {
    auto const part = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (part <= 0) throw std::runtime_error("the receiver is gone");
    sent += static_cast<std::size_t>(part);
  }
}

int Connection::answer() {
  while (text_.find("\r\n\r\n") == std::string::npos) receive();
  auto const head = text_.find("\r\n\r\n") + 4;
  std::size_t length = 0;
  for (auto const* name : {"Content-Length: ", "content-length: "}) {
    auto const at = text_.find(name);
    if (at < head) length = std::stoul(text_.substr(at + std::strlen(name)));
  }
  while (text_.size() < head + length) receive();
  int const status = std::stoi(text_.substr(9, 3));
  if (status >= 300) std::fprintf(stderr, "%d %s\n", status, text_.substr(head, length).c_str());
  text_.erase(0, head + length);
  return status;
}

void Connection::receive() {
  char buffer[4096];
  auto const got = ::recv(socket_, buffer, sizeof(buffer), 0);
  if (got <= 0) throw std::runtime_error("the receiver is gone");
  text_.append(buffer, static_cast<std::size_t>(got));
}

}  // namespace yunzhi::monitor
