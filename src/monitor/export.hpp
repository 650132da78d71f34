// Samples as Prometheus text with times, which import reads back.
#pragma once

#include <string>

#include "monitor/series/labels.hpp"
#include "monitor/series/sample.hpp"

namespace yunzhi::monitor {

/// One line per sample: name{labels} value milliseconds. The stale marker is written as NaN.
void put_export_lines(std::string& text, Labels const& labels, Samples const& samples);

}  // namespace yunzhi::monitor
