// Reads what Prometheus and its kin push: remote_write 1.0 (prometheus.WriteRequest) and 2.0
// (io.prometheus.write.v2.Request). Specifications: prometheus.io/docs/specs/prw/remote_write_spec and _2_0.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "monitor/scrape/exposition.hpp"
#include "monitor/series/exemplars.hpp"
#include "monitor/series/incoming.hpp"

namespace yunzhi::monitor {

enum class RemoteWriteVersion { one, two };

/// Bounds on one request.
struct IngestLimits {
  std::size_t body_bytes = std::size_t{64} << 20;  ///< unpacked
  std::size_t labels = 64;                         ///< per series
  std::size_t name_bytes = 1024;                   ///< of a metric or label name
  std::size_t value_bytes = 4096;                  ///< of a label's value
  std::size_t metadata = 10'000;                   ///< metrics told of at once
};

/// One request, taken apart. `incoming.labels` reads from the request's bytes, which must outlive it.
struct RemoteWrite {
  Incoming incoming;
  Metadata metadata;
  std::size_t histograms = 0;             ///< native histograms, which are not kept
  std::vector<SeriesExemplar> exemplars;  ///< those whose labels make sense
};

/// Reads an unpacked request. Refused when it is no such message; single series whose labels break a rule are
/// refused later, one by one, by `incoming.labels`.
Result<RemoteWrite> read_remote_write(std::string_view message, RemoteWriteVersion version,
                                      KeyMaker const& keys, IngestLimits const& limits);

/// The labels as a set, or why they cannot name a series: no metric name, a name or value too long, a name
/// twice, an empty name, bytes that are no UTF-8.
Result<Labels> checked_labels(std::vector<Label> pairs, IngestLimits const& limits);

}  // namespace yunzhi::monitor
