#include "monitor/series/frame.hpp"

#include <algorithm>
#include <memory>
#include <new>
#include <stdexcept>

#include <zstd.h>

#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::uint64_t head_bytes = 12;
// A frame holds planes of bytes that are unlike each other. zstd takes one table of lengths for what is
// flushed together, so a piece should hold one plane; larger ones cost 5 % more bytes, smaller ones their own
// tables.
constexpr std::size_t piece_bytes = 2 << 10;

void check_zstd(std::size_t outcome) {
  if (ZSTD_isError(outcome) != 0) throw std::runtime_error(ZSTD_getErrorName(outcome));
}

std::string compressed(std::string_view raw, int level) {
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> const context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  if (!context) throw std::bad_alloc();
  check_zstd(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level));
  check_zstd(ZSTD_CCtx_setPledgedSrcSize(context.get(), raw.size()));
  auto const pieces = raw.size() / piece_bytes + 1;
  std::string body(ZSTD_compressBound(raw.size()) + pieces * ZSTD_compressBound(0), '\0');
  ZSTD_outBuffer out{body.data(), body.size(), 0};
  std::size_t at = 0;
  do {
    auto const end = std::min(at + piece_bytes, raw.size());
    ZSTD_inBuffer in{raw.data() + at, end - at, 0};
    auto const how = end == raw.size() ? ZSTD_e_end : ZSTD_e_flush;
    std::size_t left = 1;
    while (left != 0) check_zstd(left = ZSTD_compressStream2(context.get(), &out, &in, how));
    at = end;
  } while (at < raw.size());
  body.resize(out.pos);
  return body;
}

}  // namespace

std::string packed_frame(std::string_view raw, int level) {
  auto const body = compressed(raw, level);
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
