// One alert of one rule, and what the house is told when it changes.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/instant.hpp"
#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

enum class AlertState { inactive, pending, firing, resolved };

/// "inactive", "pending", "firing", "resolved".
std::string_view name_of(AlertState state);

struct Alert {
  std::string fingerprint;  ///< 16 hexadecimal digits of the labels; the same in every run
  std::string name;
  Labels labels;
  std::map<std::string, std::string> annotations;
  AlertState state = AlertState::pending;
  Instant active_at{};  ///< when the condition began to hold
  std::optional<Instant> fired_at;
  std::optional<Instant> resolved_at;
  std::optional<Instant> ends_at{};  ///< of one that others sent: over then unless it is sent again
  double value = 0;
  bool flapping = false;  ///< held firing because it fired too often of late

  [[nodiscard]] std::string severity() const { return std::string(labels.get("severity")); }
};

/// The news of an alert: became pending, fires, changed its severity, began or ceased to flap, resolved, or
/// went back to inactive before it fired. Told at
/// least once; fingerprint and active_at name the occurrence, so that the listener can tell it apart.
struct AlertChange {
  std::string fingerprint;
  std::string name;
  Labels labels;
  std::map<std::string, std::string> annotations;
  std::string severity;
  AlertState state = AlertState::pending;
  Instant active_at{};
  std::optional<Instant> fired_at;
  std::optional<Instant> resolved_at;
  double value = 0;
  bool flapping = false;
};

AlertChange news_of(Alert const& alert);

std::string fingerprint_of(Labels const& labels);

}  // namespace yunzhi::monitor
