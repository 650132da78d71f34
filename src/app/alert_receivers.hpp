// Sends groups of alerts to the receivers of the configuration as an Alertmanager does. What a receiver knows
// is a row beside the outbox, written with the message: a restart forgets nothing and tells nothing twice.
#pragma once

#include "app/alert_group.hpp"
#include "app/alert_trace.hpp"

namespace yunzhi::app {

class AlertReceivers {
 public:
  /// `wake` is called after a message was put into the outbox. The store outlives it.
  AlertReceivers(store::Store& store, notify::Channels const& channels, std::function<void()> wake)
      : store_(store), channels_(channels), wake_(std::move(wake)) {}

  /// Looks at the alerts and puts what is due into the outbox; alerts that are kept quiet are not among them,
  /// but one that was told as firing is told as resolved. Gives false, as there is no hurry.
  bool run();

  /// Sends one alert to every receiver at once, outside of any group's time; for tests by people.
  std::vector<notify::Told> send_test(store::Edit& edit, GroupedAlert const& alert) const;

 private:
  struct Row {
    Instant next_at{};
    ToldGroup told;
    bool is_new = false;
  };
  struct Group {
    monitor::Labels labels;
    std::vector<GroupedAlert> alerts;
    Row row;
  };
  using Groups = std::map<std::string, Group>;

  static Groups groups_of(store::Reader& reader, notify::AlertReceiver const& receiver,
                          std::vector<GroupedAlert> const& firing, Instant now);
  static bool is_due(Groups const& groups, Instant now);
  Result<> send_due(store::Edit& edit, notify::AlertReceiver const& receiver) const;
  void flush(store::Edit& edit, notify::AlertReceiver const& receiver, std::string const& key,
             Group group) const;
  std::string put(store::Edit& edit, notify::AlertReceiver const& receiver, monitor::Labels const& labels,
                  std::vector<GroupedAlert> const& alerts) const;

  store::Store& store_;
  notify::Channels channels_;
  std::function<void()> wake_;
};

}  // namespace yunzhi::app
