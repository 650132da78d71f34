// Reading: which series of the head and of the blocks match, and their samples joined.
#include <algorithm>
#include <optional>

#include "base/log.hpp"
#include "monitor/series/database.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t recent_bytes = std::size_t{16} << 20;
constexpr std::size_t nowhere = ~std::size_t{0};

}  // namespace

struct Database::Question {
  std::span<Matcher const> matchers;
  std::int64_t from;
  std::int64_t to;
  bool newest = false;  ///< the newest sample of a series is enough
};

// Where one source has samples of a series: a block's entry, or what the head gave.
struct Database::Found {
  Labels labels;
  std::size_t block = nowhere;  ///< position among the blocks in use; nowhere: the head
  std::uint32_t entry = 0;
  std::vector<SharedChunk> chunks;
  Samples late;
  std::optional<Sample> newest;  ///< all that was asked for, so the rest was left out
};

Database::Blocks Database::all_blocks() const {
  std::shared_lock const lock(guard_);
  return blocks_;
}

// Queries come back to the same blocks; their indexes are kept within a bound.
Database::SharedIndex Database::index_of(SharedBlock const& block) const {
  auto const index = block->index();
  if (!index) {
    log::error("monitor.block_unreadable", {{"reason", index.error().english()}});
    return nullptr;
  }
  std::lock_guard const lock(indexes_guard_);
  recent_indexes_.remove(*index);
  recent_indexes_.push_front(*index);
  std::size_t total = 0;
  for (auto at = recent_indexes_.begin(); at != recent_indexes_.end();) {
    total += (*at)->memory_bytes();
    at = total > recent_bytes && at != recent_indexes_.begin() ? recent_indexes_.erase(at) : std::next(at);
  }
  return *index;
}

std::vector<Database::Found> Database::find_in_head(Question const& question) const {
  std::vector<Found> found;
  for (auto const id : head_->find_all(question.matchers)) {
    Found part;
    if (question.newest) part.newest = head_->newest(id, question.from, question.to);
    if (!part.newest) {
      part.chunks = head_->chunks(id, question.from, question.to);
      head_->late(id, question.from, question.to, part.late);
      if (part.chunks.empty() && part.late.empty()) continue;
    }
    part.labels = head_->labels(id);
    found.push_back(std::move(part));
  }
  return found;
}

// In order of labels; of one series the blocks in order of time and the head behind them.
std::vector<Database::Found> Database::find(Question const& question, Blocks& used,
                                            std::vector<SharedIndex>& indexes) const {
  std::vector<Found> found;
  Blocks blocks;
  {
    std::shared_lock const lock(guard_);
    found = find_in_head(question);
    for (auto const& block : blocks_) {
      if (block->last() >= question.from && block->first() <= question.to) blocks.push_back(block);
    }
  }
  auto const before = [](Found const& a, Found const& b) {
    auto const order = a.labels <=> b.labels;
    return order != std::strong_ordering::equal ? order < 0 : a.block < b.block;
  };
  for (auto const& block : blocks) {
    auto index = index_of(block);
    if (!index) continue;
    auto const held = static_cast<std::ptrdiff_t>(found.size());
    for (auto const entry : index->find(question.matchers, question.from, question.to)) {
      auto& part = found.emplace_back();
      part.labels = index->labels(index->series[entry]);
      part.block = used.size();
      part.entry = entry;
    }
    std::inplace_merge(found.begin(), found.begin() + held, found.end(), before);
    used.push_back(block);
    indexes.push_back(std::move(index));
  }
  return found;
}

void Database::walk(Question const& question, Visit const& visit) const {
  Blocks used;
  std::vector<SharedIndex> indexes;
  auto found = find(question, used, indexes);
  std::vector<Block::Reader> readers;
  readers.reserve(used.size());
  for (auto const& block : used) readers.emplace_back(*block);
  auto const read = [&](Found const& part, Samples& samples) {
    if (part.block != nowhere) {
      auto const& index = *indexes[part.block];
      auto const done =
          readers[part.block].read(index, index.series[part.entry], question.from, question.to, samples);
      if (!done) log::error("monitor.block_unreadable", {{"reason", done.error().english()}});
    }
    for (auto const& chunk : part.chunks) chunk->read(question.from, question.to, samples);
    samples.insert(samples.end(), part.late.begin(), part.late.end());
  };
  Samples samples;
  for (auto first = found.begin(); first != found.end();) {
    auto const end =
        std::find_if(first + 1, found.end(), [&](Found const& each) { return each.labels != first->labels; });
    samples.clear();
    if (auto const& newest = std::prev(end)->newest) {
      samples.push_back(*newest);
    } else {
      for (auto part = first; part != end; ++part) read(*part, samples);
      if (end - first > 1 || !first->late.empty()) put_in_order(samples);
      if (question.newest && !samples.empty()) samples.erase(samples.begin(), samples.end() - 1);
    }
    if (!samples.empty() && !visit(std::move(first->labels), samples)) return;
    first = end;
  }
}

void Database::select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                      Visit const& visit) const {
  walk({matchers, from, to}, visit);
}

void Database::select_newest(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                             Visit const& visit) const {
  walk({matchers, from, to, true}, visit);
}

std::vector<Labels> Database::series(std::span<Matcher const> matchers, std::int64_t from,
                                     std::int64_t to) const {
  Blocks used;
  std::vector<SharedIndex> indexes;
  std::vector<Labels> result;
  for (auto& part : find({matchers, from, to, true}, used, indexes)) {
    if (result.empty() || result.back() != part.labels) result.push_back(std::move(part.labels));
  }
  return result;
}

}  // namespace yunzhi::monitor
