#include "monitor/export.hpp"

#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

// Names that are no words of Prometheus' first format stand between quotes within the braces.
std::string series_text(Labels const& labels) {
  auto const name = labels.get(name_label);
  if (is_metric_name(name)) return labels.text();
  std::string inner = quoted(name);
  for (auto const& [label, value] : labels) {
    if (label != name_label)
      inner += ',' + (is_label_name(label) ? label : quoted(label)) + '=' + quoted(value);
  }
  return '{' + inner + '}';
}

}  // namespace

void put_export_lines(std::string& text, Labels const& labels, Samples const& samples) {
  auto const series = series_text(labels);
  for (auto const& sample : samples) {
    text += series;
    text += ' ';
    text += format_number(sample.value);
    text += ' ';
    text += std::to_string(sample.at);
    text += '\n';
  }
}

}  // namespace yunzhi::monitor
