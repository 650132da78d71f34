// Prometheus' relabelling: steps that rename, make, keep and drop labels, of targets and of series.
// Meaning: prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "monitor/series/labels.hpp"

namespace re2 {
class RE2;
}

namespace yunzhi::monitor {

enum class RelabelAction {
  replace,
  keep,
  drop,
  keepequal,
  dropequal,
  hashmod,
  labelmap,
  labeldrop,
  labelkeep,
  lowercase,
  uppercase
};

struct RelabelStep {
  RelabelAction action = RelabelAction::replace;
  std::vector<std::string> source_labels;
  std::string separator = ";";
  std::string target_label;
  std::string replacement = "$1";
  std::uint64_t modulus = 0;
  std::shared_ptr<re2::RE2 const> pattern;  ///< none: matches everything

  bool operator==(RelabelStep const&) const = default;
};

/// False when a step drops what the labels stand for.
bool relabel(std::vector<RelabelStep> const& steps, Labels& labels);

/// A step whose parts go together; refused with the part that is wrong as the field.
Result<RelabelStep> checked_step(RelabelStep step, std::string const& regex);

/// The action's name in the configuration; false when there is no such action.
bool read_action(std::string_view name, RelabelAction& action);

}  // namespace yunzhi::monitor
