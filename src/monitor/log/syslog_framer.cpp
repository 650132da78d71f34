#include "monitor/log/syslog_framer.hpp"

#include <algorithm>
#include <charconv>

namespace yunzhi::monitor {
namespace {

constexpr std::size_t length_digits = 8;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

void SyslogFramer::feed(std::string_view bytes, std::function<void(std::string_view)> const& take) {
  while (!bytes.empty()) bytes = step(bytes, take);
}

// Goes on by one part of a frame and returns what is left.
std::string_view SyslogFramer::step(std::string_view bytes,
                                    std::function<void(std::string_view)> const& take) {
  char const first = bytes.front();
  switch (state_) {
    case State::begin:
      if (first == '\n' || first == '\r' || first == '\0') return bytes.substr(1);
      state_ = first >= '1' && first <= '9' ? State::length : State::line;
      return bytes;
    case State::length:
      if (is_digit(first) && held_.size() < length_digits) {
        held_ += first;
        return bytes.substr(1);
      }
      if (first != ' ') {  // no length: a line that begins with a figure
        state_ = State::line;
        return bytes;
      }
      std::from_chars(held_.data(), held_.data() + held_.size(), left_);
      held_.clear();
      state_ = State::counted;
      return bytes.substr(1);
    case State::counted: {
      auto const part = bytes.substr(0, left_);
      keep(part);
      left_ -= part.size();
      if (left_ == 0) give(take);
      return bytes.substr(part.size());
    }
    case State::line:
      break;
  }
  auto const end = bytes.find('\n');
  keep(bytes.substr(0, end));
  if (end == bytes.npos) return {};
  give(take);
  return bytes.substr(end + 1);
}

void SyslogFramer::keep(std::string_view bytes) {
  auto const room = line_bytes_ - std::min(held_.size(), line_bytes_);
  too_long_ = too_long_ || bytes.size() > room;
  held_ += bytes.substr(0, room);
}

void SyslogFramer::give(std::function<void(std::string_view)> const& take) {
  if (too_long_) ++cut_;
  too_long_ = false;
  state_ = State::begin;
  if (!held_.empty() && held_.back() == '\r') held_.pop_back();
  if (!held_.empty()) take(held_);
  held_.clear();
}

void SyslogFramer::end(std::function<void(std::string_view)> const& take) {
  if (state_ == State::line) give(take);
  state_ = State::begin;
  held_.clear();
}

}  // namespace yunzhi::monitor
