#include "monitor/series/old_block.hpp"

#include <cmath>

#include "monitor/series/frame.hpp"
#include "monitor/series/store_fixture.hpp"
#include "monitor/series/wire.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;
using namespace yunzhi::monitor::testing;

namespace {

// One series up{instance="a"} with one chunk, as releases of version 1 wrote it.
std::string old_block(Samples const& samples) {
  ChunkWriter writer;
  for (auto const& sample : samples) writer.append(sample);
  auto const& chunk = writer.chunk();
  std::string frame;
  put_varint(frame, chunk.count);
  put_signed(frame, chunk.first);
  put_signed(frame, chunk.last - chunk.first);
  put_varint(frame, chunk.bytes.size());
  frame.append(chunk.bytes.begin(), chunk.bytes.end());
  std::string index;
  put_varint(index, 4);
  for (auto const* text : {"__name__", "up", "instance", "a"}) put_text(index, text);
  for (int const number : {1, 2, 0, 1, 2, 3, 5, 0}) put_varint(index, static_cast<std::uint64_t>(number));
  put_varint(index, frame.size());
  put_signed(index, chunk.first);
  put_signed(index, chunk.last);
  std::string file = "YZSB\x01" + packed_frame(frame, 3);
  std::string footer;
  put_u64(footer, file.size());
  put_u64(footer, static_cast<std::uint64_t>(chunk.first));
  put_u64(footer, static_cast<std::uint64_t>(chunk.last));
  put_u32(footer, crc32c(footer));
  return file + packed_frame(index, 3) + footer + "YZSB\x01";
}

}  // namespace

TEST_CASE("a folder of an earlier release is converted when it is opened") {
  Folder folder;
  std::filesystem::create_directories(folder.path / "blocks");
  auto const path = folder.path / "blocks" / "1000-3000.block";
  std::ofstream(path, std::ios::binary) << old_block({{1000, 1}, {2000, stale_marker()}, {3000, -0.0}});
  auto const samples = read(*open(folder.path), named("up")).at("up{instance=\"a\"}");
  REQUIRE(samples.size() == 3);
  CHECK(is_stale(samples[1].value));
  CHECK(std::signbit(samples[2].value));
  CHECK(bytes_of(path).starts_with("YZSB\x02"));
  CHECK(read(*open(folder.path), named("up")).size() == 1);
}

TEST_CASE("a damaged block of an earlier release is set aside") {
  Folder folder;
  std::filesystem::create_directories(folder.path / "blocks");
  auto whole = old_block({{1000, 1}, {2000, 2}});
  whole[12] = static_cast<char>(whole[12] ^ 1);
  std::ofstream(folder.path / "blocks" / "1000-2000.block", std::ios::binary) << whole;
  CHECK(open(folder.path)->stats().damaged_blocks == 1);
}
