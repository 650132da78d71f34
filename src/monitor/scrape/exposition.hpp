// A scraped page, in the Prometheus text format or in OpenMetrics: one sample a line, comments with type and
// help.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "monitor/scrape/target.hpp"
#include "monitor/series/database.hpp"
#include "monitor/series/exemplars.hpp"

namespace yunzhi::monitor {

struct MetricFacts {
  std::string type = "unknown";
  std::string help;
  std::string unit;
};
/// By the metric's name.
using Metadata = std::map<std::string, MetricFacts, std::less<>>;

struct Exposition {
  std::vector<Point> points;
  Metadata metadata;
  std::vector<SeriesExemplar> exemplars;
};

/// Samples without a time of their own get `now`; times further than a day in the past or an hour in the
/// future are refused. The whole text is refused at the first bad line: half a scrape would make gaps that
/// look like vanished series.
Result<Exposition> parse_exposition(std::string_view text, std::int64_t now, ScrapeLimits const& limits,
                                    bool open_metrics = false);

}  // namespace yunzhi::monitor
