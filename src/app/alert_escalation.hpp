// An alert that nobody acknowledges goes to the next people, step by step as the pack says. Where each alert
// stands is a row, moved in the command that tells: a restart forgets nothing and tells nobody twice.
#pragma once

#include "access/directory.hpp"
#include "app/alert_trace.hpp"
#include "regulation/pack.hpp"

namespace yunzhi::app {

/// The first policy for alerts of this severity; nullptr when there is none.
regulation::EscalationPolicy const* escalation_for(std::vector<regulation::EscalationPolicy> const& policies,
                                                   std::string_view severity);

class AlertEscalation {
 public:
  /// Everything outlives it.
  AlertEscalation(store::Store& store, std::vector<regulation::EscalationPolicy> const& policies,
                  access::Rota const& rota, AlertTeller const& teller)
      : store_(store), policies_(policies), rota_(rota), teller_(teller) {}

  /// The alert is told now; its steps follow. Nothing happens when no policy is for its severity, or when
  /// its steps run already.
  void begin(store::Edit& edit, std::string const& alert, std::string_view severity) const;

  /// Takes the steps that are due, each in a command of its own; the number taken.
  std::size_t run(std::size_t most);

  /// Whom a step tells at the moment.
  [[nodiscard]] std::vector<std::string> people_of(store::Reader& reader,
                                                   regulation::EscalationStep const& step, Instant at) const;

 private:
  Result<> take_step(store::Edit& edit, std::string const& alert);

  store::Store& store_;
  std::vector<regulation::EscalationPolicy> const& policies_;
  access::Rota const& rota_;
  AlertTeller const& teller_;
};

}  // namespace yunzhi::app
