#include "monitor/series/block.hpp"

#include <algorithm>

#include "monitor/series/block_format.hpp"
#include "monitor/series/frame.hpp"
#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t times_kept = 256;

}  // namespace

Result<std::shared_ptr<Block const>> Block::open(std::filesystem::path const& path) {
  auto block = std::make_shared<Block>(path);
  if (auto footer = block->read_footer(); !footer) return footer.error();
  if (auto index = block->index(); !index) return index.error();
  return std::shared_ptr<Block const>(std::move(block));
}

Result<> Block::read_footer() {
  size_ = file_.size();
  if (size_ < block_magic.size() + block_footer_bytes || file_.read(0, block_magic.size()) != block_magic)
    return damaged_file(file_, "it does not begin as a block does");
  BlockFooter footer;
  if (!read_block_footer(file_.read(size_ - block_footer_bytes, block_footer_bytes), footer))
    return damaged_file(file_, "its footer is not whole");
  index_offset_ = footer.index;
  first_ = footer.first;
  last_ = footer.last;
  return {};
}

Result<std::shared_ptr<BlockIndex const>> Block::index() const {
  std::lock_guard const lock(guard_);
  if (auto held = index_.lock()) return held;
  auto const raw = read_frame(file_, index_offset_);
  if (!raw) return raw.error();
  auto index = std::make_shared<BlockIndex>();
  if (!read_index(*raw, *index)) return damaged_file(file_, "its index is not whole");
  index_ = index;
  return std::shared_ptr<BlockIndex const>(std::move(index));
}

Result<std::string_view> Block::Reader::column(Frame& frame, ColumnPlace const& place) {
  if (frame.offset != place.frame || frame.bytes.empty()) {
    auto bytes = read_frame(block_.file_, place.frame);
    if (!bytes) return bytes.error();
    frame.bytes = std::move(*bytes);
    frame.offset = place.frame;
  }
  if (place.offset > frame.bytes.size() || place.length > frame.bytes.size() - place.offset)
    return damaged_file(block_.file_, "an entry points past its frame");
  return std::string_view(frame.bytes).substr(place.offset, place.length);
}

Result<> Block::Reader::read(BlockIndex const& index, SeriesEntry const& entry, std::int64_t from,
                             std::int64_t to, Samples& samples) {
  auto const& about = index.times[entry.times];
  if (times_.size() > times_kept) times_.clear();
  auto& times = times_[entry.times];
  if (times.empty()) {
    auto const bytes = column(times_frame_, about.place);
    if (!bytes) return bytes.error();
    if (!unpack_times(*bytes, about.count, times)) return damaged_file(block_.file_, "times do not unpack");
  }
  auto const bytes = column(values_frame_, entry.values);
  if (!bytes) return bytes.error();
  if (!unpack_values(*bytes, about.count, values_)) return damaged_file(block_.file_, "values do not unpack");
  auto const begin = std::lower_bound(times.begin(), times.end(), from);
  auto const end = std::upper_bound(begin, times.end(), to);
  samples.reserve(samples.size() + static_cast<std::size_t>(end - begin));
  for (auto at = begin; at < end; ++at)
    samples.push_back({*at, values_[static_cast<std::size_t>(at - times.begin())]});
  return {};
}

}  // namespace yunzhi::monitor
