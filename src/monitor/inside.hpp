// What the engine holds, and what its threads do with it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "monitor/log/syslog_server.hpp"
#include "monitor/monitor.hpp"
#include "monitor/reading/remote_source.hpp"

namespace yunzhi::monitor {

struct Monitor::Inside {
  explicit Inside(Options given) : options(std::move(given)) {}

  /// Called by the scraper for each scrape, and by append().
  Appended commit(std::span<Point const> points);
  Appended commit(Incoming const& incoming);
  /// Rules that read these metrics are due at once.
  void tell(std::set<std::string, std::less<>> const& metrics);
  void wake_rules();
  void tell_house(AlertChange const& change);
  /// One that fails is told again at the next turn.
  void tell_received();
  /// What queries and rules read.
  [[nodiscard]] Source const& reads() const;
  void set_rules();
  /// After a start, alerts wait until every target was tried once: otherwise those of targets not yet asked
  /// would seem resolved after a longer stop.
  bool may_evaluate();
  void evaluate();
  void count_logs();
  void rules_loop();
  void upkeep_loop();
  /// Beside the series' upkeep, which may take long: rates need counters without gaps.
  void logs_loop();

  Options const options;
  std::mutex changing_rules;  ///< over the next two
  std::vector<RuleGroup> file_rules;
  std::vector<RuleGroup> given_rules;
  std::vector<std::unique_ptr<RemoteWriter>> writers;
  std::unique_ptr<Database> database;
  std::unique_ptr<JoinedSource> joined;  ///< when there are other servers to read from
  ExemplarRing exemplars{options.exemplars};
  std::unique_ptr<AlertEngine> engine;
  std::unique_ptr<ReceivedAlerts> received;
  std::vector<AlertEngine::Listener> listeners;
  std::unique_ptr<Scraper> scraper;
  std::unique_ptr<Logs> logs;
  std::unique_ptr<SyslogServer> syslog;
  RunningQueries running;
  std::mutex guard;
  std::condition_variable wake;
  std::condition_variable wake_upkeep;
  bool woken = false;
  bool stopping = false;
  bool settled = false;
  Instant started_at{};
  std::atomic<Instant> evaluated_at{Instant{}};
  std::atomic<Instant> stored_at{Instant{}};
  std::thread rules;
  std::thread upkeep;
  std::thread logs_keeper;
};

}  // namespace yunzhi::monitor
