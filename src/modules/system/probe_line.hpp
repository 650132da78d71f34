// What the users of a system would try, as one line: https://his.example.org/login, tcp://10.0.0.5:1521,
// tls://mail.example.org:465, dns://his.example.org, icmp://10.0.0.5.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::modules {

struct HostPort {
  std::string host;  ///< an IPv6 address stands in brackets
  std::string port;  ///< empty: none
};

/// A host name or an IP address, with or without a port; nothing when the text is anything else.
std::optional<HostPort> read_host_port(std::string_view text);

struct ProbeLine {
  std::string scheme;  ///< http, https, tcp, tls, dns or icmp
  HostPort place;      ///< with the usual port of http and https
  std::string path;    ///< of http and https, with the query
};

/// Refused with what would be right; the field is "/probe".
Result<ProbeLine> read_probe(std::string_view line);

}  // namespace yunzhi::modules
