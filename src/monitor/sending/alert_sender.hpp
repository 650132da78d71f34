// Sends alerts to Alertmanagers (API v2) as Prometheus does: each change at once, what fires again and again,
// so that an Alertmanager that was away learns of it, and what has resolved with its end.
// API: github.com/prometheus/alertmanager, api/v2/openapi.yaml.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "base/json.hpp"
#include "monitor/alert/alert.hpp"
#include "monitor/sending/destination.hpp"

namespace yunzhi::monitor {

struct AlertSenderOptions {
  std::vector<Destination> alertmanagers;
  Labels external;
  std::vector<RelabelStep> relabel;            ///< of the alerts' labels
  std::function<std::vector<Alert>()> alerts;  ///< what is pending or fires now
  Clock clock = wall_clock;
  Milliseconds again{60'000};  ///< between two times that a firing alert is sent
};

class AlertSender {
 public:
  explicit AlertSender(AlertSenderOptions options);
  ~AlertSender();
  AlertSender(AlertSender const&) = delete;
  AlertSender& operator=(AlertSender const&) = delete;

  void take(AlertChange const& change);
  /// {"activeAlertmanagers": [{"url": …}], "droppedAlertmanagers": []}
  [[nodiscard]] json::object listed() const;

 private:
  void run();
  void send(std::vector<AlertChange> const& changes);

  AlertSenderOptions const options_;
  std::mutex guard_;
  std::condition_variable wake_;
  std::deque<AlertChange> changes_;
  bool stopping_ = false;
  std::thread thread_;
};

/// The body for POST /api/v2/alerts. `until` is when a firing alert ends unless it is sent again.
json::array alerts_for_alertmanager(std::vector<AlertChange> const& changes, Labels const& external,
                                    std::vector<RelabelStep> const& steps, Instant until);

}  // namespace yunzhi::monitor
