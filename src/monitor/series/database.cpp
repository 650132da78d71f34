#include "monitor/series/database.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/log.hpp"
#include "monitor/series/log_record.hpp"

namespace yunzhi::monitor {
namespace {

// Samples may come this late before their stretch is closed into a block.
constexpr Milliseconds lateness = std::chrono::minutes(10);
constexpr std::int64_t day_ms = 86'400'000;

std::int64_t round_down(std::int64_t value, std::int64_t step) {
  auto const rest = value % step;
  return value - (rest < 0 ? rest + step : rest);
}

// Overlapping sources may hold a sample twice; the first one stays.
void keep_growing(Samples& samples) {
  std::size_t kept = 0;
  for (auto const& sample : samples) {
    if (kept > 0 && sample.at <= samples[kept - 1].at) continue;
    samples[kept++] = sample;
  }
  samples.resize(kept);
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(DatabaseOptions options) {
  auto database = std::make_unique<Database>(std::move(options));
  std::filesystem::create_directories(database->options_.folder / "blocks");
  database->open_blocks();
  database->wal_ = std::make_unique<Wal>(database->options_.folder / "wal",
                                         [&](std::string_view record) { database->replay(record); });
  bool const renumbered = std::any_of(database->replayed_.begin(), database->replayed_.end(),
                                      [](auto const& pair) { return pair.first != pair.second; });
  if (renumbered || database->replayed_.size() != database->head_->size()) {
    for (SeriesId id = 0; id < database->head_->size(); ++id) database->undefined_.push_back(id);
  }
  database->replayed_ = {};
  return database;
}

void Database::open_blocks() {
  for (auto const& entry : std::filesystem::directory_iterator(options_.folder / "blocks")) {
    auto const& path = entry.path();
    if (path.extension() == ".new") std::filesystem::remove(path);
    if (path.extension() != ".block") continue;
    if (auto block = Block::open(path)) {
      blocks_.push_back(*block);
    } else {
      log::error("monitor.block_set_aside", {{"reason", block.error().english()}});
      std::filesystem::rename(path, path.string() + ".damaged");
      ++damaged_blocks_;
    }
  }
  // A block within the span of another is a leftover of a merge that was cut off before the clean-up.
  std::sort(blocks_.begin(), blocks_.end(), [](auto const& a, auto const& b) {
    return a->first() != b->first() ? a->first() < b->first() : a->last() > b->last();
  });
  for (auto const& block : blocks_) {
    if (block->last() >= floor_) {
      floor_ = block->last() + 1;
    }
  }
  Blocks kept;
  for (auto const& block : blocks_) {
    if (!kept.empty() && block->last() <= kept.back()->last()) {
      std::filesystem::remove(block->path());
    } else {
      kept.push_back(block);
    }
  }
  blocks_ = std::move(kept);
}

void Database::replay(std::string_view record) {
  LogRecord const parsed = read_record(record);
  for (auto const& [reference, labels] : parsed.definitions) {
    auto id = head_->find(labels);
    if (id == Head::none) id = head_->add(labels);
    replayed_[reference] = id;
  }
  for (auto const& [reference, sample] : parsed.samples) {
    auto const found = replayed_.find(reference);
    if (found == replayed_.end()) {
      ++lost_samples_;
    } else if (sample.at >= floor_ && head_->judge(found->second, sample) == Head::Added::yes) {
      head_->append(found->second, sample);
    }
  }
}

Appended Database::append(std::span<Point const> points) {
  std::unique_lock const lock(guard_);
  Appended result;
  std::vector<std::pair<SeriesId, Sample>> fresh;
  fresh.reserve(points.size());
  for (auto const& point : points) {
    auto id = head_->find(point.labels);
    if (id == Head::none) {
      if (head_->size() >= options_.series_limit) {
        ++result.over_limit;
        continue;
      }
      id = head_->add(point.labels);
      undefined_.push_back(id);
    }
    auto const verdict =
        point.sample.at < floor_ ? Head::Added::out_of_order : head_->judge(id, point.sample);
    if (verdict == Head::Added::yes) fresh.emplace_back(id, point.sample);
    if (verdict == Head::Added::repeated) ++result.repeated;
    if (verdict == Head::Added::out_of_order) ++result.out_of_order;
  }
  for (auto const& record : definition_records(*head_, undefined_)) wal_->append(record);
  undefined_.clear();
  for (auto const& record : sample_records(fresh)) wal_->append(record);
  for (auto const& [id, sample] : fresh) {
    if (head_->judge(id, sample) != Head::Added::yes) {
      ++result.out_of_order;  // twice in one append; reading the log judges the same
      continue;
    }
    head_->append(id, sample);
    ++result.accepted;
  }
  return result;
}

void Database::sync() {
  std::unique_lock const lock(guard_);
  wal_->sync();
}

void Database::maintain(Instant now) {
  std::lock_guard const one(maintenance_);
  auto const boundary = round_down(to_ms(now - lateness), options_.block_span.count());
  bool due = false;
  {
    std::shared_lock const lock(guard_);
    due = head_->first() < boundary;
  }
  if (due) flush(boundary);
  merge_days(boundary);
  expire(to_ms(now - options_.retention));
}

void Database::flush(std::int64_t boundary) {
  {
    std::unique_lock const lock(guard_);
    floor_ = std::max(floor_, boundary);  // nothing older may arrive while the block is written
  }
  write_head_block(boundary);
}

void Database::write_head_block(std::int64_t boundary) {
  std::map<Labels, std::vector<SharedChunk>> old;
  {
    std::shared_lock const lock(guard_);
    for (SeriesId id = 0; id < head_->size(); ++id) {
      auto chunks = head_->chunks(id, INT64_MIN, boundary - 1);
      if (!chunks.empty()) old.emplace(head_->labels(id), std::move(chunks));
    }
  }
  if (old.empty()) return renew_head(boundary);
  std::int64_t first = INT64_MAX;
  for (auto& [labels, chunks] : old) {
    first = std::min(first, chunks.front()->first);
    if (chunks.back()->last < boundary) continue;
    Samples samples;
    chunks.back()->read(INT64_MIN, boundary - 1, samples);
    ChunkWriter writer;
    for (auto const& sample : samples) writer.append(sample);
    chunks.back() = std::make_shared<Chunk const>(writer.take());
  }
  auto const path = options_.folder / "blocks" / fmt::format("{}-{}.block", first, boundary - 1);
  BlockWriter writer(path);
  for (auto const& [labels, chunks] : old) writer.add(labels, chunks);
  writer.finish();
  adopt(path, {});
  renew_head(boundary);
}

// The block and the head hold the flushed samples together for a moment; select() drops the doubles.
void Database::renew_head(std::int64_t boundary) {
  std::unique_lock const lock(guard_);
  auto renewed = head_->from(boundary);
  auto const segment = wal_->begin_segment();
  std::vector<SeriesId> everyone;
  std::vector<std::pair<SeriesId, Sample>> samples;
  for (SeriesId id = 0; id < renewed->size(); ++id) {
    everyone.push_back(id);
    Samples kept;
    for (auto const& chunk : renewed->chunks(id, INT64_MIN, INT64_MAX))
      chunk->read(INT64_MIN, INT64_MAX, kept);
    for (auto const& sample : kept) samples.emplace_back(id, sample);
  }
  for (auto const& record : definition_records(*renewed, everyone)) wal_->append(record);
  for (auto const& record : sample_records(samples)) wal_->append(record);
  wal_->sync();
  wal_->drop_before(segment);
  undefined_.clear();
  head_ = std::move(renewed);
}

void Database::merge_days(std::int64_t boundary) {
  std::map<std::int64_t, Blocks> days;
  {
    std::shared_lock const lock(guard_);
    for (auto const& block : blocks_) {
      auto const day = round_down(block->first(), day_ms);
      if (block->last() < day + day_ms && day + day_ms <= boundary) days[day].push_back(block);
    }
  }
  for (auto const& [day, blocks] : days) {
    if (blocks.size() > 1) merge(blocks);
  }
}

void Database::merge(Blocks const& blocks) {
  std::map<Labels, std::vector<std::pair<std::size_t, BlockEntry>>> places;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    auto index = blocks[i]->index();
    if (!index) return log::error("monitor.merge_failed", {{"reason", index.error().english()}});
    for (auto& entry : *index) places[entry.labels].emplace_back(i, std::move(entry));
  }
  auto const path =
      options_.folder / "blocks" / fmt::format("{}-{}.block", blocks.front()->first(), blocks.back()->last());
  BlockWriter writer(path);
  std::vector<Block::Reader> readers(blocks.size());
  for (auto const& [labels, entries] : places) {
    std::vector<SharedChunk> chunks;
    for (auto const& [number, entry] : entries) {
      auto part = readers[number].chunks(*blocks[number], entry);
      if (!part) return log::error("monitor.merge_failed", {{"reason", part.error().english()}});
      chunks.insert(chunks.end(), part->begin(), part->end());
    }
    writer.add(labels, chunks);
  }
  writer.finish();
  adopt(path, blocks);
}

void Database::adopt(std::filesystem::path const& path, Blocks const& replaced) {
  auto block = Block::open(path);
  if (!block) throw std::runtime_error(block.error().english());
  std::unique_lock const lock(guard_);
  std::erase_if(blocks_, [&](auto const& old) {
    return std::find(replaced.begin(), replaced.end(), old) != replaced.end();
  });
  blocks_.push_back(*block);
  std::sort(blocks_.begin(), blocks_.end(),
            [](auto const& a, auto const& b) { return a->first() < b->first(); });
  for (auto const& old : replaced) {
    if (old->path() != path) std::filesystem::remove(old->path());
  }
}

void Database::expire(std::int64_t oldest) {
  std::unique_lock const lock(guard_);
  std::erase_if(blocks_, [&](auto const& block) {
    if (block->last() >= oldest) return false;
    std::filesystem::remove(block->path());
    return true;
  });
}

Database::Found Database::find(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                               Blocks& used) const {
  Found found;
  {
    std::shared_lock const lock(guard_);
    for (auto const id : head_->find_all(matchers)) {
      auto chunks = head_->chunks(id, from, to);
      if (!chunks.empty()) found[head_->labels(id)].chunks = std::move(chunks);
    }
    for (auto const& block : blocks_) {
      if (block->last() >= from && block->first() <= to) used.push_back(block);
    }
  }
  for (auto const& block : used) {
    auto index = block->index();
    if (!index) {
      log::error("monitor.block_unreadable", {{"reason", index.error().english()}});
      continue;
    }
    for (auto& entry : *index) {
      if (entry.last < from || entry.first > to || !all_accept(matchers, entry.labels)) continue;
      auto& parts = found[entry.labels];
      parts.blocks.emplace_back(block.get(), std::move(entry));
    }
  }
  return found;
}

void Database::select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                      Visit const& visit) const {
  Blocks used;
  auto const found = find(matchers, from, to, used);
  std::map<Block const*, Block::Reader> readers;
  Samples samples;
  for (auto const& [labels, parts] : found) {
    samples.clear();
    for (auto const& [block, entry] : parts.blocks) {
      auto chunks = readers[block].chunks(*block, entry);
      if (!chunks) {
        log::error("monitor.block_unreadable", {{"reason", chunks.error().english()}});
        continue;
      }
      for (auto const& chunk : *chunks) {
        if (chunk->last >= from && chunk->first <= to) chunk->read(from, to, samples);
      }
    }
    for (auto const& chunk : parts.chunks) chunk->read(from, to, samples);
    keep_growing(samples);
    if (!samples.empty() && !visit(labels, samples)) return;
  }
}

std::vector<Labels> Database::series(std::span<Matcher const> matchers, std::int64_t from,
                                     std::int64_t to) const {
  Blocks used;
  std::vector<Labels> result;
  for (auto& [labels, parts] : find(matchers, from, to, used)) result.push_back(labels);
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
  return stats;
}

}  // namespace yunzhi::monitor
