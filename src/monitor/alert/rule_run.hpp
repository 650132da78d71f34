// One rule over time: the alerts it has, and the moves between pending, firing and gone. A pure step: rows of
// the query and a time in, changes and points out.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "monitor/alert/alert.hpp"
#include "monitor/alert/rule.hpp"
#include "monitor/query/query.hpp"
#include "monitor/series/database.hpp"

namespace yunzhi::monitor {

enum class RuleHealth { unknown, ok, failing };

class RuleRun {
 public:
  explicit RuleRun(Rule rule) : rule_(std::move(rule)) {}

  /// Takes the rows of the rule's query at `now`. Returns the points to store: the recorded series, or ALERTS
  /// and ALERTS_FOR_STATE, with stale markers for what vanished. Refused when rows collide or are too many.
  Result<std::vector<Point>> step(QueryResult const& rows, Instant now);
  /// The query failed: alerts stay as they are.
  void failed(std::string error);
  void measured(Instant now, double seconds);

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
    std::optional<AlertState> told;
    std::optional<Instant> missing_since;  ///< firing only because of keep_firing_for
  };

  [[nodiscard]] Labels labels_of(ResultSeries const& row) const;
  void touch(Labels const& labels, ResultSeries const& row, Instant now);
  void miss(Kept& kept, Instant now) const;
  [[nodiscard]] std::vector<Point> alert_points(Instant now);
  [[nodiscard]] std::vector<Point> recorded_points(QueryResult const& rows, std::vector<Labels> const& labels,
                                                   Instant now);
  void mark_vanished(std::set<Labels> written, std::vector<Point>& points, Instant now);

  Rule rule_;
  std::map<Labels, Kept> alerts_;
  std::set<Labels> written_;  ///< series of the last step
  RuleHealth health_ = RuleHealth::unknown;
  std::string last_error_;
  Instant last_run_{};
  double seconds_ = 0;
};

}  // namespace yunzhi::monitor
