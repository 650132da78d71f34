// Samples into blocks by day, and blocks into one.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "base/result.hpp"
#include "monitor/series/block.hpp"

namespace yunzhi::monitor {

inline constexpr std::int64_t day_ms = 86'400'000;

/// The largest multiple of the step that is not above the value.
std::int64_t round_down(std::int64_t value, std::int64_t step);

/// Splits series by UTC day, one block each.
class DayWriters {
 public:
  /// `name` tells where the block of the day that begins at a time is to stand.
  explicit DayWriters(std::function<std::filesystem::path(std::int64_t)> name) : name_(std::move(name)) {}

  /// Series come in order of labels, their samples in order of time.
  void add(Labels const& labels, Samples const& samples);
  /// Finishes all blocks and names their files.
  std::vector<std::filesystem::path> finish();

 private:
  struct Day {
    std::filesystem::path path;
    std::unique_ptr<BlockWriter> writer;
  };
  Day& day_of(std::int64_t day);

  std::function<std::filesystem::path(std::int64_t)> name_;
  std::map<std::int64_t, Day> days_;
};

/// Every series of the blocks in order of labels, with the samples of all of them within [from, to] in order
/// of time. Refused when a block is damaged.
Result<> merge_blocks(std::vector<std::shared_ptr<Block const>> const& blocks,
                      std::function<void(Labels const&, Samples const&)> const& take,
                      std::int64_t from = INT64_MIN, std::int64_t to = INT64_MAX);

}  // namespace yunzhi::monitor
