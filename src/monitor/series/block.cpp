#include "monitor/series/block.hpp"

#include <algorithm>

#include "monitor/series/block_format.hpp"
#include "monitor/series/frame.hpp"
#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t times_kept = 256;

}  // namespace

Result<std::shared_ptr<Block const>> Block::open(std::filesystem::path const& path,
                                                 std::shared_ptr<BlockCache> cache) {
  auto block = std::make_shared<Block>(path, std::move(cache));
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
  if (auto kept = cache_->indexes.find({number_, index_offset_})) return kept;
  std::lock_guard const lock(guard_);
  if (auto held = index_.lock()) return held;
  auto const raw = read_frame(file_, index_offset_);
  if (!raw) return raw.error();
  auto index = std::make_shared<BlockIndex>();
  if (!read_index(*raw, *index)) return damaged_file(file_, "its index is not whole");
  index_ = index;
  cache_->indexes.put({number_, index_offset_}, index, index->memory_bytes());
  return std::shared_ptr<BlockIndex const>(std::move(index));
}

Result<std::shared_ptr<std::string const>> Block::frame(std::uint64_t offset) const {
  if (auto kept = cache_->frames.find({number_, offset})) return kept;
  auto bytes = read_frame(file_, offset);
  if (!bytes) return bytes.error();
  auto result = std::make_shared<std::string const>(std::move(*bytes));
  cache_->frames.put({number_, offset}, result, result->size());
  return std::shared_ptr<std::string const>(std::move(result));
}

Result<std::string_view> Block::Reader::column(Frame& frame, ColumnPlace const& place) {
  if (frame.offset != place.frame || !frame.bytes) {
    auto bytes = block_.frame(place.frame);
    if (!bytes) return bytes.error();
    frame.bytes = std::move(*bytes);
    frame.offset = place.frame;
  }
  std::string_view const bytes = *frame.bytes;
  if (place.offset > bytes.size() || place.length > bytes.size() - place.offset)
    return damaged_file(block_.file_, "an entry points past its frame");
  return bytes.substr(place.offset, place.length);
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
  auto const first = std::lower_bound(times.begin(), times.end(), from) - times.begin();
  auto const last = std::upper_bound(times.begin() + first, times.end(), to) - times.begin();
  auto const begin = static_cast<std::size_t>(first);
  auto const end = static_cast<std::size_t>(last);
  if (!unpack_values(*bytes, about.count, begin, end, values_))
    return damaged_file(block_.file_, "values do not unpack");
  auto const held = samples.size();
  samples.resize(held + end - begin);
  for (std::size_t i = begin; i < end; ++i) samples[held + i - begin] = {times[i], values_[i - begin]};
  return {};
}

}  // namespace yunzhi::monitor
