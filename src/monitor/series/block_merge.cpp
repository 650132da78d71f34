#include "monitor/series/block_merge.hpp"

#include <algorithm>

namespace yunzhi::monitor {
namespace {

// Walks one block's series in their order.
class Walk {
 public:
  Walk(Block const& block, std::shared_ptr<BlockIndex const> index)
      : index_(std::move(index)), reader_(block) {
    look();
  }

  [[nodiscard]] bool at_end() const { return at_ == index_->series.size(); }
  [[nodiscard]] Labels const& labels() const { return labels_; }

  Result<> take(std::int64_t from, std::int64_t to, Samples& samples) {
    auto const& entry = index_->series[at_];
    if (entry.last >= from && entry.first <= to) {
      if (auto read = reader_.read(*index_, entry, from, to, samples); !read) return read;
    }
    ++at_;
    look();
    return {};
  }

 private:
  void look() {
    if (!at_end()) labels_ = index_->labels(index_->series[at_]);
  }

  std::shared_ptr<BlockIndex const> index_;
  Block::Reader reader_;
  std::size_t at_ = 0;
  Labels labels_;
};

}  // namespace

std::int64_t round_down(std::int64_t value, std::int64_t step) {
  auto const rest = value % step;
  return value - (rest < 0 ? rest + step : rest);
}

DayWriters::Day& DayWriters::day_of(std::int64_t day) {
  auto& result = days_[day];
  if (!result.writer) {
    result.path = name_(day);
    result.writer = std::make_unique<BlockWriter>(result.path);
  }
  return result;
}

void DayWriters::add(Labels const& labels, Samples const& samples) {
  for (auto at = samples.begin(); at != samples.end();) {
    auto const day = round_down(at->at, day_ms);
    auto const end =
        std::find_if(at, samples.end(), [&](Sample const& sample) { return sample.at >= day + day_ms; });
    day_of(day).writer->add(labels, Samples(at, end));
    at = end;
  }
}

std::vector<std::filesystem::path> DayWriters::finish() {
  std::vector<std::filesystem::path> paths;
  for (auto& [start, day] : days_) {
    day.writer->finish();
    paths.push_back(day.path);
  }
  return paths;
}

Result<> merge_blocks(std::vector<std::shared_ptr<Block const>> const& blocks,
                      std::function<void(Labels const&, Samples const&)> const& take, std::int64_t from,
                      std::int64_t to) {
  std::vector<std::unique_ptr<Walk>> walks;
  for (auto const& block : blocks) {
    auto index = block->index();
    if (!index) return index.error();
    walks.push_back(std::make_unique<Walk>(*block, *index));
  }
  Samples samples;
  while (true) {
    std::erase_if(walks, [](auto const& walk) { return walk->at_end(); });
    if (walks.empty()) return {};
    auto const least = std::min_element(
        walks.begin(), walks.end(), [](auto const& a, auto const& b) { return a->labels() < b->labels(); });
    Labels const labels = (*least)->labels();
    samples.clear();
    for (auto const& walk : walks) {
      if (walk->labels() != labels) continue;
      if (auto read = walk->take(from, to, samples); !read) return read;
    }
    put_in_order(samples);
    take(labels, samples);
  }
}

}  // namespace yunzhi::monitor
