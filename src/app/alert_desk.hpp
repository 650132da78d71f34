// Where an alert becomes work (clauses 3.4.1, 4.3.2): each occurrence is kept as a record, opens at most one
// fault, tells whoever is on duty, and settles its record when it is over.
#pragma once

#include <functional>

#include "monitor/alert/alert.hpp"
#include "record/lifecycle.hpp"

namespace yunzhi::app {

class AlertDesk {
 public:
  /// `on_duty` gives the people to tell of a new fault.
  using OnDuty = std::function<std::vector<std::string>(store::Edit&)>;

  AlertDesk(store::Store& store, record::Kernel& kernel, record::Lifecycle& lifecycle,
            record::Messenger messenger, OnDuty on_duty)
      : store_(store),
        kernel_(kernel),
        lifecycle_(lifecycle),
        messenger_(std::move(messenger)),
        on_duty_(std::move(on_duty)) {}

  /// Takes one change, in one command. Safe to be told the same change again.
  void take(monitor::AlertChange const& change);

 private:
  Result<> fired(store::Edit& edit, monitor::AlertChange const& change, json::object const& known);
  Result<> resolved(store::Edit& edit, monitor::AlertChange const& change, json::object const& known);
  Result<std::string> incident_for(store::Edit& edit, monitor::AlertChange const& change,
                                   std::string const& system, bool& opened);

  store::Store& store_;
  record::Kernel& kernel_;
  record::Lifecycle& lifecycle_;
  record::Messenger messenger_;
  OnDuty on_duty_;
};

}  // namespace yunzhi::app
