// When an alert needs no fault of its own: somebody asked for silence about it, its system is in a
// maintenance window, or a system it stands on is down and has told so itself.
#pragma once

#include <string>

#include "modules/maintenance_window/openings.hpp"
#include "monitor/alert/alert.hpp"
#include "store/store.hpp"

namespace yunzhi::app {

struct AlertSuppression {
  std::string silence;             ///< id; empty: none
  std::string maintenance_window;  ///< id; empty: none
  std::string caused_by;           ///< id of the system below that is down; empty: none
  [[nodiscard]] bool holds() const {
    return !silence.empty() || !maintenance_window.empty() || !caused_by.empty();
  }
};

/// Looks at the silences, the windows and at the firing alerts with the label `suppresses: dependents` of
/// every system that `system` depends on, directly or through others (at most 200 of them).
AlertSuppression suppression_of(store::Reader& reader, monitor::Labels const& labels,
                                std::string const& system, Instant now,
                                modules::WindowCalendar const& calendar);

}  // namespace yunzhi::app
