// The monitoring engine's front door: scrapes targets, keeps series, answers PromQL, evaluates rules and
// tells of alerts. Stands alone; keeps its own files and no SQL.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "monitor/alert/alert_engine.hpp"
#include "monitor/alert/received_alerts.hpp"
#include "monitor/log/logs.hpp"
#include "monitor/query/explain.hpp"
#include "monitor/query/query.hpp"
#include "monitor/query/running.hpp"
#include "monitor/reading/reading_place.hpp"
#include "monitor/scrape/scraper.hpp"
#include "monitor/sending/remote_writer.hpp"
#include "monitor/series/database.hpp"
#include "monitor/series/exemplars.hpp"

namespace yunzhi::monitor {

struct Options {
  std::filesystem::path folder;  ///< of the engine's files; made when it is not there
  Clock clock = wall_clock;
  Milliseconds retention = std::chrono::hours(24 * 30);
  Milliseconds scrape_interval{15'000};
  Milliseconds rule_interval{15'000};  ///< of groups that name none
  Milliseconds rule_query_offset{0};   ///< of groups that name none
  Targets targets;                     ///< asked again and again; without it nothing is scraped
  std::vector<std::filesystem::path> rule_files;
  std::vector<RuleGroup> given_rules;  ///< beside those of the files; see give_rules()
  std::size_t series_limit = 200'000;
  std::uint64_t retention_bytes = 0;  ///< of all blocks; 0: no bound
  bool sync_each_append = false;  ///< acknowledged when the disk has it; otherwise it is synced each second
  ScrapeLimits scrape_limits;
  QueryLimits query_limits;
  std::vector<Destination> remote_writes;  ///< where samples are sent on to
  Labels external_labels;                  ///< added to what is sent on
  LogOptions logs;                         ///< their lines lie in the folder `logs` of the engine's own
  std::vector<ReadingPlace> reading;       ///< servers that queries and rules read from beside the own store
  std::size_t exemplars = 100'000;         ///< kept in memory, of all series together
};

/// What who asks may narrow of the limits of one query, zeros leave them; and what it is to read.
struct QueryWishes {
  Milliseconds timeout{0};
  Milliseconds lookback{0};
  Resolution resolution = Resolution::as_needed;
};

/// Signs of life: when the engine's threads last did their work to its end. The start counts.
struct Pulse {
  Instant evaluated_at{};
  Instant stored_at{};
  bool stores = true;  ///< false while there is nothing to scrape, so that no samples are expected
};

class Monitor {
 public:
  /// Opens the series and the logs, loads the rules and binds where syslog is taken. Refused when a rule file
  /// has a mistake, with file, line and what would be right, and when a pattern of log lines or an address to
  /// listen at cannot be used. Throws when the disk fails.
  static Result<std::unique_ptr<Monitor>> open(Options options);
  ~Monitor();
  Monitor(Monitor const&) = delete;
  Monitor& operator=(Monitor const&) = delete;

  /// Begins to scrape and to evaluate, on threads of the engine's own.
  void start();
  /// Ends the threads; everything acknowledged is on the disk then.
  void stop();

  /// Adds samples by hand. Acknowledged when the log has them; refused (full) when the disk takes no more.
  Result<Appended> append(std::span<Point const> points);
  /// The same in bulk, as pushed requests bring them.
  Result<Appended> append(Incoming const& incoming);
  /// Makes the keys of Incoming.
  [[nodiscard]] KeyMaker const& keys() const;
  /// Keeps what senders tell of metrics.
  void add_metadata(Metadata const& metadata);

  /// Keeps exemplars in memory, those of a restart are lost; tells how many were new.
  std::size_t add_exemplars(std::vector<SeriesExemplar> exemplars);
  /// The exemplars of the series that the query's selectors accept.
  [[nodiscard]] Result<std::vector<SeriesExemplars>> exemplars(std::string_view expression, Instant from,
                                                               Instant to) const;

  [[nodiscard]] Result<QueryResult> query(std::string_view expression, Instant at,
                                          QueryWishes const& wishes = {}) const;
  [[nodiscard]] Result<QueryResult> query_range(std::string_view expression, Instant from, Instant to,
                                                Milliseconds step, QueryWishes const& wishes = {}) const;
  /// What the query would read, without evaluating it.
  [[nodiscard]] Result<PlanNode> explain(std::string_view expression, Grid const& grid) const;
  /// What a rule, written as in a rule file, would have told in the past; see preview() of the rules.
  [[nodiscard]] Result<std::vector<AlertChange>> preview(std::string const& rule, Instant from, Instant to,
                                                         Milliseconds step) const;
  /// Queries of query() and query_range() that run now; rules are not among them.
  [[nodiscard]] std::vector<RunningQuery> running_queries() const;
  /// False when no query of this number runs.
  bool end_query(std::uint64_t number);
  /// Label sets of the series with samples in the stretch, of the own store and of the servers that are read
  /// from. Refused (busy) when one of those does not answer.
  [[nodiscard]] Result<std::vector<Labels>> all_series(std::span<Matcher const> matchers, Instant from,
                                                       Instant to) const;
  /// Those of the own store alone.
  [[nodiscard]] std::vector<Labels> series(std::span<Matcher const> matchers, Instant from, Instant to) const;

  /// Takes alerts of others; listeners are told as of those of the own rules. An alert that an own rule has
  /// already (this engine's, come back through an Alertmanager) is left out.
  Result<> receive(std::vector<SentAlert> alerts);

  /// Keeps and counts log lines. Acknowledged when the operating system has them; refused (full) when the
  /// disk takes no more.
  Result<> take_logs(std::span<LogLine const> lines);
  [[nodiscard]] Result<LogPage> search_logs(LogQuestion const& question) const;
  [[nodiscard]] LogStoreStats log_stats() const;
  /// Where syslog is taken, in the order of the options.
  [[nodiscard]] std::vector<std::uint16_t> syslog_ports() const;

  [[nodiscard]] std::vector<Alert> alerts() const;  ///< pending and firing, of own rules and of others
  [[nodiscard]] std::vector<RuleStatus> rules() const;
  [[nodiscard]] std::vector<TargetStatus> targets() const;
  [[nodiscard]] Metadata metadata() const;
  [[nodiscard]] DatabaseStats stats() const;
  /// By destination, in the order of the options.
  [[nodiscard]] std::vector<std::pair<std::string, RemoteWriter::Counts>> sent_on() const;

  /// Reads the rule files again; on a mistake the old rules stay.
  Result<> reload_rules();
  /// Replaces the groups that stand beside those of the files. Rules of the same group and name keep their
  /// alerts; alerts of rules that are no more resolve. Waits until a running evaluation is over.
  void give_rules(std::vector<RuleGroup> groups);
  /// Called from the engine's thread for every change of an alert, at least once each; see AlertChange. A
  /// listener that throws is asked again after the next evaluation.
  void on_change(std::function<void(AlertChange const&)> listener);

  /// The samples themselves, for export; lives as long as the monitor.
  [[nodiscard]] Source const& source() const;
  /// Deletes the samples of from <= at <= to of the series that all matchers accept; tells how many series
  /// that were.
  std::size_t erase(std::span<Matcher const> matchers, Instant from, Instant to);

  /// What the engine's threads do, for tests that move the clock: evaluate what is due, write the counters of
  /// log lines into series, tidy the stores.
  void evaluate();
  void count_logs();
  void maintain();

  [[nodiscard]] Pulse pulse() const;
  [[nodiscard]] Instant now() const;
  [[nodiscard]] Milliseconds scrape_interval() const;
  [[nodiscard]] Milliseconds scrape_timeout() const;
  [[nodiscard]] Milliseconds retention() const;

 private:
  struct Inside;
  explicit Monitor(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace yunzhi::monitor
