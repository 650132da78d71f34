// What the write-ahead log's records say: series get a number, then samples refer to it. Layout in
// docs/formats/monitor-series.md.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "monitor/series/head.hpp"

namespace yunzhi::monitor {

struct LogRecord {
  std::vector<std::pair<std::uint64_t, Labels>> definitions;
  std::vector<std::pair<std::uint64_t, Sample>> samples;
  bool late = false;  ///< the samples came late: they are not in order
};

/// Reads as far as the record makes sense; records of unknown kind are empty.
LogRecord read_record(std::string_view bytes);

/// Records below the log's limit of size that define the series, or hold the samples.
std::vector<std::string> definition_records(Head const& head, std::vector<SeriesId> const& series);
std::vector<std::string> sample_records(std::vector<std::pair<SeriesId, Sample>> const& samples,
                                        bool late = false);

}  // namespace yunzhi::monitor
