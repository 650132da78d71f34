#include "monitor/sending/alert_sender.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t queue_changes = 10'000;

}  // namespace

json::array alerts_for_alertmanager(std::vector<AlertChange> const& changes, Labels const& external,
                                    std::vector<RelabelStep> const& steps, Instant until) {
  json::array list;
  for (auto const& change : changes) {
    bool const resolved = change.state == AlertState::resolved;
    if (!resolved && change.state != AlertState::firing) continue;
    auto labels = change.labels;
    add_external(labels, external);
    if (!relabel(steps, labels)) continue;
    json::object named;
    for (auto const& [name, value] : labels) named[name] = value;
    json::object annotations;
    for (auto const& [name, text] : change.annotations) annotations[name] = text;
    list.push_back(
        json::object{{"labels", std::move(named)},
                     {"annotations", std::move(annotations)},
                     {"startsAt", format_instant(change.fired_at.value_or(change.active_at))},
                     {"endsAt", format_instant(resolved ? change.resolved_at.value_or(until) : until)},
                     {"generatorURL", ""}});
  }
  return list;
}

AlertSender::AlertSender(AlertSenderOptions options)
    : options_(std::move(options)), thread_([this] { run(); }) {}

AlertSender::~AlertSender() {
  {
    std::lock_guard const lock(guard_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void AlertSender::take(AlertChange const& change) {
  {
    std::lock_guard const lock(guard_);
    if (changes_.size() == queue_changes) changes_.pop_front();
    changes_.push_back(change);
  }
  wake_.notify_all();
}

json::object AlertSender::listed() const {
  json::array active;
  for (auto const& each : options_.alertmanagers)
    active.push_back(json::object{{"url", each.url + "/api/v2/alerts"}});
  return {{"activeAlertmanagers", std::move(active)}, {"droppedAlertmanagers", json::array()}};
}

// An Alertmanager forgets an alert that is not sent again within four times the pause, as with Prometheus.
void AlertSender::send(std::vector<AlertChange> const& changes) {
  auto const list = alerts_for_alertmanager(changes, options_.external, options_.relabel,
                                            options_.clock() + options_.again * 4);
  if (list.empty()) return;
  auto const body = json::serialize(list);
  for (auto const& each : options_.alertmanagers)
    if (auto const sent = remote_post(each.remote(), "/api/v2/alerts", "application/json", body); !sent)
      log::warning("monitor.alerts_not_sent", {{"url", each.url}, {"reason", sent.error().english()}});
}

void AlertSender::run() {
  auto next = std::chrono::steady_clock::now();
  while (true) {
    std::vector<AlertChange> batch;
    {
      std::unique_lock lock(guard_);
      wake_.wait_until(lock, next, [this] { return stopping_ || !changes_.empty(); });
      if (stopping_) return;
      batch.assign(std::make_move_iterator(changes_.begin()), std::make_move_iterator(changes_.end()));
      changes_.clear();
    }
    if (std::chrono::steady_clock::now() >= next) {
      next = std::chrono::steady_clock::now() + options_.again;
      for (auto const& alert : options_.alerts()) batch.push_back(news_of(alert));
    }
    send(batch);
  }
}

}  // namespace yunzhi::monitor
