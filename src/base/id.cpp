#include "base/id.hpp"

#include <mutex>

#include "base/random.hpp"

namespace yunzhi {
namespace {

// RFC 9562 section 6.2, method 1: a 12-bit counter after the milliseconds keeps the order within one of
// them. The random part is drawn in bulk because one call into the system per id would dominate its cost.
class Sequence {
 public:
  std::string next(std::int64_t now_ms) {
    std::lock_guard const lock(mutex_);
    if (now_ms > last_ms_) {
      last_ms_ = now_ms;
      counter_ = 0;
    } else if (++counter_ > 0xfff) {
      ++last_ms_;
      counter_ = 0;
    }
    if (used_ + 8 > pool_.size()) {
      pool_ = random_bytes(4096);
      used_ = 0;
    }
    unsigned char bytes[16];
    for (int i = 0; i < 6; ++i) bytes[i] = static_cast<unsigned char>(last_ms_ >> (8 * (5 - i)));
    bytes[6] = static_cast<unsigned char>(0x70 | (counter_ >> 8));
    bytes[7] = static_cast<unsigned char>(counter_ & 0xff);
    for (int i = 8; i < 16; ++i) bytes[i] = static_cast<unsigned char>(pool_[used_++]);
    bytes[8] = static_cast<unsigned char>(0x80 | (bytes[8] & 0x3f));
    return format(bytes);
  }

 private:
  static std::string format(unsigned char const* bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (int i = 0; i < 16; ++i) {
      if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
      text += digits[bytes[i] >> 4];
      text += digits[bytes[i] & 0xf];
    }
    return text;
  }

  std::mutex mutex_;
  std::int64_t last_ms_ = 0;
  unsigned counter_ = 0;
  std::string pool_;
  std::size_t used_ = 0;
};

}  // namespace

std::string new_id(Instant now) {
  static Sequence sequence;
  return sequence.next(to_ms(now));
}

bool is_id(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const dash = i == 8 || i == 13 || i == 18 || i == 23;
    bool const hex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
    if (dash ? text[i] != '-' : !hex) return false;
  }
  return true;
}

}  // namespace yunzhi
