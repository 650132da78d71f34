// One connection to a receiver of remote_write 1.0, as fast as it answers.
#pragma once

#include <string>

namespace yunzhi::monitor {

class Connection {
 public:
  /// Throws when nobody listens there.
  Connection(std::string host, int port, std::string path);
  ~Connection();
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  /// The status it was answered with; what is not success is printed.
  int post(std::string const& message);

 private:
  void send(std::string const& bytes) const;
  int answer();
  void receive();

  std::string host_;
  int port_;
  std::string path_;
  int socket_ = -1;
  std::string text_;
};

}  // namespace yunzhi::monitor
