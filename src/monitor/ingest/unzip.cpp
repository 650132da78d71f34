#include "monitor/ingest/unzip.hpp"

#include <algorithm>
#include <memory>

#define ZLIB_CONST  // zlib's header offers input it does not write to only when asked
#include <zlib.h>

namespace yunzhi::monitor {
namespace {

constexpr int gzip_window = 15 + 16;
constexpr std::size_t first_bytes = 64 << 10;

}  // namespace

Result<std::string> gunzip(std::string_view packed, std::size_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, gzip_window) != Z_OK) throw std::bad_alloc();
  std::unique_ptr<z_stream, int (*)(z_stream*)> const owner(&stream, inflateEnd);
  stream.next_in = reinterpret_cast<Bytef const*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  int code = Z_OK;
  while (code == Z_OK) {
    auto const filled = out.size();
    if (filled > limit) return refuse(Why::too_large, "", "the body unpacks to more than {} bytes", limit);
    out.resize(std::max(first_bytes, std::min(filled * 2, limit + 1)));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + filled);
    stream.avail_out = static_cast<uInt>(out.size() - filled);
    code = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  if (code != Z_STREAM_END) return refuse(Why::invalid, "", "the body is no whole gzip stream");
  if (out.size() > limit) return refuse(Why::too_large, "", "the body unpacks to more than {} bytes", limit);
  return out;
}

}  // namespace yunzhi::monitor
