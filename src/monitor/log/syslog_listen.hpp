// Where syslog is taken and how: UDP (RFC 5426), TCP (RFC 6587), or TLS (RFC 5425).
#pragma once

#include <cstdint>
#include <string>

namespace yunzhi::monitor {

enum class SyslogTransport { udp, tcp, tls };

struct SyslogListen {
  SyslogTransport transport = SyslogTransport::udp;
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;        ///< 0: any free port
  std::string certificate_file;  ///< PEM; with key_file, for TLS
  std::string key_file;
  std::string authority_file;  ///< PEM; senders must have a certificate of it; empty: anyone may send
};

}  // namespace yunzhi::monitor
