// Any stream of syslog, in any pieces: it is cut into messages, and each is read.
#include "monitor/log/syslog.hpp"
#include "monitor/log/syslog_framer.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  using namespace yunzhi::monitor;
  constexpr std::size_t line_bytes = 512;  // small, so that the limits are met
  LogLimits limits;
  limits.line_bytes = line_bytes;
  limits.labels = 8;
  limits.value_bytes = 32;
  std::string_view bytes(reinterpret_cast<char const*>(data), size);
  auto const take = [&](std::string_view message) {
    if (message.size() > line_bytes) __builtin_trap();
    auto const read = read_syslog(message, {"192.0.2.1", 1'700'000'000'000, {}}, limits);
    if (read.line.labels.size() > limits.labels) __builtin_trap();
  };
  auto const read = read_syslog(bytes, {"192.0.2.1", 1'700'000'000'000, {}}, LogLimits{});
  if (read.line.host.empty()) __builtin_trap();
  SyslogFramer framer(line_bytes);
  while (!bytes.empty()) {
    auto const piece = bytes.substr(0, 1 + static_cast<unsigned char>(bytes.front()) % 64);
    framer.feed(piece, take);
    bytes.remove_prefix(piece.size());
  }
  framer.end(take);
  return 0;
}
