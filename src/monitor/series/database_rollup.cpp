// Rollups: blocks of past days become figures per five minutes and per hour, which are kept longer than the
// samples. A file of rollups is a block whose series carry the figure's name in one more label.
#include <algorithm>

#include <fmt/format.h>

#include "base/log.hpp"
#include "monitor/series/block_merge.hpp"
#include "monitor/series/database.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::string_view figure_label = "__rollup__";
constexpr int rollup_level = 9;
constexpr std::int64_t look_back_ms = 3'600'000;  // for where a counter stood at the day's beginning

Matcher figure_is(RollupFigure figure) {
  return *Matcher::make(Match::equal, std::string(figure_label),
                        std::string(rollup_figures[static_cast<std::size_t>(figure)]));
}

}  // namespace

std::filesystem::path Database::rollup_path(std::int64_t day, std::int64_t length) const {
  return options_.folder / "rollups" / fmt::format("{}-{}.block", day, length / 1000);
}

void Database::open_rollups() {
  std::filesystem::create_directories(options_.folder / "rollups");
  for (auto const& entry : std::filesystem::directory_iterator(options_.folder / "rollups")) {
    if (entry.path().extension() == ".new") std::filesystem::remove(entry.path());
  }
  for (auto const& entry : std::filesystem::directory_iterator(options_.folder / "rollups")) {
    if (entry.path().extension() != ".block") continue;
    auto const name = entry.path().stem().string();
    for (auto const length : rollup_lengths) {
      if (!name.ends_with(fmt::format("-{}", length / 1000))) continue;
      if (auto block = open_block(entry.path())) rollups_[length].push_back(std::move(block));
    }
  }
  for (auto& [length, blocks] : rollups_) {
    std::sort(blocks.begin(), blocks.end(),
              [](auto const& a, auto const& b) { return a->first() < b->first(); });
  }
}

// How old a day must be to be rolled up: before, its samples answer a long view fast enough, and to hold both
// would cost half as much again. When room is short a day may be gone tomorrow.
Milliseconds Database::rollup_age() const {
  std::uint64_t total = 0;
  for (auto const& block : all_blocks()) total += block->size();
  bool const short_of_room = options_.retention_bytes > 0 && total > options_.retention_bytes / 2;
  return short_of_room ? Milliseconds(0) : std::min(options_.rollup_after, options_.retention / 2);
}

// A day's rollup is made when its blocks have become one, and again when that one was replaced.
void Database::roll_up_days(std::int64_t boundary, Instant now) {
  auto const until = std::min(boundary, to_ms(now - rollup_age()));
  std::map<std::int64_t, Blocks> days;
  for (auto const& block : all_blocks()) days[round_down(block->first(), day_ms)].push_back(block);
  for (auto const& [day, blocks] : days) {
    if (blocks.size() != 1 || day + day_ms > until) continue;
    auto const former = days.find(day - day_ms);
    Blocks sources = former == days.end() ? Blocks{} : former->second;
    sources.push_back(blocks.front());
    for (auto const length : rollup_lengths) {
      if (!has_rollup(rollup_path(day, length), *blocks.front())) roll_up_day(sources, day, length);
    }
  }
}

bool Database::has_rollup(std::filesystem::path const& path, Block const& source) const {
  std::shared_lock const lock(guard_);
  for (auto const& [length, blocks] : rollups_) {
    for (auto const& block : blocks) {
      if (block->path() != path) continue;
      auto const index = block->index();
      return index && (*index)->replaces == std::vector{source.path().filename().string()};
    }
  }
  return false;
}

void Database::roll_up_day(Blocks const& sources, std::int64_t day, std::int64_t length) {
  auto const path = rollup_path(day, length);
  BlockWriter writer(path, rollup_level, {sources.back()->path().filename().string()});
  auto const take = [&](Labels const& labels, Samples const& samples) {
    auto const rolled = roll_up(samples, length, day - 1);
    for (std::size_t number = 0; number < rollup_figures.size(); ++number) {
      auto named = labels;
      named.set(figure_label, rollup_figures[number]);
      writer.add(named, figure_of(rolled, static_cast<RollupFigure>(number)));
    }
  };
  auto const done = merge_blocks(sources, take, day - look_back_ms, day + day_ms - 1);
  if (!done) return log::error("monitor.rollup_failed", {{"reason", done.error().english()}});
  if (writer.empty()) return;
  writer.finish();
  replace_rollup(length, path);
}

std::map<std::int64_t, Database::Blocks> Database::rollups_now() const {
  std::shared_lock const lock(guard_);
  return rollups_;
}

void Database::replace_rollup(std::int64_t length, std::filesystem::path const& path) {
  auto block = Block::open(path, block_cache_);
  if (!block) throw std::runtime_error(block.error().english());
  std::unique_lock const lock(guard_);
  auto& blocks = rollups_[length];
  std::erase_if(blocks, [&](auto const& old) { return old->path() == path; });
  blocks.push_back(std::move(*block));
  std::sort(blocks.begin(), blocks.end(),
            [](auto const& a, auto const& b) { return a->first() < b->first(); });
}

void Database::expire_rollups(Instant now) {
  auto const oldest = to_ms(now - std::max(options_.rollup_retention, options_.retention));
  std::unique_lock const lock(guard_);
  for (auto& [length, blocks] : rollups_) {
    std::erase_if(blocks, [&](auto const& block) {
      if (block->last() >= oldest) return false;
      std::filesystem::remove(block->path());
      return true;
    });
  }
}

Source::Rollups Database::rollups() const {
  std::shared_lock const lock(guard_);
  auto since = blocks_.empty() ? INT64_MAX : blocks_.front()->first();
  if (head_->first() <= head_->last()) since = std::min(since, head_->first());
  bool const older = std::any_of(rollups_.begin(), rollups_.end(), [&](auto const& each) {
    return !each.second.empty() && each.second.front()->first() < since;
  });
  return {true, older ? since : INT64_MIN};
}

namespace {

using Figures = std::map<Labels, Samples>;

// What the days of begin <= at < end give, rolled up on the way; `end` is where a stretch ends.
void add_fresh(Source const& source, RollupQuestion const& question, std::int64_t begin, std::int64_t end,
               Figures& found) {
  auto const after = std::max(begin, question.from - question.length) - 1;
  auto const until = std::min(end - 1, question.to);
  if (after >= until) return;
  source.select(question.matchers, after - look_back_ms, until, [&](Labels const& labels, Samples& samples) {
    auto fresh = figure_of(roll_up(samples, question.length, after), question.figure);
    std::erase_if(fresh,
                  [&](Sample const& each) { return each.at < question.from || each.at > question.to; });
    auto& into = found[labels];
    into.insert(into.end(), fresh.begin(), fresh.end());
    return true;
  });
}

}  // namespace

// Rollups of whole days; the days between and after them are rolled up on the way.
bool Database::select_rollup(RollupQuestion const& question, Visit const& visit) const {
  Blocks blocks;
  {
    std::shared_lock const lock(guard_);
    if (auto const kept = rollups_.find(question.length); kept != rollups_.end()) blocks = kept->second;
  }
  std::vector<Matcher> matchers(question.matchers.begin(), question.matchers.end());
  matchers.push_back(figure_is(question.figure));
  Figures found;
  std::int64_t covered = INT64_MIN + day_ms;  // days before this time were looked at
  for (auto const& block : blocks) {
    auto const day = round_down(block->first(), day_ms);
    add_fresh(*this, question, covered, day, found);
    covered = day + day_ms;
    if (block->last() < question.from || block->first() > question.to) continue;
    auto const index = index_of(block);
    if (!index) continue;
    Block::Reader reader(*block);
    for (auto const number : index->find(matchers, question.from, question.to)) {
      auto const& entry = index->series[number];
      auto labels = index->labels(entry);
      labels.remove(figure_label);
      auto const read = reader.read(*index, entry, question.from, question.to, found[std::move(labels)]);
      if (!read) log::error("monitor.block_unreadable", {{"reason", read.error().english()}});
    }
  }
  add_fresh(*this, question, covered, INT64_MAX, found);
  for (auto& [labels, samples] : found) {
    put_in_order(samples);
    if (!samples.empty() && !visit(labels, samples)) return true;
  }
  return true;
}

}  // namespace yunzhi::monitor
