// One rule over time: the alerts it has, and the moves between pending, firing and gone. A pure step: rows of
// the query and a time in, changes and points out.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "monitor/alert/alert.hpp"
#include "monitor/alert/rule.hpp"
#include "monitor/query/query.hpp"
#include "monitor/series/database.hpp"

namespace yunzhi::monitor {

enum class RuleHealth { unknown, ok, failing };

/// What a rule's queries gave at one moment.
struct RuleInput {
  std::vector<QueryResult> levels;  ///< as the rule's levels; without levels the query's result alone
  std::optional<QueryResult> recovered;
  std::optional<QueryResult> data;
  TemplateScope::Query query{};  ///< what templates may ask
  Labels external_labels{};
  std::string external_url{};
};

class RuleRun {
 public:
  explicit RuleRun(Rule rule) : rule_(std::move(rule)) {}

  /// Takes the rows of the rule's query at `now`. Returns the points to store: the recorded series, or ALERTS
  /// and ALERTS_FOR_STATE, with stale markers for what vanished; they stand at `now` less the rule's
  /// query_offset. Refused when rows collide or are too many.
  Result<std::vector<Point>> step(RuleInput const& input, Instant now);
  Result<std::vector<Point>> step(QueryResult const& rows, Instant now);
  /// The query failed: alerts stay as they are.
  void failed(std::string error);
  void measured(Instant now, double seconds);
  /// The rule is no more: what fires is resolved, what is pending was nothing. Returns the stale markers.
  std::vector<Point> end(Instant now);

  /// Alerts whose state the house does not know yet; told() marks them and lets go of the finished ones.
  [[nodiscard]] std::vector<AlertChange> news() const;
  void told(AlertChange const& change);

  /// Takes over from an earlier run of the same rule.
  void restore(std::vector<Alert> const& alerts);
  void inherit(RuleRun&& earlier);

  [[nodiscard]] Rule const& rule() const { return rule_; }
  [[nodiscard]] std::vector<Alert> alerts() const;
  [[nodiscard]] RuleHealth health() const { return health_; }
  [[nodiscard]] std::string const& last_error() const { return last_error_; }
  [[nodiscard]] Instant last_run() const { return last_run_; }
  [[nodiscard]] double seconds() const { return seconds_; }

 private:
  struct Kept {
    Alert alert;
    Labels source;  ///< of the query's row, without the metric's name
    std::optional<AlertState> told;
    std::string told_severity;
    bool told_flapping = false;
    std::optional<Instant> missing_since;  ///< firing although the condition no longer holds
  };
  struct Seen {
    ResultSeries row;
    std::string severity;
  };

  [[nodiscard]] Labels labels_of(ResultSeries const& row, RuleInput const& input) const;
  [[nodiscard]] Result<std::map<Labels, Seen>> active_rows(RuleInput const& input, Instant now);
  void add_without_data(RuleInput const& input, std::map<Labels, Seen>& active, Instant now);
  void touch(Labels const& labels, Seen const& seen, RuleInput const& input, Instant now);
  void miss(Labels const& key, Kept& kept, RuleInput const& input, Instant now);
  [[nodiscard]] bool must_stay(Labels const& key, Kept& kept, RuleInput const& input, Instant now);
  Result<> need_few_alerts(Instant now);
  [[nodiscard]] std::vector<Point> alert_points(Instant now);
  [[nodiscard]] std::vector<Point> recorded_points(QueryResult const& rows, std::vector<Labels> const& labels,
                                                   Instant now);
  [[nodiscard]] Result<std::vector<Point>> record(RuleInput const& input, Instant now);
  void mark_vanished(std::set<Labels> written, std::vector<Point>& points, Instant now);

  Rule rule_;
  std::map<Labels, Kept> alerts_;
  std::set<Labels> written_;                      ///< series of the last step
  std::map<Labels, std::vector<Instant>> fired_;  ///< by key, within the time flapping looks at
  std::map<Labels, Instant> known_;               ///< sources that had data, and when last
  RuleHealth health_ = RuleHealth::unknown;
  std::string last_error_;
  Instant last_run_{};
  double seconds_ = 0;
};

}  // namespace yunzhi::monitor
