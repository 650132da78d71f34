// Evaluates groups of rules when they are due or when what they read has changed, keeps the states of their
// alerts over restarts, and tells the house. Has no thread of its own; run() is called by one at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "monitor/alert/alert_file.hpp"
#include "monitor/alert/rule_run.hpp"

namespace yunzhi::monitor {

/// What is shown of a rule.
struct RuleStatus {
  std::string group;
  std::string file;
  Milliseconds interval{0};
  Rule rule;
  RuleHealth health = RuleHealth::unknown;
  std::string last_error;
  Instant last_run{};
  double seconds = 0;
  std::vector<Alert> alerts;
};

struct AlertEngineOptions {
  std::filesystem::path state_file;
  Milliseconds interval{15'000};  ///< of groups that name none
  Milliseconds query_offset{0};   ///< of rules whose group names none
  Milliseconds least_gap{200};    ///< between two runs of a group that is touched often
  QueryLimits limits;
  std::function<void(std::vector<Point> const&)> store;
};

class AlertEngine {
 public:
  using Listener = std::function<void(AlertChange const&)>;

  AlertEngine(Source const& source, AlertEngineOptions options);

  /// Replaces all groups; rules of the same group and name keep their alerts. Alerts of rules that are no
  /// more end at the next run.
  void set_rules(std::vector<RuleGroup> groups);
  void on_change(Listener listener);

  /// These metrics have new samples: groups that read them are due at once.
  void touch(std::set<std::string, std::less<>> const& metrics);
  /// Runs the groups that are due.
  void run(Instant now);
  /// When the next group is due, if nothing touches it before.
  [[nodiscard]] Instant next_due() const;

  [[nodiscard]] std::vector<Alert> alerts() const;
  [[nodiscard]] std::vector<RuleStatus> rules() const;

 private:
  struct Group {
    RuleGroup description;  ///< its rules are moved into runs
    std::vector<RuleRun> runs;
    std::set<std::string, std::less<>> reads;
    Instant last{};
    bool touched = false;
  };

  [[nodiscard]] Milliseconds interval_of(Group const& group) const;
  [[nodiscard]] bool is_due(Group const& group, Instant now) const;
  void run_group(std::size_t number, Instant now);
  void run_rule(std::size_t group, std::size_t rule, Instant now);
  void end_gone(Instant now);
  void keep(std::vector<Point> const& points);
  void tell();
  void save();
  [[nodiscard]] KeptAlerts kept() const;
  static std::string key_of(Group const& group, std::size_t rule);

  Source const& source_;
  AlertEngineOptions const options_;
  std::mutex running_;        ///< one run or change of rules at a time
  mutable std::mutex guard_;  ///< over what follows; never held during a query or a listener
  std::vector<Group> groups_;
  std::vector<RuleRun> gone_;  ///< whose alerts' end the house does not know yet
  std::vector<Listener> listeners_;
  KeptAlerts restored_;
  bool changed_ = false;
};

}  // namespace yunzhi::monitor
