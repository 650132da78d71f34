#include "monitor/series/chunk.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

// Widths of a changed step after its prefix 0, 10, 110, 111.
constexpr unsigned step_widths[] = {7, 14, 24, 64};

bool fits(std::int64_t value, unsigned width) {
  if (width >= 64) return true;
  std::int64_t const half = std::int64_t{1} << (width - 1);
  return value >= -half && value < half;
}

// Differences may overflow when times are hostile; unsigned arithmetic keeps them exact modulo 2^64.
std::int64_t minus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

std::uint64_t big_endian(std::uint8_t const* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return std::endian::native == std::endian::big ? word : __builtin_bswap64(word);
}

}  // namespace

bool Chunk::read(std::int64_t from, std::int64_t to, Samples& samples) const {
  ChunkReader reader(bytes, count);
  Sample sample;
  while (reader.next(sample)) {
    if (sample.at > to) return true;
    if (sample.at >= from) samples.push_back(sample);
  }
  return !reader.damaged();
}

void ChunkWriter::put(std::uint64_t bits, unsigned count) {
  while (count > 0) {
    if (free_bits_ == 0) {
      chunk_.bytes.push_back(0);
      free_bits_ = 8;
    }
    unsigned const taken = std::min(count, free_bits_);
    std::uint64_t const part = (bits >> (count - taken)) & ((1U << taken) - 1);
    chunk_.bytes.back() = static_cast<std::uint8_t>(chunk_.bytes.back() | (part << (free_bits_ - taken)));
    free_bits_ -= taken;
    count -= taken;
  }
}

void ChunkWriter::append(Sample sample) {
  auto const bits = std::bit_cast<std::uint64_t>(sample.value);
  if (chunk_.count == 0) {
    put(static_cast<std::uint64_t>(sample.at), 64);
    put(bits, 64);
    chunk_.first = sample.at;
    step_ = 0;
    leading_ = 255;
  } else {
    auto const step = minus(sample.at, chunk_.last);
    bool const same_step = step == step_;
    if (same_step && bits == value_) {
      put(0, 1);
    } else if (same_step) {
      put(0b10, 2);
      put_value(bits ^ value_);
    } else {
      put(0b11, 2);
      put_step(minus(step, step_));
      put(bits == value_ ? 0 : 1, 1);
      if (bits != value_) put_value(bits ^ value_);
    }
    step_ = step;
  }
  value_ = bits;
  chunk_.last = sample.at;
  ++chunk_.count;
}

void ChunkWriter::put_step(std::int64_t change) {
  unsigned width_class = 0;
  while (!fits(change, step_widths[width_class])) ++width_class;
  if (width_class < 3) {
    put((1U << (width_class + 1)) - 2, width_class + 1);
  } else {
    put(0b111, 3);
  }
  put(static_cast<std::uint64_t>(change), step_widths[width_class]);
}

void ChunkWriter::put_value(std::uint64_t difference) {
  auto const leading = std::min(31U, static_cast<unsigned>(std::countl_zero(difference)));
  auto const trailing = static_cast<unsigned>(std::countr_zero(difference));
  if (leading_ != 255 && leading >= leading_ && trailing >= 64 - leading_ - significant_) {
    put(0, 1);
  } else {
    leading_ = leading;
    significant_ = 64 - leading - trailing;
    put(1, 1);
    put(leading_, 5);
    put(significant_ - 1, 6);
  }
  put(difference >> (64 - leading_ - significant_), significant_);
}

Chunk ChunkWriter::take() {
  chunk_.bytes.shrink_to_fit();
  free_bits_ = 0;
  return std::exchange(chunk_, Chunk{});
}

void save_chunk(std::string& out, Chunk const& chunk) {
  put_varint(out, chunk.count);
  put_signed(out, chunk.first);
  put_signed(out, chunk.last);
  put_varint(out, chunk.bytes.size());
  out.append(chunk.bytes.begin(), chunk.bytes.end());
}

bool load_chunk(Cursor& cursor, Chunk& chunk) {
  auto const count = cursor.varint();
  chunk.first = cursor.signed_number();
  chunk.last = cursor.signed_number();
  auto const bytes = cursor.text();
  chunk.count = static_cast<std::uint32_t>(count);
  chunk.bytes.assign(bytes.begin(), bytes.end());
  return cursor.ok() && count <= ChunkWriter::samples_per_chunk;
}

void ChunkWriter::save(std::string& out) const {
  save_chunk(out, chunk_);
  put_varint(out, free_bits_);
  put_signed(out, step_);
  put_u64(out, value_);
  put_varint(out, leading_);
  put_varint(out, significant_);
}

bool ChunkWriter::load(Cursor& cursor) {
  if (!load_chunk(cursor, chunk_)) return false;
  free_bits_ = static_cast<unsigned>(cursor.varint());
  step_ = cursor.signed_number();
  value_ = cursor.u64();
  leading_ = static_cast<unsigned>(cursor.varint());
  significant_ = static_cast<unsigned>(cursor.varint());
  bool const window = leading_ == 255 || (leading_ < 32 && significant_ <= 64 - leading_);
  return cursor.ok() && free_bits_ < 8 && window && (free_bits_ == 0 || !chunk_.bytes.empty());
}

ChunkReader::ChunkReader(std::span<std::uint8_t const> bytes, std::uint32_t count)
    : bytes_(bytes), left_(count), tail_begin_(bytes.size() - std::min(bytes.size(), word_bytes)) {
  std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(tail_begin_), bytes.end(), tail_.begin());
}

inline std::uint64_t ChunkReader::get(unsigned count) {
  if (position_ + count > bytes_.size() * 8) {
    damaged_ = true;
    return 0;
  }
  auto const used = static_cast<unsigned>(position_ % 8);
  if (used + count > 64) {
    auto const upper = get(count - 8);
    return (upper << 8U) | get(8);
  }
  auto const byte = position_ / 8;
  auto const* const from =
      byte + word_bytes <= bytes_.size() ? bytes_.data() + byte : tail_.data() + (byte - tail_begin_);
  position_ += count;
  return (big_endian(from) << used) >> (64 - count);
}

std::int64_t ChunkReader::get_signed(unsigned count) {
  auto const raw = get(count);
  if (count == 64) return static_cast<std::int64_t>(raw);
  auto const sign = std::uint64_t{1} << (count - 1);
  return minus(static_cast<std::int64_t>(raw ^ sign), static_cast<std::int64_t>(sign));
}

std::int64_t ChunkReader::get_step() {
  unsigned width_class = 0;
  while (width_class < 3 && get(1) == 1) ++width_class;
  return get_signed(step_widths[width_class]);
}

std::uint64_t ChunkReader::get_value() {
  if (get(1) == 1) {
    leading_ = static_cast<unsigned>(get(5));
    significant_ = static_cast<unsigned>(get(6)) + 1;
  }
  if (significant_ == 0 || leading_ + significant_ > 64) {
    damaged_ = true;
    return 0;
  }
  return get(significant_) << (64 - leading_ - significant_);
}

bool ChunkReader::next(Sample& sample) {
  if (left_ == 0 || damaged_) return false;
  if (!begun_) {
    at_ = static_cast<std::int64_t>(get(64));
    value_ = get(64);
    begun_ = true;
  } else if (get(1) == 0) {
    at_ = plus(at_, step_);
  } else {
    bool const step_changed = get(1) == 1;
    if (step_changed) step_ = plus(step_, get_step());
    bool const value_changed = !step_changed || get(1) == 1;
    if (value_changed) value_ ^= get_value();
    at_ = plus(at_, step_);
  }
  if (damaged_) return false;
  --left_;
  sample = {at_, std::bit_cast<double>(value_)};
  return true;
}

}  // namespace yunzhi::monitor
