// Reads one syslog message: RFC 5424, and what devices send that keep to RFC 3164 or to nothing. No message
// is refused, since losing the line of a device that writes badly would be worse: what makes no sense becomes
// the message as a whole, as RFC 3164, section 4.3.3, has it.
#pragma once

#include <chrono>
#include <string_view>

#include "monitor/log/log_line.hpp"

namespace yunzhi::monitor {

/// What is known of a message besides its bytes.
struct SyslogOrigin {
  std::string_view peer;         ///< the sender's address; the host when the message names none
  std::int64_t now = 0;          ///< ms since 1970; the time when the message tells none
  std::chrono::minutes zone{0};  ///< east of UTC, of times without an offset (RFC 3164)
};

struct SyslogMessage {
  LogLine line;
  bool whole = true;  ///< false: neither form was kept to, or something was cut to the limits
};

/// Facility, process id, message id and structured data become labels: `facility`, `procid`, `msgid`,
/// `<sd-id>.<name>`.
SyslogMessage read_syslog(std::string_view bytes, SyslogOrigin const& origin, LogLimits const& limits);

}  // namespace yunzhi::monitor
