// Checks one control now: how many things were expected in its period, and which of them were not so.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "regulation/pack.hpp"
#include "store/store.hpp"

namespace yunzhi::regulation {

/// Something a control found. `kind` and `id` name the record a person can open.
struct Violation {
  std::string id, kind, title, note;
  std::optional<Instant> at;
};

struct Outcome {
  std::int64_t expected = 0;
  std::int64_t violations = 0;
  std::vector<Violation> evidence;  ///< the first hundred violations
  std::string failure;              ///< English; why it could not be checked, else empty
};

/// One series of an instant PromQL answer.
struct Sample {
  std::map<std::string, std::string> labels;
  double value = 0;
};
/// Asks the monitoring; refused when the expression is wrong or the engine is down.
using Signals = std::function<Result<std::vector<Sample>>(std::string const& expression, Instant at)>;

Outcome check_control(Control const& control, store::Store& store, Signals const& signals, Instant now);

}  // namespace yunzhi::regulation
