// One keep-alive connection that sends a request, waits for its whole answer, and sends the next.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace yunzhi::load {

struct Work {
  std::string host;
  std::uint16_t port = 0;
  std::string method;
  std::string path;
  std::string body;    ///< "{n}" becomes a number no other request of the run has
  std::string token;   ///< bearer token, or empty
  int expected = 200;  ///< any other status counts as an error
};

class Client {
 public:
  /// Connects; throws std::system_error when that fails.
  explicit Client(Work const& work);
  ~Client();
  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;

  [[nodiscard]] int descriptor() const { return socket_; }

  void send(std::uint64_t number);

  /// Takes what has arrived. True when the answer is whole; then `ok` and `latency_ms` tell of it.
  bool receive();
  [[nodiscard]] bool ok() const { return status_ == work_.expected; }
  [[nodiscard]] double latency_ms() const;

 private:
  [[nodiscard]] bool whole();

  Work const& work_;
  int socket_ = -1;
  std::string received_;
  int status_ = 0;
  std::chrono::steady_clock::time_point sent_;
  std::chrono::steady_clock::time_point answered_;
};

}  // namespace yunzhi::load
