#include "http/testing.hpp"

#include <charconv>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/random.hpp"

namespace yunzhi::http::testing {
namespace {

std::size_t number(std::string_view text, int base) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

// The value of a header written as this product writes it, or empty.
std::string_view value_of(std::string_view head, std::string_view name) {
  auto const start = head.find(name);
  if (start == std::string_view::npos) return {};
  auto const value = head.substr(start + name.size());
  return value.substr(0, value.find("\r\n"));
}

void write_pem(std::filesystem::path const& path, std::function<void(BIO*)> const& fill) {
  BIO* const out = BIO_new_file(path.c_str(), "w");
  fill(out);
  BIO_free(out);
}

}  // namespace

Certificate::Certificate()
    : folder_(std::filesystem::temp_directory_path() / ("yunzhi-tls-" + random_token(6))) {
  std::filesystem::create_directories(folder_);
  auto const free_key = [](EVP_PKEY* key) { EVP_PKEY_free(key); };
  auto const free_certificate = [](X509* certificate) { X509_free(certificate); };
  std::unique_ptr<EVP_PKEY, decltype(free_key)> const key(EVP_EC_gen("P-256"), free_key);
  std::unique_ptr<X509, decltype(free_certificate)> const certificate(X509_new(), free_certificate);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  write_pem(key_file(), [&key](BIO* out) {
    PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
  write_pem(file(), [&certificate](BIO* out) { PEM_write_bio_X509(out, certificate.get()); });
}

Certificate::~Certificate() {
  std::filesystem::remove_all(folder_);
}

Wire::Wire(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  timeval const patience{5, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto const* plain = static_cast<sockaddr const*>(static_cast<void const*>(&address));
  if (::connect(socket_, plain, sizeof address) != 0) throw std::runtime_error("cannot connect");
}

Wire::~Wire() {
  ::close(socket_);
}

void Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool Wire::more() {
  char bytes[16384];
  auto const came = ::recv(socket_, bytes, sizeof bytes, 0);
  if (came <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(came));
  return true;
}

std::string Wire::until(std::string_view text) {
  while (buffer_.find(text) == std::string::npos && more()) {}
  auto const found = buffer_.find(text);
  auto const size = found == std::string::npos ? buffer_.size() : found + text.size();
  auto taken = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return taken;
}

std::string Wire::reply(bool head_only) {
  auto whole = until("\r\n\r\n");
  if (value_of(whole, "Transfer-Encoding: ") == "chunked" && !head_only) return whole + until("0\r\n\r\n");
  auto const length = head_only ? 0 : number(value_of(whole, "Content-Length: "), 10);
  while (buffer_.size() < length && more()) {}
  whole += buffer_.substr(0, length);
  buffer_.erase(0, length);
  return whole;
}

bool Wire::closed() {
  char bytes[16384];
  while (true) {
    auto const came = ::recv(socket_, bytes, sizeof bytes, 0);
    if (came > 0) continue;
    return came == 0 || errno == ECONNRESET;
  }
}

std::string get(std::string_view path, std::string_view headers) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n" + std::string(headers) + "\r\n";
}

std::string ask(std::uint16_t port, std::string_view request) {
  Wire wire(port);
  wire.send(request);
  return wire.reply();
}

int status(std::string_view reply) {
  return reply.size() < 12 ? 0 : static_cast<int>(number(reply.substr(9, 3), 10));
}

std::string_view body(std::string_view reply) {
  auto const end = reply.find("\r\n\r\n");
  return end == std::string_view::npos ? std::string_view() : reply.substr(end + 4);
}

}  // namespace yunzhi::http::testing
