#include "monitor/series/database.hpp"

#include <algorithm>
#include <bit>

#include "base/log.hpp"
#include "monitor/series/log_record.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t recent_bytes = std::size_t{16} << 20;
constexpr std::size_t nowhere = ~std::size_t{0};

bool same_value(Sample const& a, Sample const& b) {
  return std::bit_cast<std::uint64_t>(a.value) == std::bit_cast<std::uint64_t>(b.value);
}

}  // namespace

// Where one source has samples of a series: a block's entry, or what the head gave.
struct Database::Found {
  Labels labels;
  std::size_t block = nowhere;  ///< position among the blocks in use; nowhere: the head
  std::uint32_t entry = 0;
  std::vector<SharedChunk> chunks;
  Samples late;
};

std::optional<SeriesId> Database::series_of(Labels const& labels) {
  auto const known = head_->find(labels);
  if (known != Head::none) return known;
  if (head_->size() >= options_.series_limit) return std::nullopt;
  auto const id = head_->add(labels);
  undefined_.push_back(id);
  return id;
}

std::optional<SeriesId> Database::series_of(Incoming const& incoming, std::size_t number, Appended& result) {
  auto const& series = incoming.series[number];
  if (auto const known = cache_.find(series.key)) return known;
  auto const labels = incoming.labels(number);
  if (!labels) {
    if (result.reason.empty()) result.reason = labels.error().english();
    result.invalid += series.count;
    return std::nullopt;
  }
  auto const id = series_of(*labels);
  if (id) {
    cache_.put(series.key, *id);
  } else {
    result.over_limit += series.count;
  }
  return id;
}

void Database::sort_out(SeriesId id, std::span<Sample const> samples, bool any_age, Fresh& fresh,
                        Appended& result) const {
  auto newest = head_->newest(id);
  auto const oldest =
      any_age || head_->last() == INT64_MIN ? INT64_MIN : head_->last() - options_.window.count();
  for (auto const& sample : samples) {
    if (sample.at > newest.at && sample.at >= floor_) {
      fresh.in_order.emplace_back(id, sample);
      newest = sample;
    } else if (sample.at == newest.at) {
      ++(same_value(sample, newest) ? result.repeated : result.out_of_order);
    } else if (sample.at >= oldest || newest.at == INT64_MIN) {
      fresh.late.emplace_back(id, sample);
    } else {
      ++result.out_of_order;
    }
  }
}

// The log first, then memory: what memory has, the log has.
void Database::commit(Fresh const& fresh, Appended& result) {
  for (auto const& record : definition_records(*head_, undefined_)) wal_->append(record);
  undefined_.clear();
  for (auto const& record : sample_records(fresh.in_order)) wal_->append(record);
  for (auto const& record : sample_records(fresh.late, true)) wal_->append(record);
  for (auto const& [id, sample] : fresh.in_order) {
    if (sample.at <= head_->newest(id).at) {
      ++result.out_of_order;  // twice in one append; reading the log judges the same
      continue;
    }
    head_->append(id, sample);
    ++result.accepted;
  }
  for (auto const& [id, sample] : fresh.late) head_->append_late(id, sample);
  result.accepted += fresh.late.size();
}

Appended Database::append(std::span<Point const> points) {
  Appended result;
  {
    std::unique_lock const lock(guard_);
    Fresh fresh;
    fresh.in_order.reserve(points.size());
    for (auto const& point : points) {
      if (auto const id = series_of(point.labels)) {
        sort_out(*id, {&point.sample, 1}, false, fresh, result);
      } else {
        ++result.over_limit;
      }
    }
    commit(fresh, result);
  }
  if (options_.sync_each_append) sync();
  return result;
}

Appended Database::append(Incoming const& incoming, std::set<std::string, std::less<>>* touched) {
  Appended result;
  {
    std::unique_lock const lock(guard_);
    Fresh fresh;
    fresh.in_order.reserve(incoming.samples.size());
    std::span<Sample const> rest(incoming.samples);
    std::string_view former;
    for (std::size_t number = 0; number < incoming.series.size(); ++number) {
      auto const samples = rest.first(incoming.series[number].count);
      rest = rest.subspan(samples.size());
      auto const id = series_of(incoming, number, result);
      if (!id) continue;
      sort_out(*id, samples, incoming.any_age, fresh, result);
      if (touched == nullptr) continue;
      if (auto const name = head_->metric(*id); name.data() != former.data()) {
        former = name;
        if (!touched->contains(name)) touched->emplace(name);
      }
    }
    commit(fresh, result);
  }
  if (options_.sync_each_append) sync();
  return result;
}

void Database::sync() {
  std::lock_guard const one(syncing_);
  std::function<void()> work;
  {
    std::unique_lock const lock(guard_);
    work = wal_->begin_sync();
  }
  work();
}

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

std::vector<Database::Found> Database::find(std::span<Matcher const> matchers, std::int64_t from,
                                            std::int64_t to, Blocks& used,
                                            std::vector<SharedIndex>& indexes) const {
  std::vector<Found> found;
  Blocks blocks;
  {
    std::shared_lock const lock(guard_);
    for (auto const id : head_->find_all(matchers)) {
      Found part;
      part.chunks = head_->chunks(id, from, to);
      head_->late(id, from, to, part.late);
      if (part.chunks.empty() && part.late.empty()) continue;
      part.labels = head_->labels(id);
      found.push_back(std::move(part));
    }
    for (auto const& block : blocks_) {
      if (block->last() >= from && block->first() <= to) blocks.push_back(block);
    }
  }
  for (auto const& block : blocks) {
    auto index = index_of(block);
    if (!index) continue;
    for (auto const entry : index->find(matchers, from, to)) {
      auto& part = found.emplace_back();
      part.labels = index->labels(index->series[entry]);
      part.block = used.size();
      part.entry = entry;
    }
    used.push_back(block);
    indexes.push_back(std::move(index));
  }
  // Blocks in order of time, the head behind them.
  std::sort(found.begin(), found.end(), [](Found const& a, Found const& b) {
    auto const order = a.labels <=> b.labels;
    return order != std::strong_ordering::equal ? order < 0 : a.block < b.block;
  });
  return found;
}

void Database::select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                      Visit const& visit) const {
  Blocks used;
  std::vector<SharedIndex> indexes;
  auto const found = find(matchers, from, to, used, indexes);
  std::vector<Block::Reader> readers;
  readers.reserve(used.size());
  for (auto const& block : used) readers.emplace_back(*block);
  Samples samples;
  for (std::size_t i = 0; i < found.size();) {
    auto const& labels = found[i].labels;
    samples.clear();
    auto const first = i;
    for (; i < found.size() && found[i].labels == labels; ++i) {
      auto const& part = found[i];
      if (part.block != nowhere) {
        auto const& index = *indexes[part.block];
        auto const read = readers[part.block].read(index, index.series[part.entry], from, to, samples);
        if (!read) log::error("monitor.block_unreadable", {{"reason", read.error().english()}});
      }
      for (auto const& chunk : part.chunks) chunk->read(from, to, samples);
      samples.insert(samples.end(), part.late.begin(), part.late.end());
    }
    if (i > first + 1 || !found[first].late.empty()) put_in_order(samples);
    if (!samples.empty() && !visit(labels, samples)) return;
  }
}

std::vector<Labels> Database::series(std::span<Matcher const> matchers, std::int64_t from,
                                     std::int64_t to) const {
  Blocks used;
  std::vector<SharedIndex> indexes;
  std::vector<Labels> result;
  for (auto& part : find(matchers, from, to, used, indexes)) {
    if (result.empty() || result.back() != part.labels) result.push_back(std::move(part.labels));
  }
  return result;
}

DatabaseStats Database::stats() const {
  std::shared_lock const lock(guard_);
  DatabaseStats stats;
  stats.series = head_->size();
  stats.head_bytes = head_->chunk_bytes();
  stats.blocks = blocks_.size();
  for (auto const& block : blocks_) stats.block_bytes += block->size();
  stats.damaged_blocks = damaged_blocks_;
  stats.wal = wal_->report();
  stats.lost_samples = lost_samples_;
  stats.damaged_snapshot = damaged_snapshot_;
  if (head_->first() <= head_->last()) {
    stats.first = head_->first();
    stats.last = head_->last();
  }
  return stats;
}

}  // namespace yunzhi::monitor
