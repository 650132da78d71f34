// Where an alert becomes work (clauses 3.4.1, 4.3.2): each occurrence is kept as a record, opens at most one
// fault, tells whoever is on duty, and settles its record when it is over.
#pragma once

#include <functional>

#include "app/alert_escalation.hpp"
#include "app/alert_trace.hpp"
#include "modules/maintenance_window/openings.hpp"
#include "monitor/alert/alert.hpp"
#include "record/lifecycle.hpp"

namespace yunzhi::app {

/// Whether such an alert is a fault at once: its label `incident` decides, and otherwise the severity.
bool opens_fault(monitor::Labels const& labels, std::string_view severity);
/// The system whose address or probe is the alert's instance; of several the one the alert names, empty when
/// there is none.
std::string system_of(store::Reader& reader, monitor::Labels const& labels);

class AlertDesk {
 public:
  /// `on_duty` gives the people to tell of a new fault.
  using OnDuty = std::function<std::vector<std::string>(store::Edit&)>;

  AlertDesk(store::Store& store, record::Kernel& kernel, record::Lifecycle& lifecycle,
            AlertTeller const& teller, AlertEscalation const& escalation, OnDuty on_duty,
            modules::WindowCalendar calendar)
      : store_(store),
        kernel_(kernel),
        lifecycle_(lifecycle),
        teller_(teller),
        escalation_(escalation),
        on_duty_(std::move(on_duty)),
        calendar_(std::move(calendar)) {}

  /// Takes one change, in one command. Safe to be told the same change again.
  void take(monitor::AlertChange const& change);

  /// Looks again at firing alerts that are held back (silence, maintenance, a system below that is down) and
  /// opens the faults of those whose reason is over; notes silences that began since. At most `most` in one
  /// go; gives false, as there is no hurry.
  bool review(std::size_t most);

  /// Writes down who has seen a firing alert. Refused when it is over or somebody was earlier; gives the
  /// record.
  Result<json::object> acknowledge(store::Edit& edit, access::Actor const& actor, std::string const& id);

 private:
  std::vector<std::string> to_review(store::Reader& reader, std::size_t most) const;
  Result<> look_again(store::Edit& edit, json::object const& known, json::object changes);
  Result<json::object> write_alert(store::Edit& edit, access::Actor const& actor, json::object const& known,
                                   json::object const& after);
  Result<> fired(store::Edit& edit, monitor::AlertChange const& change);
  Result<> goes_on(store::Edit& edit, monitor::AlertChange const& change, json::object const& known);
  Result<> write_fault(store::Edit& edit, std::string const& id, json::object const& changes,
                       std::string_view in_state = {});
  Result<> resolved(store::Edit& edit, monitor::AlertChange const& change, json::object const& known);
  struct Fault {
    std::string id;
    std::string number;
    std::string title;
    bool opened = false;
  };
  Result<Fault> incident_for(store::Edit& edit, monitor::AlertChange const& change,
                             std::string const& system);
  void tell(store::Edit& edit, std::string const& alert, monitor::AlertChange const& change,
            Fault const& fault);

  store::Store& store_;
  record::Kernel& kernel_;
  record::Lifecycle& lifecycle_;
  AlertTeller const& teller_;
  AlertEscalation const& escalation_;
  OnDuty on_duty_;
  modules::WindowCalendar calendar_;
};

}  // namespace yunzhi::app
