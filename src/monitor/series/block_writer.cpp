// Writing a block: columns into frames, texts in order, the index behind them.
#include <algorithm>
#include <numeric>

#include "monitor/series/block.hpp"
#include "monitor/series/block_format.hpp"
#include "monitor/series/frame.hpp"
#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t frame_goal_bytes = 128 << 10;
constexpr std::size_t known_times_limit = 10'000;

ColumnPlace put_column(std::string& frame, std::string_view column) {
  ColumnPlace const place{0, static_cast<std::uint32_t>(frame.size()),
                          static_cast<std::uint32_t>(column.size())};
  frame += column;
  return place;
}

}  // namespace

BlockWriter::BlockWriter(std::filesystem::path path, int level, std::vector<std::string> replaces)
    : path_(std::move(path)), beside_(path_), level_(level) {
  beside_ += ".new";
  std::filesystem::remove(beside_);
  file_ = std::make_unique<File>(beside_, File::Open::append);
  file_->append(block_magic);
  size_ = block_magic.size();
  index_.replaces = std::move(replaces);
}

void BlockWriter::add(Labels const& labels, Samples const& samples) {
  if (samples.empty()) return;
  Times times;
  std::vector<double> values;
  times.reserve(samples.size());
  values.reserve(samples.size());
  for (auto const& sample : samples) {
    times.push_back(sample.at);
    values.push_back(sample.value);
  }
  SeriesEntry entry;
  entry.labels = static_cast<std::uint32_t>(index_.pairs.size());
  entry.labels_count = static_cast<std::uint32_t>(labels.size());
  auto text = [this](std::string const& value) {
    return known_texts_.emplace(value, static_cast<std::uint32_t>(known_texts_.size())).first->second;
  };
  for (auto const& [name, value] : labels) {
    index_.pairs.push_back(text(name));
    index_.pairs.push_back(text(value));
  }
  entry.times = times_of(times);
  entry.values = put_column(values_frame_, packed_values(values));
  entry.first = times.front();
  entry.last = times.back();
  first_ = std::min(first_, entry.first);
  last_ = std::max(last_, entry.last);
  index_.series.push_back(entry);
  if (values_frame_.size() >= frame_goal_bytes) write_values();
}

std::uint32_t BlockWriter::times_of(Times const& times) {
  auto column = packed_times(times);
  auto const found = known_times_.find(column);
  if (found != known_times_.end() && index_.times[found->second].count == times.size()) return found->second;
  auto const number = static_cast<std::uint32_t>(index_.times.size());
  index_.times.push_back({put_column(times_frame_, column), static_cast<std::uint32_t>(times.size())});
  if (known_times_.size() >= known_times_limit) known_times_.clear();
  known_times_.insert_or_assign(std::move(column), number);
  if (times_frame_.size() >= frame_goal_bytes) write_times();
  return number;
}

void BlockWriter::write_times() {
  for (; times_written_ < index_.times.size(); ++times_written_)
    index_.times[times_written_].place.frame = size_;
  auto const packed = packed_frame(times_frame_, level_);
  file_->append(packed);
  size_ += packed.size();
  times_frame_.clear();
}

void BlockWriter::write_values() {
  for (; series_written_ < index_.series.size(); ++series_written_)
    index_.series[series_written_].values.frame = size_;
  auto const packed = packed_frame(values_frame_, level_);
  file_->append(packed);
  size_ += packed.size();
  values_frame_.clear();
}

// Texts were numbered as they came; in the file they stand in order, so that a name is found by halving.
void BlockWriter::sort_texts() {
  std::vector<std::pair<std::string, std::uint32_t>> ordered(known_texts_.begin(), known_texts_.end());
  std::sort(ordered.begin(), ordered.end());
  std::vector<std::uint32_t> renumbered(ordered.size());
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    renumbered[ordered[i].second] = static_cast<std::uint32_t>(i);
    index_.texts.push_back(std::move(ordered[i].first));
  }
  for (auto& number : index_.pairs) number = renumbered[number];
}

void BlockWriter::finish() {
  if (times_written_ < index_.times.size()) write_times();
  if (series_written_ < index_.series.size()) write_values();
  sort_texts();
  auto const tail = packed_frame(index_bytes(index_), level_);
  file_->append(tail + block_footer({size_, first_, last_}));
  file_->sync();
  file_.reset();
  std::filesystem::rename(beside_, path_);
  sync_folder(path_.parent_path());
}

}  // namespace yunzhi::monitor
