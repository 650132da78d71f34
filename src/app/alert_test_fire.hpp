// What would happen if a rule fired now, stage by stage, without a fault: so that a person finds out before
// the night what is not wired. On request the message really goes out, marked as a test.
#pragma once

#include <map>

#include "app/alert_escalation.hpp"
#include "app/alert_receivers.hpp"
#include "modules/maintenance_window/openings.hpp"
#include "monitor/monitor.hpp"

namespace yunzhi::app {

struct TestWish {
  std::string rule;
  std::map<std::string, std::string> labels;  ///< beside those of the rule, such as instance
  bool send = false;
};

/// {"rule": "…", "labels": {…}, "send": false}; refused with the member that is wrong.
Result<TestWish> test_wish_of(json::object const& body);

class AlertTestFire {
 public:
  /// Everything outlives it.
  struct Parts {
    monitor::Monitor const& monitor;
    AlertTeller const& teller;
    AlertEscalation const& escalation;
    AlertReceivers const& receivers;
    std::vector<regulation::EscalationPolicy> const& policies;
    notify::Channels const& channels;
    access::Rota const& rota;
    modules::WindowCalendar calendar;
  };

  explicit AlertTestFire(Parts const& parts) : parts_(parts) {}

  /// {rule, labels, system, suppressed, opens_fault, joins_fault, steps, channels, receivers, sent}. Refused
  /// as missing when there is no such alerting rule.
  Result<json::object> fire(store::Edit& edit, TestWish const& wish) const;

 private:
  [[nodiscard]] json::array steps(store::Reader& reader, std::string_view severity, Instant now) const;
  [[nodiscard]] json::object people(store::Reader& reader, std::vector<std::string> const& ids) const;
  [[nodiscard]] json::array channels() const;
  [[nodiscard]] json::array receivers(monitor::Labels const& labels) const;
  [[nodiscard]] json::array send(store::Edit& edit, monitor::Labels const& labels) const;

  Parts parts_;
};

}  // namespace yunzhi::app
