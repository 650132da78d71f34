// Alerts as records (clauses 4.3.1, 4.3.2): what the monitoring saw, kept after it is over, with the fault
// it opened. People read them; only the monitoring writes them.
#pragma once

#include "record/module.hpp"
#include "record/record.hpp"
#include "record/settings.hpp"

namespace yunzhi::modules {

enum class AlertState { pending, firing, resolved };
BOOST_DESCRIBE_ENUM(AlertState, pending, firing, resolved)

struct Alert : record::Record {
  describe::Line name;
  describe::Line fingerprint;
  describe::Map labels;
  describe::Map annotations;
  describe::Line severity;
  AlertState state = AlertState::firing;
  std::optional<Instant> active_at;
  std::optional<Instant> fired_at;
  std::optional<Instant> resolved_at;
  std::optional<double> value;
  bool flapping = false;  ///< fired too often of late, so it stays firing until it is calm
  std::optional<describe::Ref<"incident">> incident;
  std::optional<describe::Ref<"system">> system;
  bool notified = false;
  std::optional<describe::Ref<"maintenance_window">> maintenance_window;  ///< no fault: planned work
  std::optional<describe::Ref<"system">> caused_by;  ///< no fault of its own: the system it stands on is down
  std::optional<describe::Ref<"silence">> silence;   ///< no fault and no message: somebody asked for silence
  std::optional<describe::Ref<"person">> acknowledged_by;
  std::optional<Instant> acknowledged_at;
};
BOOST_DESCRIBE_STRUCT(Alert, (record::Record),
                      (name, fingerprint, labels, annotations, severity, state, active_at, fired_at,
                       resolved_at, value, flapping, incident, system, notified, maintenance_window,
                       caused_by, silence, acknowledged_by, acknowledged_at))

record::Module alert(record::Settings const& settings);

}  // namespace yunzhi::modules
