// One line of the Prometheus text format or of OpenMetrics, taken apart: the series as it stands there, the
// value, the time, and after '#' an exemplar. Format: prometheus.io/docs/instrumenting/exposition_formats and
// prometheus.io/docs/specs/om/open_metrics_spec, with the quoted names of version 1.0.0's escaping scheme.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "monitor/scrape/exposition.hpp"
#include "monitor/series/exemplars.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

enum class ExpositionFormat { prometheus, open_metrics };

struct ExpositionLine {
  std::string_view series;  ///< name{labels}, as written
  double value = 0;
  std::optional<std::int64_t> at;  ///< in milliseconds
  std::string_view exemplar;       ///< what stands after '#', in OpenMetrics alone; empty: none
};

/// The next line without its end and the blanks before it, taken off the text's front.
std::string_view take_line(std::string_view& text);

/// Splits a line that is no comment. Times are milliseconds, in OpenMetrics seconds with a fraction.
Result<ExpositionLine> split_line(std::string_view line,
                                  ExpositionFormat format = ExpositionFormat::prometheus);

/// The labels of a series as written, its name among them; nothing is sorted or checked for doubles.
Result<std::vector<Label>> read_series(std::string_view series);

/// What stands after '#': {trace_id="1"} 0.67 1520879607.789; its time is `at` when it says none.
Result<Exemplar> read_exemplar(std::string_view text, std::int64_t at);

/// "# TYPE name counter", "# HELP name text", "# UNIT name seconds"; everything else is a remark.
void read_comment(std::string_view line, std::size_t limit, Metadata& metadata);

/// The refusal with the line's number as its field.
Refusal at_line(std::size_t number, Refusal refusal);

}  // namespace yunzhi::monitor
