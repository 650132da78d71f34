// Reads samples in Prometheus' text format for import: history of any age, a series as often as it likes. The
// label part of a line is the series' key, so that its labels are read once.
#pragma once

#include <cstdint>
#include <string_view>

#include "monitor/ingest/remote_write.hpp"

namespace yunzhi::monitor {

struct TextImport {
  Incoming incoming;  ///< its labels read from the text, which must outlive it
  Metadata metadata;
};

/// Samples without a time get `now`. Refused with the line's number at the first line that makes no sense.
Result<TextImport> read_text_import(std::string_view text, std::int64_t now, KeyMaker const& keys,
                                    IngestLimits const& limits);

}  // namespace yunzhi::monitor
