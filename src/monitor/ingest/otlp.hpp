// Reads OpenTelemetry metrics (OTLP over HTTP, protobuf) and names them as Prometheus does: dots become
// underscores, the unit and _total are appended, service.name and service.instance.id become job and
// instance. Specifications: opentelemetry.io/docs/specs/otlp, and
// .../specs/otel/compatibility/prometheus_and_openmetrics.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "monitor/ingest/remote_write.hpp"
#include "monitor/series/database.hpp"

namespace yunzhi::monitor {

struct Otlp {
  std::vector<Point> points;
  Metadata metadata;
  std::size_t refused = 0;  ///< data points that are not kept
  std::string reason;       ///< why the first of them was not
};

/// Refused when the bytes are no ExportMetricsServiceRequest. Deltas and exponential histograms are counted
/// as refused: what they mean depends on points that may be lost.
Result<Otlp> read_otlp(std::string_view message, IngestLimits const& limits);

/// ExportMetricsServiceResponse: empty, or how many data points were refused and why.
std::string otlp_answer(std::size_t refused, std::string_view reason);

/// The metric's name in Prometheus' words: otlp_name("http.server.duration", "ms", false) is
/// "http_server_duration_milliseconds".
std::string otlp_name(std::string_view name, std::string_view unit, bool counter, bool gauge = false);

}  // namespace yunzhi::monitor
