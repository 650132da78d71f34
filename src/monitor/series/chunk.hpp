// Compressed samples of one series. Bit layout in docs/formats/monitor-series.md: times as differences of
// differences, values as XOR of their bits, one bit for a sample whose step and value both repeat. Every
// value comes back with the same bits, NaN payloads, -0 and infinities included.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "monitor/series/sample.hpp"

namespace yunzhi::monitor {

using Bytes = std::vector<std::uint8_t>;

/// A finished piece of a series.
struct Chunk {
  std::int64_t first = 0;  ///< time of the first and the last sample
  std::int64_t last = 0;
  std::uint32_t count = 0;
  Bytes bytes;

  /// Appends the samples of from <= at <= to; false when the bytes end too early.
  bool read(std::int64_t from, std::int64_t to, Samples& samples) const;
};

class Cursor;

class ChunkWriter {
 public:
  static constexpr std::uint32_t samples_per_chunk = 120;

  /// Times must grow.
  void append(Sample sample);
  [[nodiscard]] bool full() const { return chunk_.count >= samples_per_chunk; }
  [[nodiscard]] Chunk const& chunk() const { return chunk_; }
  /// Hands the chunk over and begins an empty one.
  Chunk take();

  /// The chunk and where it goes on, for snapshots.
  void save(std::string& out) const;
  /// False when the bytes are no state save() wrote.
  bool load(Cursor& cursor);

 private:
  void put(std::uint64_t bits, unsigned count);
  void put_step(std::int64_t change);
  void put_value(std::uint64_t difference);

  Chunk chunk_;
  unsigned free_bits_ = 0;  ///< unused low bits of the last byte
  std::int64_t step_ = 0;
  std::uint64_t value_ = 0;
  unsigned leading_ = 255;  ///< of the last window written; 255: none yet
  unsigned significant_ = 0;
};

/// A finished chunk as snapshots hold it.
void save_chunk(std::string& out, Chunk const& chunk);
bool load_chunk(Cursor& cursor, Chunk& chunk);

class ChunkReader {
 public:
  /// Borrows the bytes.
  ChunkReader(std::span<std::uint8_t const> bytes, std::uint32_t count);

  /// False at the end and when the bytes run out before it; `damaged` tells the two apart.
  bool next(Sample& sample);
  [[nodiscard]] bool damaged() const { return damaged_; }

 private:
  static constexpr std::size_t word_bytes = 8;

  /// The next 1 to 64 bits.
  std::uint64_t get(unsigned count);
  std::int64_t get_signed(unsigned count);
  std::int64_t get_step();
  std::uint64_t get_value();

  std::span<std::uint8_t const> bytes_;
  std::size_t position_ = 0;  ///< in bits
  std::uint32_t left_;
  bool begun_ = false;
  bool damaged_ = false;
  std::int64_t at_ = 0;
  std::int64_t step_ = 0;
  std::uint64_t value_ = 0;
  unsigned leading_ = 0;
  unsigned significant_ = 0;
  std::size_t tail_begin_;
  std::array<std::uint8_t, 2 * word_bytes>
      tail_{};  ///< the last bytes, so that a whole word can be loaded there
};

}  // namespace yunzhi::monitor
