// A frame of a file: packed length, unpacked length, CRC-32C of the packed bytes, zstd bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "monitor/series/file.hpp"

namespace yunzhi::monitor {

/// An unpacked frame is never larger: an index of millions of series fits.
inline constexpr std::uint64_t frame_limit_bytes = std::uint64_t{512} << 20;

std::string packed_frame(std::string_view raw, int level);

/// The unpacked frame at the offset; refused when it does not check.
Result<std::string> read_frame(File const& file, std::uint64_t offset);

/// "the block is damaged: …", with the file's name as the field.
Refusal damaged_file(File const& file, std::string_view what);

}  // namespace yunzhi::monitor
