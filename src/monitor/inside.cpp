#include "monitor/inside.hpp"

#include "base/log.hpp"

namespace yunzhi::monitor {
namespace {

// Labels that cannot be read name no series and are left out.
std::vector<Point> points_of(Incoming const& incoming) {
  std::vector<Point> points;
  points.reserve(incoming.samples.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < incoming.series.size(); ++i) {
    auto const count = incoming.series[i].count;
    if (auto const labels = incoming.labels(i))
      for (std::size_t at = next; at < next + count; ++at) points.push_back({*labels, incoming.samples[at]});
    next += count;
  }
  return points;
}

}  // namespace

Appended Monitor::Inside::commit(std::span<Point const> points) {
  auto result = database->append(points);
  stored_at = options.clock();
  for (auto const& writer : writers) writer->take(points);
  std::set<std::string, std::less<>> metrics;
  for (auto const& point : points) {
    auto const name = point.labels.get(name_label);
    if (!metrics.contains(name)) metrics.emplace(name);
  }
  tell(metrics);
  return result;
}

Appended Monitor::Inside::commit(Incoming const& incoming) {
  std::set<std::string, std::less<>> metrics;
  auto result = database->append(incoming, &metrics);
  if (!writers.empty()) {
    auto const points = points_of(incoming);
    for (auto const& writer : writers) writer->take(points);
  }
  tell(metrics);
  return result;
}

void Monitor::Inside::tell(std::set<std::string, std::less<>> const& metrics) {
  engine->touch(metrics);
  wake_rules();
}

void Monitor::Inside::wake_rules() {
  {
    std::lock_guard const lock(guard);
    woken = true;
  }
  wake.notify_all();
}

void Monitor::Inside::tell_house(AlertChange const& change) {
  std::unique_lock lock(guard);
  auto const told_to = listeners;
  lock.unlock();
  for (auto const& listener : told_to) listener(change);
}

void Monitor::Inside::tell_received() {
  received->expire(options.clock());
  for (auto const& change : received->news()) try {
      tell_house(change);
      received->told(change);
    } catch (std::exception const& problem) {
      log::error("monitor.alert_not_told", {{"alert", change.name}, {"reason", problem.what()}});
    }
  received->forget_told();
}

Source const& Monitor::Inside::reads() const {
  if (joined) return *joined;
  return *database;
}

void Monitor::Inside::set_rules() {
  auto groups = file_rules;
  groups.insert(groups.end(), given_rules.begin(), given_rules.end());
  engine->set_rules(std::move(groups));
}

}  // namespace yunzhi::monitor
