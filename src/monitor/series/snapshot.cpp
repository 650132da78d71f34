#include "monitor/series/snapshot.hpp"

#include <algorithm>

#include "monitor/series/file.hpp"
#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::string_view magic = "YZHS\x01";
constexpr std::size_t series_per_frame = 2'000;
constexpr std::size_t texts_per_frame = 20'000;
constexpr std::uint64_t frame_head_bytes = 8;
constexpr char facts_kind = 1;
constexpr char texts_kind = 2;
constexpr char series_kind = 3;
constexpr char end_kind = 4;

void append_frame(File& file, std::string const& payload) {
  std::string frame;
  frame.reserve(frame_head_bytes + payload.size());
  put_u32(frame, static_cast<std::uint32_t>(payload.size()));
  put_u32(frame, crc32c(payload));
  file.append(frame += payload);
}

// The next whole frame; empty at the end of the file or where the bytes do not check.
std::string next_frame(File const& file, std::uint64_t& offset, std::uint64_t size) {
  auto const head = file.read(offset, frame_head_bytes);
  Cursor cursor(head);
  std::uint64_t const length = cursor.u32();
  auto const crc = cursor.u32();
  if (!cursor.ok() || length == 0 || offset + frame_head_bytes + length > size) return {};
  auto payload = file.read(offset + frame_head_bytes, length);
  if (crc32c(payload) != crc) return {};
  offset += frame_head_bytes + length;
  return payload;
}

bool take_frame(std::string const& payload, Head& head, SnapshotFacts& facts) {
  Cursor cursor(payload);
  switch (cursor.byte()) {
    case facts_kind:
      facts.segment = cursor.varint();
      facts.floor = cursor.signed_number();
      return cursor.ok();
    case texts_kind:
      return head.load_texts(cursor);
    case series_kind:
      return head.load_series(cursor);
    default:
      return false;
  }
}

}  // namespace

void write_snapshot(std::filesystem::path const& path, Head const& head, SnapshotFacts const& facts,
                    std::function<void(std::function<void()> const&)> const& guarded) {
  auto beside = path;
  beside += ".new";
  std::filesystem::remove(beside);
  {
    File file(beside, File::Open::append);
    file.append(magic);
    std::string frame(1, facts_kind);
    put_varint(frame, facts.segment);
    put_signed(frame, facts.floor);
    append_frame(file, frame);
    std::size_t texts = 0;
    std::size_t series = 0;
    guarded([&] {
      texts = head.texts();
      series = head.size();
    });
    for (std::size_t begin = 0; begin < texts; begin += texts_per_frame) {
      frame.assign(1, texts_kind);
      guarded([&] { head.save_texts(frame, begin, std::min(begin + texts_per_frame, texts)); });
      append_frame(file, frame);
    }
    for (std::size_t begin = 0; begin < series; begin += series_per_frame) {
      frame.assign(1, series_kind);
      guarded([&] {
        head.save_series(frame, static_cast<SeriesId>(begin),
                         static_cast<SeriesId>(std::min(begin + series_per_frame, series)));
      });
      append_frame(file, frame);
    }
    append_frame(file, std::string(1, end_kind));
    file.sync();
  }
  std::filesystem::rename(beside, path);
  sync_folder(path.parent_path());
}

Snapshot read_snapshot(std::filesystem::path const& path, Head& head) {
  Snapshot result;
  if (!std::filesystem::exists(path)) return result;
  result.found = true;
  File const file(path, File::Open::read);
  auto const size = file.size();
  result.damaged = file.read(0, magic.size()) != magic;
  for (std::uint64_t offset = magic.size(); !result.damaged;) {
    auto const frame = next_frame(file, offset, size);
    if (!frame.empty() && frame.front() == end_kind) break;
    result.damaged = frame.empty() || !take_frame(frame, head, result.facts);
  }
  return result;
}

}  // namespace yunzhi::monitor
