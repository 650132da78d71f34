// What a store does beside its users: blocks out of the head, days out of blocks, snapshots, retention,
// deletion.
#include <algorithm>

#include <fmt/format.h>

#include "base/log.hpp"
#include "monitor/series/block_merge.hpp"
#include "monitor/series/database.hpp"
#include "monitor/series/snapshot.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t late_limit = 2'000'000;  // samples in memory before they are written early
constexpr int day_level = 9;

}  // namespace

void Database::maintain(Instant now) {
  std::lock_guard const one(maintenance_);
  auto const boundary = round_down(to_ms(now - options_.window), options_.block_span.count());
  bool due = false;
  {
    std::shared_lock const lock(guard_);
    due = head_->first() < boundary || head_->late_count() > late_limit;
  }
  if (due) flush(boundary);
  merge_days(boundary);
  expire_classes(now);
  roll_up_days(boundary, now);
  expire(now);
  expire_rollups(now);
}

void Database::shorten_log(std::uint64_t log_bytes) {
  std::unique_lock const one(maintenance_, std::try_to_lock);
  if (!one) return;
  {
    std::shared_lock const lock(guard_);
    if (wal_->bytes() <= log_bytes) return;
  }
  checkpoint();
}

// Under maintenance_. Appends go on between the slices; the log has them from the new segment on.
void Database::checkpoint() {
  SnapshotFacts facts;
  {
    std::unique_lock const lock(guard_);
    facts = {wal_->begin_segment(), written_};
  }
  write_snapshot(options_.folder / "head.snapshot", *head_, facts, [this](std::function<void()> const& work) {
    std::shared_lock const lock(guard_);
    work();
  });
  std::unique_lock const lock(guard_);
  wal_->drop_before(facts.segment);
}

void Database::flush(std::int64_t boundary) {
  {
    std::unique_lock const lock(guard_);
    boundary = std::max(boundary, floor_);
    floor_ = boundary;  // what is older and comes now is late
    head_->release_late();
  }
  auto const paths = write_head_blocks(boundary);
  adopt(paths, {});
  {
    std::unique_lock const lock(guard_);
    head_->forget(boundary);
    written_ = boundary;
  }
  renumber_when_sparse();
  checkpoint();
}

// Series that ended keep their place until they are many.
void Database::renumber_when_sparse() {
  std::unique_lock const lock(guard_);
  if (head_->dead() * 4 <= head_->size()) return;
  head_ = head_->living();
  cache_.clear();
  undefined_.clear();
  wal_->begin_segment();
  // Should the snapshot that follows not be finished, the new segment must explain itself.
  for (SeriesId id = 0; id < head_->size(); ++id) undefined_.push_back(id);
}

// One block per day that the samples fall on; late ones may fall on days that have blocks already.
std::vector<std::filesystem::path> Database::write_head_blocks(std::int64_t boundary) {
  std::vector<SeriesId> ids;
  {
    std::shared_lock const lock(guard_);
    ids = head_->find_all({});
  }
  DayWriters writers([&](std::int64_t day) {
    return free_name(day, std::min(day + day_ms, std::max(boundary, day + 1)) - 1);
  });
  Samples samples;
  for (auto const id : ids) {
    samples.clear();
    Labels labels;
    {
      std::shared_lock const lock(guard_);
      for (auto const& chunk : head_->chunks(id, INT64_MIN, boundary - 1))
        chunk->read(written_, boundary - 1, samples);
      head_->leaving(id, samples);
      if (samples.empty()) continue;
      labels = head_->labels(id);
    }
    put_in_order(samples);
    writers.add(labels, samples);
  }
  return writers.finish();
}

std::filesystem::path Database::free_name(std::int64_t first, std::int64_t last) const {
  auto const folder = options_.folder / "blocks";
  auto path = folder / fmt::format("{}-{}.block", first, last);
  for (int number = 2; std::filesystem::exists(path); ++number)
    path = folder / fmt::format("{}-{}-{}.block", first, last, number);
  return path;
}

void Database::merge_days(std::int64_t boundary) {
  std::map<std::int64_t, Blocks> days;
  for (auto const& block : all_blocks()) {
    auto const day = round_down(block->first(), day_ms);
    if (block->last() < day + day_ms && day + day_ms <= boundary) days[day].push_back(block);
  }
  for (auto const& [day, blocks] : days) {
    if (blocks.size() > 1) merge(blocks);
  }
}

void Database::merge(Blocks const& blocks) {
  std::int64_t first = INT64_MAX;
  std::int64_t last = INT64_MIN;
  std::vector<std::string> replaces;
  for (auto const& block : blocks) {
    first = std::min(first, block->first());
    last = std::max(last, block->last());
    replaces.push_back(block->path().filename().string());
  }
  auto const path = free_name(first, last);
  BlockWriter writer(path, day_level, std::move(replaces));
  auto const done = merge_blocks(
      blocks, [&](Labels const& labels, Samples const& samples) { writer.add(labels, samples); });
  if (!done) return log::error("monitor.merge_failed", {{"reason", done.error().english()}});
  writer.finish();
  adopt({path}, blocks);
}

void Database::adopt(std::vector<std::filesystem::path> const& paths, Blocks const& replaced) {
  Blocks fresh;
  for (auto const& path : paths) {
    auto block = Block::open(path, block_cache_);
    if (!block) throw std::runtime_error(block.error().english());
    fresh.push_back(std::move(*block));
  }
  std::unique_lock const lock(guard_);
  std::erase_if(blocks_, [&](auto const& old) {
    return std::find(replaced.begin(), replaced.end(), old) != replaced.end();
  });
  blocks_.insert(blocks_.end(), fresh.begin(), fresh.end());
  std::sort(blocks_.begin(), blocks_.end(),
            [](auto const& a, auto const& b) { return a->first() < b->first(); });
  for (auto const& old : replaced) std::filesystem::remove(old->path());
}

void Database::expire(Instant now) {
  auto const oldest = to_ms(now - options_.retention);
  std::unique_lock const lock(guard_);
  std::uint64_t total = 0;
  for (auto const& block : blocks_) total += block->size();
  std::erase_if(blocks_, [&](auto const& block) {
    bool const too_much = options_.retention_bytes > 0 && total > options_.retention_bytes;
    if (block->last() >= oldest && !too_much) return false;
    total -= block->size();
    std::filesystem::remove(block->path());
    return true;
  });
}

// A block is looked at once per class, when all of it is older than the class keeps.
void Database::expire_classes(Instant now) {
  for (auto const& block : all_blocks()) {
    for (std::size_t number = 0; number < options_.classes.size(); ++number) {
      auto const& each = options_.classes[number];
      if (block->last() >= to_ms(now - each.retention)) continue;
      if (!classes_done_.emplace(block->path().filename().string(), number).second) continue;
      erase_from_block(block, each.matchers, INT64_MIN, INT64_MAX);
      break;  // the block is another one now; the next class has its turn at the next look
    }
  }
}

std::size_t Database::erase(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to) {
  std::lock_guard const one(maintenance_);
  std::size_t touched = erase_from_head(matchers, from, to);
  for (auto const& block : all_blocks()) {
    if (block->last() >= from && block->first() <= to)
      touched = std::max(touched, erase_from_block(block, matchers, from, to));
  }
  erase_from_rollups(matchers, from, to);
  return touched;
}

std::size_t Database::erase_from_head(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to) {
  std::size_t touched = 0;
  {
    std::unique_lock const lock(guard_);
    for (auto const id : head_->find_all(matchers)) touched += head_->erase(id, from, to) ? 1U : 0U;
  }
  if (touched > 0) checkpoint();
  return touched;
}

namespace {

bool write_without(std::shared_ptr<Block const> const& block, std::span<Matcher const> matchers,
                   std::int64_t from, std::int64_t to, BlockWriter& writer) {
  auto const done = merge_blocks({block}, [&](Labels const& labels, Samples samples) {
    if (all_accept(matchers, labels))
      std::erase_if(samples, [&](Sample const& sample) { return sample.at >= from && sample.at <= to; });
    writer.add(labels, samples);
  });
  if (!done) log::error("monitor.erase_failed", {{"reason", done.error().english()}});
  return done.has_value();
}

}  // namespace

// Stretches that reach into the deleted time go as a whole.
void Database::erase_from_rollups(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to) {
  for (auto const& [length, blocks] : rollups_now()) {
    auto const until = to > INT64_MAX - length ? to : to + length;
    for (auto const& block : blocks) {
      auto const index = index_of(block);
      if (!index || index->find(matchers, from, until).empty()) continue;
      BlockWriter writer(block->path(), day_level, index->replaces);
      if (!write_without(block, matchers, from, until, writer)) continue;
      writer.finish();
      replace_rollup(length, block->path());
    }
  }
}

std::size_t Database::erase_from_block(SharedBlock const& block, std::span<Matcher const> matchers,
                                       std::int64_t from, std::int64_t to) {
  auto const index = index_of(block);
  if (!index) return 0;
  auto const found = index->find(matchers, from, to);
  if (found.empty()) return 0;
  auto const path = free_name(block->first(), block->last());
  BlockWriter writer(path, day_level, {block->path().filename().string()});
  if (!write_without(block, matchers, from, to, writer)) return 0;
  if (writer.empty()) {
    adopt({}, {block});
  } else {
    writer.finish();
    adopt({path}, {block});
  }
  return found.size();
}

}  // namespace yunzhi::monitor
