// The head written down, so that a start need not read the whole log. A snapshot names the segment of the log
// from which to go on. Layout in docs/formats/monitor-series.md. A frame that does not check loses its
// series, which is counted; the rest is read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "monitor/series/head.hpp"

namespace yunzhi::monitor {

struct SnapshotFacts {
  std::uint64_t segment = 0;       ///< the log goes on here
  std::int64_t floor = INT64_MIN;  ///< older samples are in blocks
};

/// Writes beside and renames. Series are taken in slices under `guarded`, which calls its argument while the
/// head keeps still; what is appended between two slices is in the log from `facts.segment` on.
void write_snapshot(std::filesystem::path const& path, Head const& head, SnapshotFacts const& facts,
                    std::function<void(std::function<void()> const&)> const& guarded);

struct Snapshot {
  bool found = false;
  bool damaged = false;
  SnapshotFacts facts;
};

/// Reads into an empty head. Ids are as they were; where a frame was lost the snapshot ends.
Snapshot read_snapshot(std::filesystem::path const& path, Head& head);

}  // namespace yunzhi::monitor
