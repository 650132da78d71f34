#include "monitor/series/wal.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::string_view magic = "YZWL\x01";
constexpr std::uint64_t frame_bytes = 8;

}  // namespace

Wal::Wal(std::filesystem::path folder, std::uint64_t first,
         std::function<void(std::string_view)> const& replay)
    : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  drop_before(first);
  auto const found = numbers();
  for (auto const number : found) {
    replay_segment(number, replay);
    closed_bytes_ += std::filesystem::file_size(path_of(number));
  }
  if (!found.empty()) closed_bytes_ -= std::filesystem::file_size(path_of(found.back()));
  open_segment(found.empty() ? std::max<std::uint64_t>(first, 1) : found.back());
}

std::filesystem::path Wal::path_of(std::uint64_t number) const {
  return folder_ / fmt::format("{:08}.wal", number);
}

std::vector<std::uint64_t> Wal::numbers() const {
  std::vector<std::uint64_t> result;
  for (auto const& entry : std::filesystem::directory_iterator(folder_)) {
    if (entry.path().extension() != ".wal") continue;
    auto const stem = entry.path().stem().string();
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
    if (error == std::errc() && end == stem.data() + stem.size()) result.push_back(number);
  }
  std::sort(result.begin(), result.end());
  return result;
}

void Wal::replay_segment(std::uint64_t number, std::function<void(std::string_view)> const& replay) {
  File file(path_of(number), File::Open::append);
  auto const size = file.size();
  std::uint64_t good = 0;
  if (file.read(0, magic.size()) == magic) {
    good = magic.size();
    while (good + frame_bytes <= size) {
      auto const frame = file.read(good, frame_bytes);
      Cursor cursor(frame);
      auto const length = cursor.u32();
      auto const crc = cursor.u32();
      if (length > record_bytes || good + frame_bytes + length > size) break;
      auto const record = file.read(good + frame_bytes, length);
      if (crc32c(record) != crc) break;
      replay(record);
      ++report_.records;
      good += frame_bytes + length;
    }
  }
  if (good == size) return;
  ++report_.damaged_segments;
  report_.lost_bytes += size - good;
  file.cut(good);
}

void Wal::open_segment(std::uint64_t number) {
  file_ = std::make_shared<File>(path_of(number), File::Open::append);
  number_ = number;
  if (file_->size() == 0) {
    file_->append(magic);
    sync_folder(folder_);
  }
  size_ = file_->size();
}

void Wal::append(std::string_view record) {
  if (size_ >= segment_bytes) begin_segment();
  std::string frame;
  frame.reserve(frame_bytes + record.size());
  put_u32(frame, static_cast<std::uint32_t>(record.size()));
  put_u32(frame, crc32c(record));
  frame += record;
  file_->append(frame);
  size_ += frame.size();
  unsynced_ = true;
}

void Wal::sync() {
  if (!unsynced_) return;
  file_->sync();
  unsynced_ = false;
}

std::function<void()> Wal::begin_sync() {
  if (!unsynced_) return [] {};
  unsynced_ = false;
  return [file = file_] { file->sync(); };
}

std::uint64_t Wal::begin_segment() {
  sync();
  closed_bytes_ += size_;
  open_segment(number_ + 1);
  return number_;
}

void Wal::drop_before(std::uint64_t number) {
  for (auto const old : numbers()) {
    if (old >= number) continue;
    auto const size = std::filesystem::file_size(path_of(old));
    std::filesystem::remove(path_of(old));
    closed_bytes_ -= std::min(closed_bytes_, size);
  }
}

}  // namespace yunzhi::monitor
