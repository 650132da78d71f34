// Rules that people keep, each with all its versions. The monitoring evaluates those that are switched on as
// one group, beside the groups of the rule files.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "monitor/monitor.hpp"
#include "store/store.hpp"

namespace yunzhi::watch {

/// One version of a rule; of a list, the newest.
struct OwnRule {
  std::string id;
  std::string name;  ///< of the alert or the recorded metric
  std::int64_t version = 0;
  bool active = false;
  std::string yaml;    ///< one rule, as in a rule file
  std::string author;  ///< person id
  std::string author_name;
  std::string reason;
  Instant at{};
};

/// The group and the file that the monitoring tells of these rules.
inline constexpr char const* own_group = "own";

/// The active rules as one group. One that can no longer be read, by a program of another version, is left
/// out with a line in the log.
std::vector<monitor::RuleGroup> active_rules(store::Reader& reader);

class OwnRules {
 public:
  explicit OwnRules(monitor::Monitor& monitor) : monitor_(monitor) {}

  /// By name. Reading methods take any reader.
  static std::vector<OwnRule> list(store::Reader& reader);
  static std::optional<OwnRule> find(store::Reader& reader, std::string_view id);
  /// The newest first.
  static std::vector<OwnRule> versions(store::Reader& reader, std::string_view id);

  /// Each makes a version and gives it. Refused when the text is no rule (fields as of check()), when another
  /// rule has the name, when nothing would change, when `if_match` is not the ETag of the newest version.
  Result<OwnRule> create(store::Edit& edit, std::string_view author, std::string const& yaml,
                         std::string const& reason);
  Result<OwnRule> change(store::Edit& edit, std::string_view author, std::string_view id,
                         std::string_view if_match, std::string const& yaml, std::string const& reason);
  Result<OwnRule> switch_to(store::Edit& edit, std::string_view author, std::string_view id,
                            std::string_view if_match, bool active, std::string const& reason);

  /// What is wrong with the text; a fault's field is "/yaml", then the place that parse_rule() tells.
  static Result<monitor::Rule> check(std::string const& yaml);

  /// Gives the monitoring what was changed since the last time; false. Waits for a running evaluation.
  bool hand_over(store::Store& store);

 private:
  Result<> name_is_free(store::Reader& reader, monitor::Rule const& rule, std::string_view id) const;
  Result<OwnRule> add_version(store::Edit& edit, OwnRule rule);

  monitor::Monitor& monitor_;
  std::atomic<bool> changed_ = false;
};

}  // namespace yunzhi::watch
