// The ends of a block file: its magic, and the footer that tells where the index lies.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {

inline constexpr std::string_view block_magic = "YZSB\x02";
inline constexpr std::string_view old_block_magic = "YZSB\x01";

struct BlockFooter {
  std::uint64_t index = 0;  ///< offset of the index's frame
  std::int64_t first = 0;
  std::int64_t last = 0;
};

inline constexpr std::size_t block_footer_bytes = 8 + 8 + 8 + 4 + block_magic.size();

/// The three numbers, their CRC-32C, and the magic again.
inline std::string block_footer(BlockFooter const& footer) {
  std::string out;
  put_u64(out, footer.index);
  put_u64(out, static_cast<std::uint64_t>(footer.first));
  put_u64(out, static_cast<std::uint64_t>(footer.last));
  put_u32(out, crc32c(out));
  return out.append(block_magic);
}

/// False when the bytes are no footer of this version.
inline bool read_block_footer(std::string_view bytes, BlockFooter& footer) {
  Cursor cursor(bytes);
  footer.index = cursor.u64();
  footer.first = static_cast<std::int64_t>(cursor.u64());
  footer.last = static_cast<std::int64_t>(cursor.u64());
  bool const checked = cursor.u32() == crc32c(bytes.substr(0, 24));
  return checked && cursor.rest() == block_magic;
}

}  // namespace yunzhi::monitor
