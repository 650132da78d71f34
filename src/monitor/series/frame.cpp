#include "monitor/series/frame.hpp"

#include <stdexcept>

#include <zstd.h>

#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::uint64_t head_bytes = 12;

}  // namespace

std::string packed_frame(std::string_view raw, int level) {
  std::string body(ZSTD_compressBound(raw.size()), '\0');
  auto const size = ZSTD_compress(body.data(), body.size(), raw.data(), raw.size(), level);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  body.resize(size);
  std::string frame;
  frame.reserve(head_bytes + body.size());
  put_u32(frame, static_cast<std::uint32_t>(body.size()));
  put_u32(frame, static_cast<std::uint32_t>(raw.size()));
  put_u32(frame, crc32c(body));
  return frame += body;
}

Result<std::string> read_frame(File const& file, std::uint64_t offset) {
  auto const head = file.read(offset, head_bytes);
  Cursor cursor(head);
  std::uint64_t const packed = cursor.u32();
  std::uint64_t const raw = cursor.u32();
  auto const crc = cursor.u32();
  if (!cursor.ok() || raw > frame_limit_bytes || packed > file.size())
    return damaged_file(file, "a frame has no sensible size");
  auto const body = file.read(offset + head_bytes, packed);
  if (body.size() != packed || crc32c(body) != crc) return damaged_file(file, "a checksum does not match");
  std::string bytes(raw, '\0');
  auto const size = ZSTD_decompress(bytes.data(), bytes.size(), body.data(), body.size());
  if (ZSTD_isError(size) != 0 || size != raw) return damaged_file(file, "a frame does not unpack");
  return bytes;
}

Refusal damaged_file(File const& file, std::string_view what) {
  return refuse(Why::invalid, file.path().filename().string(), "the block is damaged: {}", what);
}

}  // namespace yunzhi::monitor
