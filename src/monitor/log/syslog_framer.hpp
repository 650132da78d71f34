// Cuts a stream of syslog into messages as RFC 6587 has it: each says its length first (octet counting), or
// ends with a line feed. Both may come on one connection; the first byte of a message tells.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace yunzhi::monitor {

/// Holds at most one message of `line_bytes`; the rest of a longer one is skipped.
class SyslogFramer {
 public:
  explicit SyslogFramer(std::size_t line_bytes) : line_bytes_(line_bytes) {}

  /// Hands out every message that the bytes complete, without its frame. Empty ones are left out.
  void feed(std::string_view bytes, std::function<void(std::string_view)> const& take);
  /// The connection is over: what came of the last message, should it be a line.
  void end(std::function<void(std::string_view)> const& take);
  /// Messages that were longer than allowed.
  [[nodiscard]] std::size_t cut() const { return cut_; }

 private:
  enum class State { begin, length, counted, line };

  std::string_view step(std::string_view bytes, std::function<void(std::string_view)> const& take);
  void keep(std::string_view bytes);
  void give(std::function<void(std::string_view)> const& take);

  std::size_t const line_bytes_;
  State state_ = State::begin;
  std::string held_;
  std::size_t left_ = 0;  ///< bytes of the counted message still to come
  bool too_long_ = false;
  std::size_t cut_ = 0;
};

}  // namespace yunzhi::monitor
