#include "monitor/series/database.hpp"

#include <algorithm>
#include <bit>

#include "monitor/series/log_record.hpp"

namespace yunzhi::monitor {
namespace {

bool same_value(Sample const& a, Sample const& b) {
  return std::bit_cast<std::uint64_t>(a.value) == std::bit_cast<std::uint64_t>(b.value);
}

}  // namespace

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
