// What the engine knows, in the shapes of Prometheus' JSON.
#pragma once

#include "base/json.hpp"
#include "monitor/monitor.hpp"

namespace yunzhi::monitor {

json::object labels_json(Labels const& labels);
json::object annotations_json(Alert const& alert);
/// `interval` and `timeout` are the scraper's own, for targets that have none.
json::object target_json(TargetStatus const& status, Milliseconds interval, Milliseconds timeout);
/// Rules of one group follow each other.
json::object rules_json(std::vector<RuleStatus> const& rules, bool with_alerts);
json::object alerts_json(std::vector<Alert> const& alerts);
json::object metadata_json(Metadata const& metadata, std::string_view metric, std::size_t limit);

}  // namespace yunzhi::monitor
